package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import ser.features.audio.Clip;
import ser.model.file.ModelFile;
import ser.model.file.ModelFileException;
import ser.model.file.ModelInput;
import ser.model.input.Normalisation;
import ser.model.input.Normalisation.Speaker.Deviation;

/** {@code ser score} on recordings that are read in slices. */
@ExtendWith(TrainedModel.Provider.class)
class LongRecordingsIT {
  /** Three seconds of 16-bit mono. */
  private static final String TINY = "100000";

  private static final int RATE_HZ = 16_000;
  private static final int CHANNELS = 256;

  /** The detector takes it for a voice. */
  private static final int TONE_HZ = 250;

  private static final int FRAME_BYTES = 4 * CHANNELS;
  private static final String[] DRY_RUN = {"--dry-run"};
  private static final String[] CUSTOMER = {"--set", "ser.score.customer-channel=1"};

  @TempDir Path folder;

  @Test
  void givenAnySplitAndPartitions_whenScored_thenTheRowsAreTheSameBitForBit(TrainedModel model)
      throws IOException {
    Path input = folder.resolve("calls");
    writeCalls(input);
    Tables whole = scored(model.file(), input, "whole", CUSTOMER);

    assertThat(whole.windows()).hasSizeGreaterThan(40);
    assertThat(whole.quarantine()).hasSize(2);
    assertThat(whole.readInPart()).isEqualTo(2);
    for (int partitions : new int[] {1, 2, 7}) {
      assertThat(
              scored(
                  model.file(),
                  input,
                  "split-" + partitions,
                  with(
                      CUSTOMER,
                      "ser.score.split-bytes=" + TINY,
                      "ser.score.partitions=" + partitions)))
          .as("in %d partitions", partitions)
          .isEqualTo(whole);
    }
  }

  @Test
  void givenStereoWithNoChannelNamed_whenSplit_thenItIsQuarantinedOnce(TrainedModel model) {
    Path input = folder.resolve("stereo");
    Clip voice = TestRecordings.voice(180, 0.05, 9, 3);
    TestRecordings.writeStereo(input.resolve("stereo.wav"), voice, voice);
    TestRecordings.write(input.resolve("mono.wav"), voice);

    Tables tables = scored(model.file(), input, "out", with("ser.score.split-bytes=" + TINY));

    assertThat(tables.quarantine())
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("reason", "channel_not_named"));
    assertThat(tables.calls()).hasSize(1);
  }

  @Test
  void givenALongCall_whenADryRunIsAsked_thenItCountsTheTasksOfItsPieces(TrainedModel model) {
    Path input = folder.resolve("one");
    TestRecordings.write(input.resolve("long.wav"), TestRecordings.voice(180, 0.05, 14, 1));
    ScoredOutput output = new ScoredOutput(folder.resolve("planned"));

    SerRun whole = output.score(model, input, "--dry-run").done();
    SerRun split =
        output
            .score(model, input.toString(), with(DRY_RUN, "ser.score.split-bytes=" + TINY))
            .done();

    assertThat(whole.result().path("tasks").asInt()).isOne();
    assertThat(split.result().path("tasks").asInt()).isGreaterThan(1);
    assertThat(split.result().path("to_read").asInt()).isOne();
    assertThat(split.result().path("bytes").asLong())
        .isEqualTo(whole.result().path("bytes").asLong());
  }

  @Test
  void givenAModelNormalisedBySpeaker_whenSplit_thenTheRowsAreThoseOfTheWholeBitForBit(
      TrainedModel model) throws IOException, ModelFileException {
    Path bySpeaker = folder.resolve("by-speaker.safetensors");
    ModelFile corpus = ModelFile.read(Files.readAllBytes(model.file()), "trained");
    ModelInput input = corpus.input();
    ModelInput speaker =
        new ModelInput(
            input.featureSpec(),
            input.inputSpec(),
            input.normaliser(),
            new Normalisation.Speaker(30, Deviation.BLENDED));
    Files.write(
        bySpeaker,
        ModelFile.of(
                corpus.architecture(),
                corpus.labels(),
                speaker,
                corpus.weights(),
                corpus.provenance())
            .toBytes());
    Path calls = folder.resolve("speakers");
    // Two stretches of 128 windows of 0.3 s, and speech in both.
    TestRecordings.write(
        calls.resolve("long.wav"),
        TestRecordings.joined(
            TestRecordings.joined(
                TestRecordings.voice(150, 0.02, 7, 5), TestRecordings.silence(55)),
            TestRecordings.voice(210, 0.1, 10, 6)));
    TestRecordings.write(calls.resolve("short.wav"), TestRecordings.voice(120, 0.05, 2, 7));
    String[] windows = {"--set", "ser.score.window-s=0.3", "--set", "ser.score.hop-s=0.3"};

    Tables whole = scored(bySpeaker, calls, "whole", windows);

    assertThat(scored(bySpeaker, calls, "split", with(windows, "ser.score.split-bytes=1000000")))
        .isEqualTo(whole);
  }

  @Test
  void givenMoreThan4Gb_whenScored_thenAllOfItIsHeard(TrainedModel model) throws IOException {
    Path input = folder.resolve("huge");
    long frames = (1L << 32) / FRAME_BYTES + 16_000;
    writeHuge(input.resolve("huge.wav"), frames);

    Tables tables =
        scored(
            model.file(),
            input,
            "out",
            with("ser.score.customer-channel=200", "ser.score.split-bytes=1500000000"));

    List<Map<String, Object>> windows = tables.windows();
    double durationS = frames / (double) RATE_HZ;
    assertThat((double) windows.get(windows.size() - 1).get("end_s"))
        .isCloseTo(durationS, Offset.offset(1e-3));
    assertThat(windows)
        .allSatisfy(
            row ->
                assertThat(row.get("speech"))
                    .as("from %s s to %s s", row.get("start_s"), row.get("end_s"))
                    .isEqualTo((double) row.get("end_s") > durationS - 0.3));
  }

  /** RF64 of silence, with half a second of a tone on channel 200 at the very end. */
  private static void writeHuge(Path file, long frames) throws IOException {
    Files.createDirectories(file.getParent());
    byte[] header =
        ByteBuffer.allocate(80)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("RF64".getBytes(StandardCharsets.US_ASCII))
            .putInt(-1)
            .put("WAVEds64".getBytes(StandardCharsets.US_ASCII))
            .putInt(28)
            .putLong(frames * FRAME_BYTES + 72)
            .putLong(frames * FRAME_BYTES)
            .putLong(frames)
            .putInt(0)
            .put("fmt ".getBytes(StandardCharsets.US_ASCII))
            .putInt(16)
            .putShort((short) 1)
            .putShort((short) CHANNELS)
            .putInt(RATE_HZ)
            .putInt(RATE_HZ * FRAME_BYTES)
            .putShort((short) FRAME_BYTES)
            .putShort((short) 32)
            .put("data".getBytes(StandardCharsets.US_ASCII))
            .putInt(-1)
            .array();
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(header);
      // Nothing is written between: most file systems then keep nothing.
      out.setLength(header.length + frames * FRAME_BYTES);
      ByteBuffer tone =
          ByteBuffer.allocate(RATE_HZ / 2 * FRAME_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int frame = 0; frame < RATE_HZ / 2; frame++) {
        double phase = 2 * Math.PI * TONE_HZ * frame / RATE_HZ;
        tone.putInt(frame * FRAME_BYTES + 4 * 200, (int) (Integer.MAX_VALUE / 2 * Math.sin(phase)));
      }
      out.seek(header.length + (frames - RATE_HZ / 2) * FRAME_BYTES);
      out.write(tone.array());
    }
  }

  /** What stands in the tables, and what the run says of it. */
  private record Tables(
      List<Map<String, Object>> windows,
      List<Map<String, Object>> segments,
      List<Map<String, Object>> calls,
      List<Map<String, Object>> quarantine,
      int recordings,
      int rows,
      double audioSeconds,
      int readInPart) {}

  private Tables scored(Path model, Path input, String name, String... more) {
    ScoredOutput output = new ScoredOutput(folder.resolve(name));
    SerRun run =
        output
            .scoreBy(model.toString(), input.toString(), with(more, "ser.score.max-failed-share=1"))
            .done();
    return new Tables(
        ParquetTable.without(output.windows(), "run_id", "model_id"),
        ParquetTable.without(output.segments(), "run_id", "model_id"),
        ParquetTable.without(output.calls(), "run_id", "model_id", "scored_at"),
        ParquetTable.without(output.quarantine(), "run_id"),
        run.result().path("recordings").asInt(),
        run.result().path("rows").asInt(),
        run.result().path("audio_seconds").asDouble(),
        run.result().path("read_in_part").asInt());
  }

  private static String[] with(String... settings) {
    return with(new String[0], settings);
  }

  private static String[] with(String[] arguments, String... settings) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    for (String setting : settings) {
      all.addAll(List.of("--set", setting));
    }
    return all.toArray(String[]::new);
  }

  /** Long ones, short ones, and headers that lie. */
  private static void writeCalls(Path input) throws IOException {
    Clip voice = TestRecordings.voice(180, 0.05, 14.2, 1);
    Clip call = TestRecordings.joined(voice, TestRecordings.silence(8));
    TestRecordings.write(input.resolve("long.wav"), call);
    TestRecordings.write(input.resolve("short.wav"), TestRecordings.voice(210, 0.05, 2, 2));
    TestRecordings.writeStereo(input.resolve("stereo.wav"), TestRecordings.silence(20), call);
    // Of floats nobody knows beforehand that each is a number.
    TestRecordings.writeAsFloats(input.resolve("floats.wav"), voice);
    TestRecordings.writeText(input.resolve("text.wav"));
    byte[] whole = Files.readAllBytes(input.resolve("long.wav"));
    TestRecordings.write(input.resolve("cut.wav"), Arrays.copyOf(whole, 300_001));
    byte[] piped = whole.clone();
    Arrays.fill(piped, 4, 8, (byte) 0xFF);
    Arrays.fill(piped, 40, 44, (byte) 0xFF);
    TestRecordings.write(input.resolve("piped.wav"), Arrays.copyOf(piped, 250_000));
    byte[] unknown = whole.clone();
    Arrays.fill(unknown, 4, 8, (byte) 0);
    Arrays.fill(unknown, 40, 44, (byte) 0);
    TestRecordings.write(input.resolve("unknown.wav"), Arrays.copyOf(unknown, 250_001));
    // A second data chunk, which is not read.
    byte[] twice = Arrays.copyOf(whole, whole.length + 8 + 200_000);
    ByteBuffer.wrap(twice)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(4, twice.length - 8)
        .position(whole.length)
        .put("data".getBytes(StandardCharsets.US_ASCII))
        .putInt(200_000);
    TestRecordings.write(input.resolve("twice.wav"), twice);
    byte[] nothing = Arrays.copyOf(whole, 300_000);
    // Samples of three channels in blocks of two bytes.
    nothing[22] = 3;
    TestRecordings.write(input.resolve("nonsense.wav"), nothing);
  }
}
