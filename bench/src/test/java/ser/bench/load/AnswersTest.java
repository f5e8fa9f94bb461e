package ser.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AnswersTest {
  @Test
  void givenTimesOutOfOrder_whenQuantilesAreTaken_thenTheyAreTheNearestRanks() {
    // 100, 99, …, 1 ms.
    long[] nanos = LongStream.range(0, 100).map(i -> (100 - i) * 1_000_000).toArray();

    Answers answers = new Answers(nanos, Map.of(), 4);

    assertThat(answers.quantileMs(0.5)).isEqualTo(50);
    assertThat(answers.quantileMs(0.99)).isEqualTo(99);
    assertThat(answers.quantileMs(1)).isEqualTo(100);
    assertThat(answers.predictionsPerSecond()).isEqualTo(25);
  }

  @Test
  void givenTwoRounds_whenJoined_thenTimesAreAllTheirsAndOthersAreAdded() {
    Answers one = new Answers(new long[] {3_000_000}, Map.of(503, 2L), 1);
    Answers two = new Answers(new long[] {1_000_000}, Map.of(503, 1L, 408, 1L), 3);

    Answers both = Answers.joined(List.of(one, two));

    assertThat(both).isEqualTo(new Answers(new long[] {1_000_000, 3_000_000}, both.others(), 4));
    assertThat(both.others()).isEqualTo(Map.of(408, 1L, 503, 3L));
  }

  @Test
  void givenNoPrediction_whenAQuantileIsTaken_thenItSaysWhatCameInstead() {
    assertThatThrownBy(() -> new Answers(new long[0], Map.of(503, 7L), 1).quantileMs(0.5))
        .hasMessageContaining("503=7");
  }
}
