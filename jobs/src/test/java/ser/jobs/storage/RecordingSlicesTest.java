package ser.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordingSlicesTest {
  private static final long OPENING = 64 << 10;

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyRecordings_whenDivided_thenEachIsInOneSliceInOrder(long seed) {
    Random random = new Random(seed);
    List<RecordingFile> recordings = recordings(random);
    int slices = 1 + random.nextInt(60);

    List<List<RecordingFile>> divided = RecordingSlices.divide(recordings, slices);

    assertThat(divided).hasSize(slices);
    assertThat(divided.stream().flatMap(List::stream)).containsExactlyElementsOf(recordings);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyRecordings_whenDivided_thenSlicesDifferByNoMoreThanTheLargest(long seed) {
    Random random = new Random(seed);
    List<RecordingFile> recordings = recordings(random);
    int slices = 1 + random.nextInt(recordings.size());
    long largest = recordings.stream().mapToLong(RecordingSlicesTest::cost).max().orElseThrow();
    double share = (double) cost(recordings) / slices;

    for (List<RecordingFile> slice : RecordingSlices.divide(recordings, slices)) {
      assertThat((double) cost(slice))
          .as("cost of a slice of %d, whose fair share is %.0f", slices, share)
          .isBetween(share - largest - 1, share + largest + 1);
    }
  }

  @Test
  void givenEqualRecordings_whenDivided_thenSlicesAreEqual() {
    List<RecordingFile> recordings = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      recordings.add(recording(i, 5_000));
    }

    assertThat(RecordingSlices.divide(recordings, 4)).extracting(List::size).containsOnly(3);
    assertThat(RecordingSlices.divide(recordings, 12)).extracting(List::size).containsOnly(1);
  }

  @Test
  void givenMoreSlicesThanRecordings_whenDivided_thenSomeAreEmptyAndNoneIsLost() {
    List<RecordingFile> recordings = List.of(recording(0, 10), recording(1, 1_000_000));

    List<List<RecordingFile>> divided = RecordingSlices.divide(recordings, 7);

    assertThat(divided).hasSize(7);
    assertThat(divided.stream().flatMap(List::stream)).containsExactlyElementsOf(recordings);
  }

  @Test
  void givenNoRecordings_whenDivided_thenTheSliceIsEmpty() {
    assertThat(RecordingSlices.divide(List.of(), 1)).containsExactly(List.of());
  }

  @Test
  void givenEmptyFiles_whenDivided_thenTheyAreSpreadToo() {
    List<RecordingFile> recordings =
        List.of(recording(0, 0), recording(1, 0), recording(2, 0), recording(3, 0));

    assertThat(RecordingSlices.divide(recordings, 2)).extracting(List::size).containsOnly(2);
  }

  @Test
  void givenHundredsOfTerabytes_whenDividedInAHundredThousand_thenNothingOverflows() {
    List<RecordingFile> recordings = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      recordings.add(recording(i, 1L << 40));
    }

    assertThat(RecordingSlices.divide(recordings, 100_000).stream().flatMap(List::stream))
        .containsExactlyElementsOf(recordings);
  }

  private static List<RecordingFile> recordings(Random random) {
    List<RecordingFile> recordings = new ArrayList<>();
    int count = 1 + random.nextInt(100);
    for (int i = 0; i < count; i++) {
      recordings.add(recording(i, random.nextLong(1L << (1 + random.nextInt(30)))));
    }
    return recordings;
  }

  private static RecordingFile recording(int number, long sizeBytes) {
    return new RecordingFile("file:/in/" + number, Integer.toString(number), sizeBytes);
  }

  private static long cost(RecordingFile recording) {
    return recording.sizeBytes() + OPENING;
  }

  private static long cost(List<RecordingFile> recordings) {
    return recordings.stream().mapToLong(RecordingSlicesTest::cost).sum();
  }
}
