package ser.jobs.config;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import ser.jobs.error.UserError;
import ser.model.split.ValidationSpeakers;

/**
 * How recordings are divided among training, validation and test.
 *
 * @param protocol by speakers or at random
 * @param test whom a split by speakers tests
 * @param validation who stops its training; if it is nobody, no recordings of a random split do
 *     either
 * @param shares of the recordings that a random split holds out
 */
public record SplitSettings(
    SplitProtocol protocol,
    SpeakerChoice test,
    ValidationSpeakers validation,
    RandomShares shares) {

  private static final String NONE = "none";

  /**
   * Of the recordings.
   *
   * @param test above 0
   * @param validation 0 or more
   */
  public record RandomShares(double test, double validation) {
    public RandomShares {
      if (!(test > 0 && validation >= 0 && test + validation < 1)) {
        throw new IllegalArgumentException(
            "test %s must be above 0, validation %s 0 or above, and something left to train on"
                .formatted(test, validation));
      }
    }
  }

  static SplitSettings from(Config config) {
    Settings settings = new Settings(config, "ser.train");
    SplitProtocol protocol =
        settings.checked(() -> SplitProtocol.ofLabel(settings.text("split")), "split");
    SpeakerChoice test = testSpeakers(settings);
    ValidationSpeakers validation = validationSpeakers(settings);
    if (protocol != SplitProtocol.SPEAKERS
        && (!(test instanceof SpeakerChoice.Drawn)
            || validation.named().isPresent() && !validation.isNobody())) {
      throw new UserError(
          "Wrong value for ser.train.split: '%s' draws recordings, and ser.train.folds, test-speakers, test-corpora and names in validation-speakers are about speakers. Give ser.train.split = speakers, or remove them."
              .formatted(protocol.label()));
    }
    RandomShares shares =
        settings.checked(
            () ->
                new RandomShares(
                    settings.decimal("random-test-share"),
                    settings.decimal("random-validation-share")),
            "random-test-share",
            "random-validation-share");
    return new SplitSettings(
        protocol,
        test,
        validation,
        validation.isNobody() ? new RandomShares(shares.test(), 0) : shares);
  }

  /** The same by another protocol; which speakers are tested counts for {@code speakers} only. */
  public SplitSettings with(SplitProtocol other) {
    return new SplitSettings(other, test, validation, shares);
  }

  /** Whether something is to be held out that stops the training. */
  public boolean validates() {
    return protocol == SplitProtocol.SPEAKERS ? !validation.isNobody() : shares.validation() > 0;
  }

  /**
   * The same for one fold.
   *
   * @param fold counted from 1
   * @throws IllegalStateException if there are no folds
   */
  public SplitSettings withFold(int fold) {
    if (!(test instanceof SpeakerChoice.Folds folds)) {
      throw new IllegalStateException("these settings have no folds: " + test);
    }
    return new SplitSettings(
        protocol, new SpeakerChoice.Folds(folds.folds(), OptionalInt.of(fold)), validation, shares);
  }

  /** Whether each fold is to be the test in turn. */
  public boolean allFolds() {
    return protocol == SplitProtocol.SPEAKERS
        && test instanceof SpeakerChoice.Folds folds
        && folds.fold().isEmpty();
  }

  private static SpeakerChoice testSpeakers(Settings settings) {
    List<SpeakerChoice> asked = new ArrayList<>();
    // Read though it may not count, so that a wrong one is named.
    OptionalInt fold = number(settings, "fold", "all");
    if (!settings.says("folds", NONE)) {
      OptionalInt folds = number(settings, "folds", "speakers");
      asked.add(settings.checked(() -> new SpeakerChoice.Folds(folds, fold)));
    }
    List<String> speakers = settings.list("test-speakers");
    if (!speakers.isEmpty()) {
      asked.add(new SpeakerChoice.Named(speakers));
    }
    List<String> corpora = settings.list("test-corpora");
    if (!corpora.isEmpty()) {
      asked.add(new SpeakerChoice.OfCorpora(corpora));
    }
    if (asked.size() > 1) {
      throw new UserError(
          "Cannot choose the test speakers in two ways: give one of ser.train.folds, ser.train.test-speakers and ser.train.test-corpora.");
    }
    return asked.isEmpty() ? new SpeakerChoice.Drawn() : asked.get(0);
  }

  private static ValidationSpeakers validationSpeakers(Settings settings) {
    List<String> named = settings.list("validation-speakers");
    if (named.equals(List.of("draw"))) {
      return ValidationSpeakers.drawn();
    }
    if (named.isEmpty()) {
      throw new UserError(
          "Wrong value for ser.train.validation-speakers: nothing. It may be draw, none, or the speakers' names.");
    }
    return ValidationSpeakers.named(named.equals(List.of(NONE)) ? List.of() : named);
  }

  private static OptionalInt number(Settings settings, String key, String word) {
    return settings.says(key, word) ? OptionalInt.empty() : OptionalInt.of(settings.integer(key));
  }
}
