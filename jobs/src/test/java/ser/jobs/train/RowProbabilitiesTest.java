package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import ser.model.Gender;
import ser.model.metrics.Subject;

class RowProbabilitiesTest {
  private final RowProbabilities judged = new RowProbabilities();

  @Test
  void givenOneInput_whenAdded_thenItsProbabilitiesAreTheRows() {
    float[] probabilities = {0.1f, 0.9f};

    assertThat(judged.add(input("a", RowPart.WHOLE), probabilities)).containsSame(probabilities);
  }

  @Test
  void givenInputsOfTwoRowsInDisorder_whenAdded_thenEachRowGetsItsMeanWithItsLast() {
    assertThat(judged.add(input("a", new RowPart(1, 3)), new float[] {0, 1})).isEmpty();
    assertThat(judged.add(input("b", new RowPart(0, 2)), new float[] {1, 0})).isEmpty();
    assertThat(judged.add(input("a", new RowPart(0, 3)), new float[] {0.5f, 0.5f})).isEmpty();
    assertThat(judged.add(input("b", new RowPart(1, 2)), new float[] {0.5f, 0.5f}))
        .hasValueSatisfying(mean -> assertThat(mean).containsExactly(0.75f, 0.25f));
    assertThat(judged.add(input("a", new RowPart(2, 3)), new float[] {1, 0}))
        .hasValueSatisfying(mean -> assertThat(mean).containsExactly(0.5f, 0.5f));
  }

  @Test
  void givenARowThatCountsTwice_whenAdded_thenEachCopyHasItsMean() {
    for (int copy = 0; copy < 2; copy++) {
      assertThat(judged.add(input("a", new RowPart(0, 2)), new float[] {1, 0})).isEmpty();
      assertThat(judged.add(input("a", new RowPart(1, 2)), new float[] {0, 1}))
          .hasValueSatisfying(mean -> assertThat(mean).containsExactly(0.5f, 0.5f));
    }
  }

  @Test
  void givenAPartBeyondTheCount_whenMade_thenRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RowPart(2, 2))
        .withMessage("part 2 of 2 is none");
  }

  private static LabelledInput input(String recording, RowPart part) {
    Subject subject = new Subject(recording, "c", "c-1", Gender.UNKNOWN, "");
    return new LabelledInput(subject, "original", part, 0, new float[1]);
  }
}
