package ser.serve.engine;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import ser.model.Emotion;
import ser.model.file.ModelFile;
import ser.model.scoring.RecordingSummary;

/**
 * What a model says about a whole recording.
 *
 * @param emotion empty without speech, or where the model abstains
 * @param probability of the most probable emotion, named or not; empty without speech
 * @param notSure whether the model abstains
 */
public record Verdict(Optional<Emotion> emotion, OptionalDouble probability, boolean notSure) {

  /**
   * @param abstainBelow least mean probability of an emotion that is named, from 0 to 1
   */
  static Verdict of(RecordingSummary summary, ModelFile model, double abstainBelow) {
    OptionalInt dominant = summary.dominant();
    if (dominant.isEmpty()) {
      return new Verdict(Optional.empty(), OptionalDouble.empty(), false);
    }
    double probability = summary.meanProbabilities().get(dominant.getAsInt());
    boolean sure = probability >= abstainBelow;
    Optional<Emotion> emotion =
        sure ? Optional.of(model.labels().get(dominant.getAsInt())) : Optional.empty();
    return new Verdict(emotion, OptionalDouble.of(probability), !sure);
  }
}
