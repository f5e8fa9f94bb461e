package ser.bench.stage;

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
import ser.features.signal.Resampler;

/** A whole clip from one rate to another. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Noise.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class Resampling {
  /** Source and target rate in Hz. */
  @Param({"48000-22050", "44100-22050", "16000-22050", "8000-22050", "48000-16000"})
  public String rates;

  private Resampler resampler;
  private float[] samples;

  @Setup
  public void prepare() {
    String[] pair = rates.split("-");
    int sourceHz = Integer.parseInt(pair[0]);
    resampler = new Resampler(sourceHz, Integer.parseInt(pair[1]));
    samples = Noise.at(sourceHz);
  }

  @Benchmark
  public float[] resample() {
    return resampler.resample(samples);
  }
}
