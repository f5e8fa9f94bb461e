package ser.jobs.train;

import java.io.Serializable;
import java.util.Map;
import ser.jobs.tables.TrainingRows.FeatureRow;
import ser.jobs.tables.Variant;
import ser.model.input.HeardSpeaker;
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
    Map<Voice, HeardSpeaker> voices,
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
    return heard(new Voice(side, row.speaker(), InputPreparation.kindOf(row), mix)).normaliser();
  }

  /** How much of a speaker's own recordings, variants not counted, stand on a side, in seconds. */
  double speechS(Side side, String speaker) {
    return heard(new Voice(side, speaker, Variant.ORIGINAL.name(), 0)).speechS();
  }

  private HeardSpeaker heard(Voice voice) {
    return voices.getOrDefault(voice, HeardSpeaker.unheard(training));
  }
}
