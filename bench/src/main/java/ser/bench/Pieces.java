package ser.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import ser.features.audio.Clip;
import ser.features.audio.ClipLimits;
import ser.features.audio.ClipReader;
import ser.features.audio.UnreadableAudioException;
import ser.features.audio.WavWriter;

/**
 * Makes an archive of any length out of a small corpus: short files of equal length, 16-bit WAV,
 * named as the recordings they are cut from. Each round over the corpus cuts a little later, so
 * that no two files hold the same audio.
 */
final class Pieces {
  /** A prime, so that cuts rarely meet the same sample again. */
  private static final int LATER_SAMPLES = 1009;

  private final ClipReader reader = new ClipReader(ClipLimits.NONE);
  private final int seconds;

  /**
   * @param seconds that each file lasts
   */
  Pieces(int seconds) {
    this.seconds = seconds;
  }

  /**
   * @param corpus recordings; those shorter than a piece are left out
   * @param target receives {@code round-0001/PATH.wav} and so on
   * @param count how many files
   * @throws IllegalArgumentException if no recording is long enough
   */
  void cut(Path corpus, Path target, int count) throws IOException {
    List<Path> recordings = Recordings.under(corpus, 0);
    int made = 0;
    for (int round = 0; made < count; round++) {
      int before = made;
      for (Path recording : recordings) {
        if (made < count && cut(corpus, recording, target, round)) {
          made++;
        }
      }
      if (made == before) {
        throw new IllegalArgumentException(
            "no recording under %s is %d s long or longer".formatted(corpus, seconds));
      }
    }
  }

  private boolean cut(Path corpus, Path recording, Path target, int round) throws IOException {
    Clip clip = read(recording);
    int length = seconds * clip.sampleRateHz();
    int slack = clip.samples().length - length;
    if (slack < 0) {
      return false;
    }
    int from = (int) ((long) round * LATER_SAMPLES % (slack + 1));
    String name = corpus.relativize(recording).toString().replaceFirst("\\.[^.]*$", ".wav");
    Path file = target.resolve("round-%04d".formatted(round + 1)).resolve(name);
    Files.createDirectories(file.getParent());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      float[] samples = Arrays.copyOfRange(clip.samples(), from, from + length);
      WavWriter.write(new Clip(samples, clip.sampleRateHz()), out);
    }
    return true;
  }

  private Clip read(Path recording) throws IOException {
    try (InputStream in = Files.newInputStream(recording)) {
      return reader.read(in).clip();
    } catch (UnreadableAudioException e) {
      throw new IllegalArgumentException(recording + ": " + e.getMessage(), e);
    }
  }
}
