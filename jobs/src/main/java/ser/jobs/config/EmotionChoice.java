package ser.jobs.config;

import com.typesafe.config.Config;
import java.util.List;
import ser.model.Emotion;

/** Which emotions a model tells apart; recordings of others are left out. */
public sealed interface EmotionChoice {

  /** All that the tables have. */
  record All() implements EmotionChoice {}

  /** Those that each corpus of the tables has. */
  record Common() implements EmotionChoice {}

  /** Those that are named. */
  record Named(List<Emotion> emotions) implements EmotionChoice {
    public Named {
      emotions = List.copyOf(emotions);
      if (emotions.stream().distinct().count() < 2) {
        throw new IllegalArgumentException(
            "a classifier needs at least two emotions; or say all, or common");
      }
    }
  }

  static EmotionChoice from(Config config) {
    Settings settings = new Settings(config, "ser.train");
    List<String> named = settings.list("emotions");
    if (named.equals(List.of("all"))) {
      return new All();
    }
    if (named.equals(List.of("common"))) {
      return new Common();
    }
    return settings.checked(
        () -> new Named(named.stream().map(Emotion::ofLabel).toList()), "emotions");
  }
}
