package ser.bench.stage;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import ser.features.FeatureExtractor;
import ser.features.Features;
import ser.features.signal.DecibelScale;
import ser.features.signal.Delta;
import ser.features.signal.MelFilterBank;
import ser.features.signal.Mfcc;
import ser.features.signal.PowerSpectrum;
import ser.features.signal.RootMeanSquare;
import ser.features.signal.ZeroCrossingRate;
import ser.features.spec.FeatureSpec;

/** From samples at 22,050 Hz to each feature, with the default settings. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Noise.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class SpectralStages {
  private static final int RATE_HZ = 22_050;

  private final FeatureSpec spec = FeatureSpec.librosa();
  private final int bands = spec.mel().bands();
  private final FeatureExtractor extractor = new FeatureExtractor(spec);
  private final PowerSpectrum powerSpectrum = new PowerSpectrum(spec.frames());
  private final MelFilterBank filterBank =
      new MelFilterBank(RATE_HZ, spec.frames().nFft(), spec.mel());
  private final DecibelScale decibelScale = new DecibelScale(spec.mel().topDb());
  private final Mfcc mfcc = new Mfcc(spec.mfccCoefficients(), bands);
  private final Delta delta = Delta.first();
  private final Delta delta2 = Delta.second();
  private final ZeroCrossingRate zeroCrossingRate = new ZeroCrossingRate(spec.frames());
  private final RootMeanSquare rootMeanSquare = new RootMeanSquare(spec.frames());
  private final float[] samples = Noise.at(RATE_HZ);
  private final int frames = spec.frames().framesOf(samples.length);
  private final float[][] mel = new float[bands][PowerSpectrum.BATCH];
  private final float[] logMel = new float[bands * frames];
  private final float[] cepstrum = new float[spec.mfccCoefficients() * frames];
  private final float[] derivative = new float[cepstrum.length];
  private final float[] perFrame = new float[frames];
  private float[][] power;

  /** Later stages work on what the earlier ones give. */
  @Setup
  public void fill() {
    power = powerSpectrum.frames(samples, 0, samples.length, 32);
    melBands();
    decibels();
    mfcc();
  }

  @Benchmark
  public float[][] stft() {
    float[][] last = null;
    for (int first = 0; first < frames; first += PowerSpectrum.BATCH) {
      last = powerSpectrum.frames(samples, 0, samples.length, first);
    }
    return last;
  }

  @Benchmark
  public float[][] melBands() {
    for (int first = 0; first < frames; first += PowerSpectrum.BATCH) {
      filterBank.apply(power, mel);
    }
    return mel;
  }

  @Benchmark
  public float[] decibels() {
    for (int first = 0; first < frames; first += PowerSpectrum.BATCH) {
      int count = Math.min(PowerSpectrum.BATCH, frames - first);
      for (int band = 0; band < bands; band++) {
        decibelScale.convert(mel[band], logMel, band * frames + first, count);
      }
    }
    decibelScale.cutBelowPeak(logMel);
    return logMel;
  }

  @Benchmark
  public float[] mfcc() {
    mfcc.apply(logMel, frames, cepstrum);
    return cepstrum;
  }

  @Benchmark
  public float[] bothDeltas() {
    delta.apply(cepstrum, spec.mfccCoefficients(), frames, derivative);
    delta2.apply(cepstrum, spec.mfccCoefficients(), frames, derivative);
    return derivative;
  }

  @Benchmark
  public float[] zeroCrossingRate() {
    zeroCrossingRate.apply(samples, 0, samples.length, perFrame);
    return perFrame;
  }

  @Benchmark
  public float[] rootMeanSquare() {
    rootMeanSquare.apply(samples, 0, samples.length, perFrame);
    return perFrame;
  }

  @Benchmark
  public Features wholeExtraction() {
    return extractor.extract(samples, 0, samples.length, RATE_HZ);
  }
}
