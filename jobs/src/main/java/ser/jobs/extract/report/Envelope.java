package ser.jobs.extract.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.features.audio.AudioStream;
import ser.features.audio.MonoStream;
import ser.features.audio.RecordingReader;
import ser.features.audio.UnreadableAudioException;
import ser.jobs.storage.RecordingFile;
import ser.jobs.storage.Storage;

/**
 * Lowest and highest sample of each piece of a recording, both reaching to the zero line at least.
 *
 * @param low fractions of full scale
 * @param high as many
 */
@SuppressWarnings("ArrayRecordComponent")
record Envelope(float[] low, float[] high) {
  private static final Logger LOG = LoggerFactory.getLogger(Envelope.class);
  private static final int PIECES = 720;
  private static final int BLOCK = 4096;

  /**
   * Reads a recording again, forward and in bounded memory.
   *
   * @param reader that the recordings were extracted by
   * @param inputs where it may stand; a recording of an earlier run may stand elsewhere
   * @return nothing if it cannot be read any more: a picture is not worth a failed job
   */
  static Optional<Envelope> of(
      Storage storage, RecordingReader reader, List<String> inputs, Example example) {
    try {
      Optional<RecordingFile> file = find(storage, inputs, example.recording());
      return file.isEmpty()
          ? Optional.empty()
          : Optional.of(read(storage, reader, file.get(), example));
    } catch (IOException | UnreadableAudioException | RuntimeException e) {
      LOG.warn("No picture of the samples of {}: {}", example.recording(), e.toString());
      return Optional.empty();
    }
  }

  private static Optional<RecordingFile> find(
      Storage storage, List<String> inputs, String recording) {
    return inputs.stream()
        .flatMap(input -> Stream.of(input + "/" + recording, input))
        .filter(uri -> uri.endsWith("/" + recording))
        .flatMap(uri -> storage.recording(uri, recording).stream())
        .findFirst();
  }

  private static Envelope read(
      Storage storage, RecordingReader reader, RecordingFile file, Example example)
      throws IOException, UnreadableAudioException {
    try (InputStream in = storage.open(file);
        AudioStream stream = reader.open(in);
        MonoStream mono = MonoStream.averaging(stream)) {
      return of(mono, Math.round(example.durationS() * example.rateHz()));
    }
  }

  /** Of a stream's first samples, as many as the recording had when it was extracted. */
  static Envelope of(AudioStream mono, long samples) throws IOException, UnreadableAudioException {
    int pieces = (int) Math.max(1, Math.min(PIECES, samples));
    float[] low = new float[pieces];
    float[] high = new float[pieces];
    float[] block = new float[BLOCK];
    long position = 0;
    for (int count = mono.read(block); count >= 0 && position < samples; count = mono.read(block)) {
      for (int i = 0; i < count && position < samples; i++, position++) {
        int piece = (int) (position * pieces / samples);
        low[piece] = Math.min(low[piece], block[i]);
        high[piece] = Math.max(high[piece], block[i]);
      }
    }
    return new Envelope(low, high);
  }
}
