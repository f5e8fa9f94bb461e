package ser.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ClassWeightsTest {
  @Test
  void givenCounts_whenBalanced_thenWeightsAreThoseByHand() {
    // 8 examples, 3 classes that have any: 8 / (3 * 4), 8 / (3 * 2), 0, 8 / (3 * 2).
    assertThat(ClassWeights.balanced(new long[] {4, 2, 0, 2}).toArray())
        .containsExactly(8.0 / 3 / 4, 8.0 / 3 / 2, 0, 8.0 / 3 / 2);
  }

  @Test
  void givenEqualCounts_whenBalanced_thenEveryClassWeighsOne() {
    assertThat(ClassWeights.balanced(new long[] {5, 5, 5}).weights()).containsOnly(1.0);
  }

  @Test
  void givenNoExample_whenBalanced_thenRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClassWeights.balanced(new long[3]))
        .withMessageContaining("no training row");
  }

  @Test
  void givenWeights_whenSerialised_thenTheyAreEqual() {
    ClassWeights weights = ClassWeights.balanced(new long[] {1, 2});
    assertThat(Serialised.copyOf(weights)).isEqualTo(weights);
  }
}
