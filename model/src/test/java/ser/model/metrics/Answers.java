package ser.model.metrics;

import java.util.ArrayList;
import java.util.List;
import ser.model.Emotion;
import ser.model.Gender;

/** Predictions that tests write down by hand. */
final class Answers {
  static final List<Emotion> LABELS = List.of(Emotion.HAPPY, Emotion.SAD, Emotion.ANGRY);

  private final List<Prediction> all = new ArrayList<>();

  /** One more recording of a speaker: {@code ravdess-01} is a man, even numbers are women. */
  Answers of(int speaker, Emotion actual, double happy, double sad, double angry) {
    return of(speaker, "normal", actual, happy, sad, angry);
  }

  Answers of(
      int speaker, String intensity, Emotion actual, double happy, double sad, double angry) {
    Subject subject =
        new Subject(
            "recording-%02d.wav".formatted(all.size() + 1),
            "ravdess",
            "ravdess-%02d".formatted(speaker),
            speaker % 2 == 1 ? Gender.MALE : Gender.FEMALE,
            intensity);
    all.add(
        new Prediction(subject, actual, new float[] {(float) happy, (float) sad, (float) angry}));
    return this;
  }

  Predictions predictions() {
    return new Predictions(LABELS, all);
  }
}
