package ser.model.corpus;

import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Speaker;

/** Labels in one line. */
final class Labels {
  private Labels() {}

  static RecordingLabels of(
      CorpusNames corpus, String speaker, Gender gender, Emotion emotion, String... rest) {
    return new RecordingLabels(
        corpus.origin(), new Speaker(speaker, gender), emotion, rest[0], rest[1], rest[2]);
  }
}
