package ser.jobs.config;

import com.typesafe.config.Config;
import java.util.List;
import ser.jobs.error.UserError;
import ser.model.input.Normalisation;

/**
 * What mean and deviation of a network's input are taken over.
 *
 * @param rule for training and for whoever uses the model
 * @param mixes further statistics of each training speaker, from random parts of his recordings
 * @param scores whether a speaker's scores are normalised by the same rule; only by speaker
 */
public record NormaliseSettings(Normalisation rule, int mixes, boolean scores) {
  private static final int MOST_MIXES = 100;

  public NormaliseSettings {
    if (mixes < 0 || mixes > MOST_MIXES) {
      throw new IllegalArgumentException(
          "speaker-mixes %d must be from 0 to %d".formatted(mixes, MOST_MIXES));
    }
    // Whoever was heard once would differ from himself in nothing.
    if (scores && !(rule instanceof Normalisation.Speaker speaker && speaker.priorS() > 0)) {
      throw new IllegalArgumentException(
          "speaker-scores = true needs normalise = speaker and a speaker-prior-s above 0");
    }
  }

  static NormaliseSettings from(Config config) {
    Settings settings = new Settings(config, "ser.train");
    Normalisation.Speaker speaker =
        settings.checked(
            () ->
                new Normalisation.Speaker(
                    settings.decimal("speaker-prior-s"),
                    Normalisation.Speaker.Deviation.ofLabel(settings.text("speaker-deviation"))),
            "speaker-prior-s",
            "speaker-deviation");
    int mixes = settings.integer("speaker-mixes");
    boolean scores = settings.truth("speaker-scores");
    String rule = settings.text("normalise");
    if (!List.of("corpus", "speaker").contains(rule)) {
      throw new UserError(
          "Wrong value for ser.train.normalise: '%s'. It may be corpus or speaker."
              .formatted(rule));
    }
    return rule.equals("speaker")
        ? settings.checked(() -> new NormaliseSettings(speaker, mixes, scores))
        : new NormaliseSettings(new Normalisation.Corpus(), 0, false);
  }
}
