package ser.features.spec;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Settings that belong together. */
public enum Preset {
  /** librosa's defaults: 22,050 Hz, n_fft 2048, hop 512, 128 mel bands, 40 MFCC. */
  LIBROSA(
      22_050,
      new FrameSpec(2048, 2048, 512),
      new MelSpec(128, 0, 0, 80),
      40,
      ContrastSpec.LIBROSA,
      PitchSpec.LIBROSA),
  /** Usual in speech recognition: 16 kHz, windows of 25 ms every 10 ms. */
  SPEECH(
      16_000,
      new FrameSpec(512, 400, 160),
      new MelSpec(80, 0, 0, 80),
      40,
      ContrastSpec.LIBROSA,
      PitchSpec.VOICE),
  /** For telephone audio: 8 kHz, windows of 25 ms every 10 ms, 40 bands from 200 to 3500 Hz. */
  TELEPHONE(
      8_000,
      new FrameSpec(512, 200, 80),
      new MelSpec(40, 200, 3500, 80),
      13,
      // A sixth octave would begin at 6,400 Hz, where telephones have nothing.
      new ContrastSpec(200, 5),
      PitchSpec.VOICE);

  private final int sampleRateHz;
  private final FrameSpec frames;
  private final MelSpec mel;
  private final int mfccCoefficients;
  private final ContrastSpec contrast;
  private final PitchSpec pitch;

  Preset(
      int sampleRateHz,
      FrameSpec frames,
      MelSpec mel,
      int mfccCoefficients,
      ContrastSpec contrast,
      PitchSpec pitch) {
    this.sampleRateHz = sampleRateHz;
    this.frames = frames;
    this.mel = mel;
    this.mfccCoefficients = mfccCoefficients;
    this.contrast = contrast;
    this.pitch = pitch;
  }

  /** This preset for some features. */
  public FeatureSpec spec(Set<Feature> features) {
    return new FeatureSpec(
        sampleRateHz,
        frames,
        mel,
        mfccCoefficients,
        features,
        contrast,
        ChromaSpec.estimate(),
        pitch);
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException naming the presets that exist, if there is none of that name
   */
  public static Preset of(String label) {
    return Labels.find(Arrays.asList(values()), Preset::label, label, "feature preset");
  }
}
