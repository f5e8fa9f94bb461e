package ser.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.features.audio.AudioFormat;
import ser.features.audio.AudioReader;
import ser.features.audio.AudioStream;
import ser.features.audio.Clip;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;
import ser.features.audio.WavWriter;
import ser.features.signal.Resampler;
import ser.model.Window;
import ser.model.Windowing;

class RecordingWindowsTest {
  private static final int RATE_HZ = 8_000;
  private static final int WINDOW = 1_120;

  /** A window and the larger of a block that is read and a batch of the resampler, twice over. */
  private static final int MOST_BUFFERED = 80_000;

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenNoiseInAnyPortions_whenCut_thenWindowsAreThoseOfItsLengthWithItsSamples(long seed)
      throws Exception {
    Random random = new Random(seed);
    int samples = 1 + random.nextInt(30_000);
    WindowPlan plan = randomPlan(random);

    List<SampledWindow> cut = all(new NoiseStream(RATE_HZ, samples, seed), plan);

    requireWindowsOf(NoiseStream.whole(samples, seed), plan.windowingAt(RATE_HZ), cut);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnotherRate_whenCut_thenWindowsAreThoseOfTheWholeResampled(long seed) throws Exception {
    Random random = new Random(seed);
    int[] rates = {16_000, 11_025, 22_050, 44_100, 48_000, 6_000, 24_414};
    int rateHz = rates[random.nextInt(rates.length)];
    int samples = 1 + random.nextInt(60_000);
    WindowPlan plan = randomPlan(random);

    List<SampledWindow> cut = all(new NoiseStream(rateHz, samples, seed), plan);

    float[] resampled = new Resampler(rateHz, RATE_HZ).resample(NoiseStream.whole(samples, seed));
    requireWindowsOf(resampled, plan.windowingAt(rateHz), cut);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, WINDOW - 1, WINDOW})
  void givenARecordingNoLongerThanAWindow_whenCut_thenItIsOneWindowToItsEnd(int samples)
      throws Exception {
    List<SampledWindow> cut = all(new NoiseStream(RATE_HZ, samples, 1), telephonePlan());

    assertThat(cut)
        .singleElement()
        .extracting(SampledWindow::window)
        .isEqualTo(new Window(0, samples));
    assertThat(cut.get(0).samples()).isEqualTo(NoiseStream.whole(samples, 1));
    assertThat(cut.get(0).endS()).isEqualTo(samples / (double) RATE_HZ);
  }

  @Test
  void givenOneSampleMoreThanAWindow_whenCut_thenTheLastWindowEndsAtTheEnd() throws Exception {
    List<SampledWindow> cut = all(new NoiseStream(RATE_HZ, WINDOW + 1, 1), telephonePlan());

    assertThat(cut)
        .extracting(SampledWindow::window)
        .containsExactly(new Window(0, WINDOW), new Window(1, WINDOW + 1));
  }

  /** As a damaged MP3 is whose frames are all lost. */
  @ParameterizedTest
  @ValueSource(ints = {RATE_HZ, 16_000})
  void givenARecordingWithoutASample_whenCut_thenItIsRefused(int rateHz) {
    RecordingWindows windows = new RecordingWindows(new NoiseStream(rateHz, 0, 1), telephonePlan());

    assertThatExceptionOfType(UnreadableAudioException.class)
        .isThrownBy(windows::next)
        .extracting(UnreadableAudioException::reason)
        .isEqualTo(RejectionReason.NO_AUDIO_DATA);
  }

  @Test
  void givenTheLastWindow_whenAskedAgain_thenThereIsNoneStill() throws Exception {
    RecordingWindows windows =
        new RecordingWindows(new NoiseStream(RATE_HZ, WINDOW + 7, 1), telephonePlan());
    while (windows.next().isPresent()) {
      // To the end.
    }

    assertThat(windows.next()).isEmpty();
    assertThat(windows.next()).isEmpty();
  }

  @Test
  void givenAWindow_whenTheNextIsCut_thenItsSamplesStay() throws Exception {
    RecordingWindows windows =
        new RecordingWindows(new NoiseStream(RATE_HZ, 20 * WINDOW, 3), telephonePlan());
    SampledWindow first = windows.next().orElseThrow();
    float[] before = first.samples().clone();

    Arrays.fill(windows.next().orElseThrow().samples(), 9);
    float[] third = windows.next().orElseThrow().samples();

    assertThat(first.samples()).isEqualTo(before);
    assertThat(third).doesNotContain(9);
  }

  @ParameterizedTest
  @CsvSource({
    "8000, 3600, 0.14, 0.14",
    "8000, 60, 0.14, 0.07",
    "8000, 60, 0.14, 0.005",
    "44100, 60, 0.14, 0.07",
    "6000, 60, 0.14, 0.07"
  })
  void givenALongRecording_whenCut_thenMemoryDoesNotGrowWithIt(
      int rateHz, int seconds, double windowS, double hopS) throws Exception {
    WindowPlan plan = Plans.plan(Plans.telephone(), windowS, hopS);
    RecordingWindows windows =
        new RecordingWindows(new NoiseStream(rateHz, (long) seconds * rateHz, 5), plan);

    int most = 0;
    long count = 0;
    while (windows.next().isPresent()) {
      most = Math.max(most, windows.bufferLength());
      count++;
    }

    assertThat(count).isEqualTo(plan.windowingAt(rateHz).countOf((long) seconds * RATE_HZ));
    assertThat(most)
        .as("samples of the buffer, of %d in all", (long) seconds * RATE_HZ)
        .isBetween(WINDOW, MOST_BUFFERED);
  }

  @Test
  void givenDamageBehindTheFirstWindow_whenCut_thenTheWindowsBeforeItAreGiven() throws Exception {
    RecordingWindows windows = new RecordingWindows(new DamagedStream(10 * 8_192), telephonePlan());
    int given = 0;
    try {
      while (windows.next().isPresent()) {
        given++;
      }
    } catch (UnreadableAudioException e) {
      assertThat(e.reason()).isEqualTo(RejectionReason.CORRUPT_FRAME);
    }

    assertThat(given)
        .as("windows before the damage")
        .isEqualTo((int) new Windowing(WINDOW, WINDOW / 2).windowsWithin(10 * 8_192));
    assertThatExceptionOfType(UnreadableAudioException.class).isThrownBy(windows::next);
  }

  @Test
  void givenAPlanThatCannotServeTheRate_whenMade_thenItIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new RecordingWindows(
                    new NoiseStream(RATE_HZ, 1, 1), Plans.plan(Plans.telephone(), 5, 1)))
        .withMessageContaining("5.0 s");
  }

  /** Its first samples are refused by the reader, but a slice skips them unread. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void givenAHeaderWithAnAbsurdRate_whenCut_thenTheRecordingIsRefused(long first) throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    WavWriter.write(new Clip(new float[1 << 18], 1_092_676), file);
    AudioStream stream = AudioReader.open(new ByteArrayInputStream(file.toByteArray()));

    RecordingWindows windows =
        new RecordingWindows(stream, telephonePlan(), new WindowSlice(first, first + 1));

    assertThatExceptionOfType(UnreadableAudioException.class)
        .isThrownBy(windows::next)
        .extracting(UnreadableAudioException::reason)
        .isEqualTo(RejectionReason.IMPLAUSIBLE_RATE);
  }

  @Test
  void givenAStream_whenCutToItsEnd_thenItIsLeftOpenForItsDefect() throws Exception {
    NoiseStream stream = new NoiseStream(RATE_HZ, 10, 1);

    all(stream, telephonePlan());

    assertThat(stream.isClosed()).isFalse();
  }

  private static WindowPlan telephonePlan() {
    return Plans.plan(Plans.telephone());
  }

  private static WindowPlan randomPlan(Random random) {
    double windowS = 0.01 + 0.13 * random.nextDouble();
    return Plans.plan(Plans.telephone(), windowS, windowS * (0.05 + 0.95 * random.nextDouble()));
  }

  private static List<SampledWindow> all(AudioStream stream, WindowPlan plan) throws Exception {
    RecordingWindows windows = new RecordingWindows(stream, plan);
    List<SampledWindow> all = new ArrayList<>();
    for (Optional<SampledWindow> next = windows.next(); next.isPresent(); next = windows.next()) {
      all.add(next.get());
    }
    return all;
  }

  private static void requireWindowsOf(
      float[] samples, Windowing windowing, List<SampledWindow> cut) {
    List<Window> expected = new ArrayList<>();
    windowing.windowsOf(samples.length).forEach(expected::add);

    assertThat(cut)
        .as("windows of %d samples by %s", samples.length, windowing)
        .extracting(SampledWindow::window)
        .containsExactlyElementsOf(expected);
    for (SampledWindow window : cut) {
      assertThat(window.sampleRateHz()).isEqualTo(RATE_HZ);
      assertThat(
              Arrays.equals(
                  window.samples(),
                  Arrays.copyOfRange(
                      samples,
                      (int) window.window().startSample(),
                      (int) window.window().endSample())))
          .as("samples of %s are those of the recording", window.window())
          .isTrue();
    }
  }

  /** Silence whose bytes are wrong from some sample on. */
  private static final class DamagedStream implements AudioStream {
    private final int good;
    private int given;

    private DamagedStream(int good) {
      this.good = good;
    }

    @Override
    public AudioFormat format() {
      return new AudioFormat("flac", "flac", RATE_HZ, 1);
    }

    @Override
    public int read(float[] interleaved) throws UnreadableAudioException {
      if (given == good) {
        throw new UnreadableAudioException(RejectionReason.CORRUPT_FRAME, "wrong from here on");
      }
      int count = Math.min(interleaved.length, good - given);
      Arrays.fill(interleaved, 0, count, 0f);
      given += count;
      return count;
    }

    @Override
    public Optional<RejectionReason> defect() {
      return Optional.empty();
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
