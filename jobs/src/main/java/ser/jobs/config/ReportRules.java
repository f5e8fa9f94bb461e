package ser.jobs.config;

import com.typesafe.config.Config;
import java.util.List;
import ser.model.Emotion;

/**
 * What the report of a run that scores picks out.
 *
 * @param negativeEmotions calls with much of these are shown; those that a model does not know
 *     count nothing
 * @param worstCalls how many calls are shown, 0 or more
 * @param leastSpeechS a call with less speech, in seconds, is not: one window of it would be all
 */
public record ReportRules(List<Emotion> negativeEmotions, int worstCalls, double leastSpeechS) {
  /** Each call is a picture of up to some hundred pieces, and the driver holds all of them. */
  private static final int MOST_CALLS = 100;

  public ReportRules {
    negativeEmotions = List.copyOf(negativeEmotions);
    if (worstCalls < 0 || worstCalls > MOST_CALLS) {
      throw new IllegalArgumentException(
          "worst-calls %d must be from 0 to %d".formatted(worstCalls, MOST_CALLS));
    }
    if (!(leastSpeechS >= 0)) {
      throw new IllegalArgumentException(
          "least-speech-s %s must be 0 or more".formatted(leastSpeechS));
    }
  }

  static ReportRules from(Config config) {
    Settings settings = new Settings(config, "ser.score.report");
    List<Emotion> negative =
        settings.checked(
            () -> settings.list("negative-emotions").stream().map(Emotion::ofLabel).toList(),
            "negative-emotions");
    return settings.checked(
        () ->
            new ReportRules(
                negative, settings.integer("worst-calls"), settings.decimal("least-speech-s")));
  }
}
