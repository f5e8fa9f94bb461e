package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recording of the fixtures against what EXPECTED.csv says a robust reader does with it. */
class FixturesTest {
  private static final ClipReader READER = new ClipReader(ClipLimits.NONE);
  private static final String EXPECTED = "data/fixtures/EXPECTED.csv";

  /** What is read of the rows that may be read or not. */
  private static final Set<String> SUPPORTED =
      Set.of("mp3 mp3", "wav mp3", "wav gsm_ms", "gsm gsm", "ogg vorbis", "ogg opus", "ogg flac");

  /** Where two good readers differ, and the row holds the other one's number. */
  private static final Map<String, Integer> SAMPLES =
      Map.of(
          // The encoder's delay and padding taken off, as by libsndfile; the row is without either.
          "made/mp3_leading_junk.mp3", 14_000,
          "mutagen/audacious-trailing-id32-apev2.mp3", 16_111,
          // Its tag says more delay and padding than it has samples: only the delay is believed.
          // ffmpeg drops half of that too, libsndfile fails.
          "mutagen/lame397v9short.mp3", 623,
          // Up to the last page's position, as by libsndfile.
          "mutagen/empty.ogg", 162_496);

  private static final String WHOLE_FRAMES_AT_THE_END = "mutagen/apev2-lyricsv2.mp3";

  private record Row(
      String path,
      String container,
      String codec,
      int rateHz,
      int channels,
      long samples,
      String action,
      Optional<RejectionReason> reason) {
    static Row of(String line) {
      List<String> fields = SharedData.fields(line);
      return new Row(
          fields.get(0),
          fields.get(1),
          fields.get(2),
          number(fields.get(3)),
          number(fields.get(4)),
          number(fields.get(8)),
          fields.get(9),
          Optional.of(fields.get(10))
              .filter(reason -> !reason.isEmpty())
              .map(reason -> RejectionReason.valueOf(reason.toUpperCase(Locale.ROOT))));
    }

    int expectedSamples() {
      return SAMPLES.getOrDefault(path, (int) samples);
    }

    private static int number(String field) {
      return field.isEmpty() ? 0 : Integer.parseInt(field);
    }

    @Override
    public String toString() {
      return "%s: %s %s".formatted(path, action, reason.map(RejectionReason::code).orElse(""));
    }
  }

  private static Stream<Row> rows() throws IOException {
    Optional<Path> expected = SharedData.find(EXPECTED);
    return expected.isEmpty()
        ? Stream.empty()
        : Files.readAllLines(expected.get()).stream().skip(1).map(Row::of);
  }

  @Test
  void givenFixtures_whenListed_thenEachHasARow() throws IOException {
    SharedData.require(EXPECTED);
    assertThat(rows()).hasSize(236);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("rows")
  void givenFixture_whenRead_thenAsExpected(Row row) throws IOException {
    switch (row.action) {
      case "read" -> requireRead(row);
      case "read_partial" -> requirePart(row);
      case "quarantine" -> requireRejected(row);
      case "read_if_supported" -> {
        if (SUPPORTED.contains(row.container + " " + row.codec)) {
          requireRead(row);
        } else {
          requireRejected(row);
        }
      }
      case "read_or_quarantine" -> requireReadOrRejected(row);
      default -> fail("unknown action " + row.action);
    }
  }

  private static void requireRead(Row row) throws IOException {
    try {
      DecodedClip decoded = read(row);
      assertThat(decoded.source().sampleRateHz()).isEqualTo(row.rateHz);
      assertThat(decoded.source().channels()).isEqualTo(row.channels);
      assertThat(decoded.clip().samples().length).isEqualTo(row.expectedSamples());
      assertThat(decoded.defect()).isEmpty();
    } catch (UnreadableAudioException e) {
      fail("%s: %s".formatted(e.reason(), e.getMessage()), e);
    }
  }

  private static void requirePart(Row row) throws IOException {
    try {
      DecodedClip decoded = read(row);
      assertThat(decoded.source().sampleRateHz()).isEqualTo(row.rateHz);
      assertThat(decoded.source().channels()).isEqualTo(row.channels);
      assertThat(decoded.defect()).isEqualTo(row.reason);
      if (row.reason.equals(Optional.of(RejectionReason.CORRUPT_FRAME))) {
        // Nothing is read past the damage, so fewer samples than a reader that hides it gives.
        assertThat(decoded.clip().samples().length).isEqualTo(10_368);
      } else if (row.codec.equals("mp3") && !row.path.equals(WHOLE_FRAMES_AT_THE_END)) {
        // A frame that is cut off is dropped; the row counts what another reader makes of it.
        int frame = row.rateHz > 24_000 ? 1152 : 576;
        assertThat(decoded.clip().samples().length).isEqualTo((int) row.samples - frame);
      } else {
        assertThat(decoded.clip().samples().length).isEqualTo((int) row.samples);
      }
    } catch (UnreadableAudioException e) {
      fail("%s: %s".formatted(e.reason(), e.getMessage()), e);
    }
  }

  private static void requireRejected(Row row) throws IOException {
    try {
      DecodedClip decoded = read(row);
      fail("read %d samples".formatted(decoded.clip().samples().length));
    } catch (UnreadableAudioException e) {
      assertThat(Optional.of(e.reason())).as(e.getMessage()).isEqualTo(row.reason);
    }
  }

  private static void requireReadOrRejected(Row row) throws IOException {
    try {
      assertThat(read(row).clip().samples().length).isEqualTo((int) row.samples);
    } catch (UnreadableAudioException e) {
      assertThat(Optional.of(e.reason())).as(e.getMessage()).isEqualTo(row.reason);
    }
  }

  private static DecodedClip read(Row row) throws IOException, UnreadableAudioException {
    Path file = SharedData.require("data/fixtures").resolve(row.path);
    Assumptions.assumeTrue(Files.exists(file), () -> "no file " + file);
    try (InputStream in = Files.newInputStream(file)) {
      return READER.read(in);
    }
  }
}
