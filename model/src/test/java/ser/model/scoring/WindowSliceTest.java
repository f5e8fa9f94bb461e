package ser.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ser.features.audio.AudioReader;
import ser.features.audio.AudioStream;
import ser.features.audio.MonoStream;
import ser.features.signal.Resampler;
import ser.model.Windowing;
import ser.model.file.ModelInput;
import ser.model.input.Normalisation;
import ser.model.input.Normalisation.Speaker.Deviation;

/** A recording that is read slice by slice. */
class WindowSliceTest {
  private static final int MODEL_HZ = 8_000;
  private static final int[] RATES = {6_000, 8_000, 11_025, 16_000, 22_050, 24_414, 44_100, 48_000};

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyRateEncodingAndCuts_whenReadInSlices_thenWindowsAreThoseOfTheWholeBitForBit(
      long seed) throws Exception {
    Random random = new Random(seed);
    byte[] file = wav(random, RATES[random.nextInt(RATES.length)], 1 + random.nextInt(200_000));
    double windowS = 0.01 + 0.13 * random.nextDouble();
    WindowPlan plan =
        Plans.plan(Plans.telephone(), windowS, windowS * (0.2 + 0.8 * random.nextDouble()));
    List<SampledWindow> whole = windows(file, plan, WindowSlice.WHOLE);

    List<SampledWindow> sliced = new ArrayList<>();
    List<WindowSlice> slices = slices(file, plan, 1 + random.nextInt(9), 1);
    for (WindowSlice slice : slices) {
      List<SampledWindow> some = windows(file, plan, slice);
      assertThat(some).as("windows of %s", slice).isNotEmpty();
      sliced.addAll(some);
    }

    assertThat(slices.get(0).first()).isZero();
    assertThat(sliced)
        .extracting(SampledWindow::window)
        .isEqualTo(whole.stream().map(SampledWindow::window).toList());
    for (int i = 0; i < whole.size(); i++) {
      assertThat(Arrays.equals(sliced.get(i).samples(), whole.get(i).samples()))
          .as("samples of %s by %s", whole.get(i).window(), slices)
          .isTrue();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyLength_whenCut_thenSlicesFollowEachOtherAndBeginWithAStretch(long seed) {
    Random random = new Random(seed);
    int window = 1 + random.nextInt(1_000);
    Windowing windowing = new Windowing(window, 1 + random.nextInt(window));
    long samples = random.nextLong(1L << (1 + random.nextInt(45)));
    long parts = 1 + random.nextInt(50);
    long stretch = 1 + random.nextInt(100_000);

    List<WindowSlice> slices = WindowSlice.of(windowing, samples, parts, stretch);

    assertThat(slices).hasSizeBetween(1, (int) parts);
    long next = 0;
    for (WindowSlice slice : slices) {
      assertThat(slice.first()).isEqualTo(next);
      if (next > 0) {
        assertThat(next).as("has a full window").isLessThan(windowing.windowsWithin(samples));
        long start = windowing.gridWindow(next).startSample();
        assertThat(start % stretch)
            .as("first window of a stretch")
            .isLessThan(windowing.hopSamples());
      }
      next = slice.end();
    }
    assertThat(slices.get(slices.size() - 1).isLast()).isTrue();
    if (samples > 100L * parts * Math.max(window, stretch)) {
      assertThat(slices).hasSize((int) parts);
      long evenly = windowing.windowsWithin(samples) / parts;
      assertThat(slices.subList(0, slices.size() - 1))
          .allSatisfy(
              slice -> assertThat(slice.end() - slice.first()).isBetween(evenly / 2, 2 * evenly));
    }
  }

  @Test
  void givenSpeechAndPauses_whenHeardInSlices_thenTheNormaliserIsThatOfTheWholeBitForBit()
      throws Exception {
    ModelInput corpus = Plans.telephone();
    ModelInput input =
        new ModelInput(
            corpus.featureSpec(),
            corpus.inputSpec(),
            corpus.normaliser(),
            new Normalisation.Speaker(5, Deviation.BLENDED));
    // Stretches of 128 windows of 0.14 s: 18 s each, at the model's rate.
    WindowPlan plan = Plans.plan(input, 0.14, 0.06);
    byte[] file = wav(new Random(7), 16_000, 100 * 16_000);
    SpeakerStatistics statistics =
        new SpeakerStatistics(
            input, new SpeechDetector(-20, 0, 16_000, 0.02), new WindowFeatures(input));
    HeardSpeech heard = new HeardSpeech(input.inputSpec().allRows());

    List<WindowSlice> slices =
        slices(file, plan, 3, SpeakerStatistics.stretchSamples(plan.windowingAt(16_000)));
    for (WindowSlice slice : slices) {
      try (AudioStream audio = AudioReader.open(new ByteArrayInputStream(file))) {
        statistics.stretches(
            new RecordingWindows(MonoStream.ofChannel(audio, 0), plan, slice), heard::merge);
      }
    }

    assertThat(slices).hasSize(3);
    try (AudioStream audio = AudioReader.open(new ByteArrayInputStream(file))) {
      assertThat(heard.normaliser(input))
          .isEqualTo(
              statistics.normaliser(new RecordingWindows(MonoStream.ofChannel(audio, 0), plan)));
    }
    assertThat(heard.seconds()).isBetween(20.0, 90.0);
    assertThat(heard.normaliser(input)).isNotEqualTo(input.normaliser());
  }

  @Test
  void givenARecordingThatHasBecomeShorter_whenReadInSlices_thenItIsAFaultOfTheStorage()
      throws Exception {
    WindowPlan plan = Plans.plan(Plans.telephone(), 0.1, 0.05);
    byte[] file = wav(new Random(3), 8_000, 30_000);
    List<WindowSlice> slices = slices(file, plan, 3, 1);
    byte[] shorter = wav(new Random(3), 8_000, 12_000);

    assertThat(windows(shorter, plan, slices.get(0))).isNotEmpty();
    for (WindowSlice slice : slices.subList(1, 3)) {
      assertThatExceptionOfType(EOFException.class)
          .isThrownBy(() -> windows(shorter, plan, slice))
          .withMessageContaining("has changed");
    }
  }

  @Test
  void givenNothing_whenMade_thenItIsNoSlice() {
    assertThatIllegalArgumentException().isThrownBy(() -> new WindowSlice(5, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> new WindowSlice(-1, 5));
  }

  private static List<WindowSlice> slices(byte[] file, WindowPlan plan, int parts, long stretch)
      throws Exception {
    try (AudioStream audio = AudioReader.open(new ByteArrayInputStream(file))) {
      int rateHz = audio.format().sampleRateHz();
      long samples =
          Resampler.outputsOf(audio.framesIn(file.length).orElseThrow(), rateHz, MODEL_HZ);
      return WindowSlice.of(plan.windowingAt(rateHz), samples, parts, stretch);
    }
  }

  private static List<SampledWindow> windows(byte[] file, WindowPlan plan, WindowSlice slice)
      throws Exception {
    try (AudioStream audio = AudioReader.open(new ByteArrayInputStream(file))) {
      int channels = audio.format().channels();
      RecordingWindows windows =
          new RecordingWindows(MonoStream.ofChannel(audio, channels - 1), plan, slice);
      List<SampledWindow> all = new ArrayList<>();
      for (Optional<SampledWindow> next = windows.next(); next.isPresent(); next = windows.next()) {
        all.add(next.get());
      }
      return all;
    }
  }

  /** Noise with pauses, in any of the encodings whose number of frames is known beforehand. */
  private static byte[] wav(Random random, int rateHz, int frames) {
    int[][] codings = {{1, 8}, {1, 16}, {1, 24}, {1, 32}, {6, 8}, {7, 8}};
    int[] coding = codings[random.nextInt(codings.length)];
    int channels = 1 + random.nextInt(2);
    int frameBytes = channels * coding[1] / 8;
    byte[] data = new byte[frames * frameBytes];
    random.nextBytes(data);
    for (int pause = 0; pause < 3; pause++) {
      int from = random.nextInt(frames) * frameBytes;
      Arrays.fill(data, from, Math.min(data.length, from + data.length / 8), silence(coding));
    }
    return ByteBuffer.allocate(44 + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(36 + data.length)
        .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
        .putInt(16)
        .putShort((short) coding[0])
        .putShort((short) channels)
        .putInt(rateHz)
        .putInt(rateHz * frameBytes)
        .putShort((short) frameBytes)
        .putShort((short) coding[1])
        .put("data".getBytes(StandardCharsets.US_ASCII))
        .putInt(data.length)
        .put(data)
        .array();
  }

  private static byte silence(int[] coding) {
    return switch (coding[0]) {
      case 6 -> (byte) 0xD5;
      case 7 -> (byte) 0xFF;
      default -> coding[1] == 8 ? (byte) 0x80 : 0;
    };
  }
}
