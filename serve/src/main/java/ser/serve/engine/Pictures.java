package ser.serve.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import ser.features.FeatureExtractor;
import ser.features.FeatureMatrix;
import ser.features.audio.AudioStream;
import ser.features.audio.UnreadableAudioException;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.features.spec.MelSpec;
import ser.model.file.ModelInput;
import ser.model.scoring.RecordingWindows;
import ser.model.scoring.SampledWindow;
import ser.model.scoring.WindowPlan;
import ser.report.image.ColourMap;
import ser.report.image.Matrix;
import ser.report.image.Png;

/**
 * How a recording looks.
 *
 * @param waveform of the channel that is scored
 * @param logMelPng address that carries the picture, the lowest frequency at the bottom
 * @param maxHz highest frequency of the picture
 * @param marks frequencies and where they stand
 */
public record Pictures(Envelope waveform, String logMelPng, double maxHz, List<Mark> marks) {
  private static final int LOWEST_HZ = 250;
  private static final int OCTAVES = 10;

  public Pictures {
    marks = List.copyOf(marks);
  }

  /**
   * A frequency on the picture.
   *
   * @param at from 0, the bottom, to 1
   */
  public record Mark(int hz, double at) {}

  /**
   * Decodes the recording once.
   *
   * @param input whose mel bands are drawn
   */
  static Pictures of(Upload upload, ModelInput input) throws IOException, UnreadableAudioException {
    Envelope envelope = new Envelope();
    try (AudioStream mono = new ObservedStream(upload.open(), envelope)) {
      int rateHz = input.featureSpec().rateFor(mono.format().sampleRateHz());
      FeatureSpec spec = drawable(input.featureSpec(), rateHz);
      Spectrogram spectrogram = new Spectrogram(spec.mel().bands());
      draw(new RecordingWindows(mono, withoutOverlap(input, mono)), spec, spectrogram);
      double maxHz = spec.mel().fMaxHz() == 0 ? rateHz / 2.0 : spec.mel().fMaxHz();
      return new Pictures(
          envelope, png(spectrogram.toMatrix(), spec.mel()), maxHz, marks(spec.mel(), maxHz));
    }
  }

  /**
   * A model of native rates may have bands above half of this recording's; they cannot be drawn.
   */
  private static FeatureSpec drawable(FeatureSpec spec, int rateHz) {
    MelSpec mel = spec.mel();
    MelSpec within =
        mel.fMaxHz() <= rateHz / 2.0
            ? mel
            : new MelSpec(
                mel.bands(), mel.fMinHz(), 0, mel.topDb(), mel.scale(), mel.norm(), mel.power());
    return new FeatureSpec(
        spec.sampleRateHz(),
        spec.frames(),
        within,
        spec.mfccCoefficients(),
        Set.of(Feature.LOG_MEL),
        spec.contrast(),
        spec.chroma(),
        spec.pitch());
  }

  private static WindowPlan withoutOverlap(ModelInput input, AudioStream mono) {
    WindowPlan plan = WindowPlan.of(input, OptionalDouble.empty(), OptionalDouble.empty());
    int sourceRateHz = mono.format().sampleRateHz();
    int windowSamples = plan.windowingAt(sourceRateHz).windowSamples();
    double windowS = (double) windowSamples / input.featureSpec().rateFor(sourceRateHz);
    return WindowPlan.of(input, OptionalDouble.empty(), OptionalDouble.of(windowS));
  }

  private static void draw(RecordingWindows windows, FeatureSpec spec, Spectrogram spectrogram)
      throws IOException, UnreadableAudioException {
    FeatureExtractor extractor = new FeatureExtractor(spec);
    int hop = spec.frames().hopLength();
    long drawn = 0;
    for (Optional<SampledWindow> next = windows.next(); next.isPresent(); next = windows.next()) {
      SampledWindow window = next.get();
      float[] samples = window.samples();
      FeatureMatrix logMel =
          extractor
              .extract(samples, 0, samples.length, window.sampleRateHz())
              .matrix(Feature.LOG_MEL);
      // The last window reaches back over the one before it.
      long first = window.window().startSample() / hop;
      for (int frame = (int) Math.max(0, drawn - first); frame < logMel.frames(); frame++) {
        spectrogram.add(logMel, frame);
      }
      drawn = Math.max(drawn, first + logMel.frames());
    }
  }

  /** As loud as the loudest down to where the features cut. */
  private static String png(Matrix matrix, MelSpec mel) {
    double loudest = matrix.quantile(1);
    return Png.uri(matrix, ColourMap.MAGMA, loudest - mel.topDb(), loudest);
  }

  /** Octaves. Band b is centred b + 1 steps above the lowest edge, of {@code bands + 1}. */
  private static List<Mark> marks(MelSpec mel, double maxHz) {
    double from = mel.scale().melOf(mel.fMinHz());
    double to = mel.scale().melOf(maxHz);
    List<Mark> marks = new ArrayList<>();
    for (int octave = 0; octave < OCTAVES; octave++) {
      int hz = LOWEST_HZ << octave;
      double band = (mel.scale().melOf(hz) - from) / (to - from) * (mel.bands() + 1) - 1;
      double at = (band + 0.5) / mel.bands();
      if (at > 0 && at < 1) {
        marks.add(new Mark(hz, at));
      }
    }
    return marks;
  }
}
