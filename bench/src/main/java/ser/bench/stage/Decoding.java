package ser.bench.stage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import ser.features.audio.AudioReader;
import ser.features.audio.AudioStream;
import ser.features.audio.MonoStream;
import ser.features.audio.UnreadableAudioException;

/**
 * The first {@value Noise#SECONDS} seconds of a real recording, from its bytes in memory to mono
 * samples: how long a FLAC file takes depends on what is said. Recordings of one's own: {@code -p
 * recording=FILE}, at least that long.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Noise.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class Decoding {
  /** Path of a recording, or relative to the folder {@code -Dser.shared}. */
  @Param({
    "data/ravdess/Actor_01/03-01-01-01-01-01-01.wav",
    "data/ravdess/Actor_02/03-01-01-01-01-01-02.flac",
    "data/ravdess/Actor_07/03-01-05-02-01-01-07.flac"
  })
  public String recording;

  private final float[] block = new float[4096];
  private byte[] bytes;

  @Setup
  public void load() throws IOException {
    Path shared = Path.of(System.getProperty("ser.shared", "../shared"));
    bytes = Files.readAllBytes(shared.resolve(recording));
  }

  @Benchmark
  public float decode() throws IOException, UnreadableAudioException {
    try (AudioStream stream =
        MonoStream.averaging(AudioReader.open(new ByteArrayInputStream(bytes)))) {
      int left = Noise.SECONDS * stream.format().sampleRateHz();
      while (left > 0) {
        int count = stream.read(block);
        if (count < 0) {
          throw new IllegalStateException(recording + " is shorter than the benchmark");
        }
        left -= count;
      }
      return block[0];
    }
  }
}
