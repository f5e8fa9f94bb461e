package ser.jobs.train;

import java.io.Serializable;
import java.util.Map;
import ser.jobs.tables.TrainingRows.FeatureRow;
import ser.model.input.Normalisation;
import ser.model.input.Normaliser;
import ser.model.split.Side;

/**
 * What rows are normalised by.
 *
 * @param training fitted on the training rows
 * @param rule by the training set's alone, or by speaker
 * @param mixes which statistics of his speaker a training row is normalised by
 * @param voices by speaker: one for each, empty otherwise
 * @param fittedOn the rows that {@code training} was fitted on, as they were counted in doing so
 * @param voicesOf the rows that {@code voices} were fitted on, by side; empty by corpus
 */
record FittedInput(
    Normaliser training,
    Normalisation rule,
    SpeakerMixes mixes,
    Map<Voice, Normaliser> voices,
    RowFingerprint fittedOn,
    Map<Side, RowFingerprint> voicesOf)
    implements Serializable {

  FittedInput {
    voices = Map.copyOf(voices);
    voicesOf = Map.copyOf(voicesOf);
  }

  /** What a row of a side is normalised by. */
  Normaliser of(Side side, FeatureRow row) {
    if (rule instanceof Normalisation.Corpus) {
      return training;
    }
    int mix = side == Side.TRAINING ? mixes.of(row.recording(), row.variant()) : 0;
    // A mix may have drawn none of the speaker's rows: then nothing of him was heard.
    return voices.getOrDefault(
        new Voice(side, row.speaker(), InputPreparation.kindOf(row), mix), training);
  }
}
