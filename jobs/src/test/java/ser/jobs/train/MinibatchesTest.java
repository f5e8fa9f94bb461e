package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import ser.model.Gender;
import ser.model.input.Regularisation;
import ser.model.input.SpecAugment;
import ser.model.input.Splice;
import ser.model.metrics.Subject;
import ser.model.network.NetworkShape;

class MinibatchesTest {
  private static final NetworkShape SHAPE = new NetworkShape(8, 12, 3);
  private static final SpecAugment MASKS = new SpecAugment(1, 6, 1, 8);

  @Test
  void givenNoRegularisation_whenMade_thenRowsAndLabelsAreAsTheyAre() {
    DataSet batch = batch(Regularisation.none(), 1, row("a", 0), row("b", 2));

    assertThat(batch.getFeatures().shape()).containsExactly(2, 8, 12, 1);
    assertThat(batch.getFeatures().ravel().toFloatVector()).containsOnly(1);
    assertThat(batch.getLabels().toFloatMatrix())
        .isDeepEqualTo(new float[][] {{1, 0, 0}, {0, 0, 1}});
  }

  @Test
  void givenMixup_whenMade_thenALabelIsSharedAsItsInput() {
    Regularisation mixup = new Regularisation(0, 1, Splice.none(), SpecAugment.none());
    LabelledInput zeros =
        new LabelledInput(
            new Subject("z", "made", "made-1", Gender.UNKNOWN, ""), "original", 1, new float[96]);

    DataSet batch = batch(mixup, 1, row("a", 0), zeros);

    float[][] labels = batch.getLabels().toFloatMatrix();
    float[][] inputs = batch.getFeatures().reshape(2, 96).toFloatMatrix();
    for (int i = 0; i < 2; i++) {
      // Of ones and zeros a mixture has the value of its share of ones.
      assertThat(inputs[i]).containsOnly(inputs[i][0]);
      assertThat(labels[i][0]).isCloseTo(inputs[i][0], within(1e-6f));
      assertThat(labels[i][1]).isCloseTo(1 - inputs[i][0], within(1e-6f));
    }
    assertThat(labels[0][0]).isBetween(0.01f, 0.99f);
  }

  @Test
  void givenMasks_whenARowHasOtherCompany_thenItsMasksAreTheSameAndAnotherEpochsAreNot() {
    Regularisation masked = new Regularisation(0, 0, Splice.none(), MASKS);

    float[] together = first(batch(masked, 1, row("a", 0), row("b", 1)));
    float[] elsewhere = first(batch(masked, 1, row("a", 0), row("c", 1), row("b", 2)));

    assertThat(elsewhere).isEqualTo(together);
    assertThat(first(batch(masked, 2, row("a", 0), row("b", 1)))).isNotEqualTo(together);
    assertThat(first(batch(masked, 1, row("b", 0), row("a", 1)))).isNotEqualTo(together);
  }

  @Test
  void givenMasks_whenMade_thenTheRowItselfStaysWhole() {
    LabelledInput row = row("a", 0);

    batch(new Regularisation(0, 1, Splice.none(), MASKS), 1, row, row("b", 1));

    assertThat(row.values()).containsOnly(1);
  }

  @Test
  void givenSplices_whenMade_thenARowGoesOnWithOneOfItsOwnLabelAlone() {
    Regularisation spliced = new Regularisation(0, 0, new Splice(1), SpecAugment.none());
    LabelledInput twos = filled("b", 0, 2);

    for (int epoch = 1; epoch <= 20; epoch++) {
      DataSet batch = batch(spliced, epoch, row("a", 0), twos, filled("c", 1, 3));

      assertThat(batch.getFeatures().slice(0).ravel().toFloatVector())
          .contains(1)
          .doesNotContain(3);
      assertThat(batch.getFeatures().slice(2).ravel().toFloatVector()).containsOnly(3, 0);
      assertThat(batch.getLabels().toFloatMatrix())
          .isDeepEqualTo(new float[][] {{1, 0, 0}, {1, 0, 0}, {0, 1, 0}});
    }
  }

  private static DataSet batch(Regularisation regularisation, int epoch, LabelledInput... rows) {
    return new Minibatches(SHAPE, regularisation, 7).of(List.of(rows), epoch);
  }

  private static float[] first(DataSet batch) {
    return batch.getFeatures().slice(0).ravel().toFloatVector();
  }

  private static LabelledInput row(String name, int label) {
    return filled(name, label, 1);
  }

  private static LabelledInput filled(String name, int label, float value) {
    float[] values = new float[SHAPE.inputLength()];
    Arrays.fill(values, value);
    return new LabelledInput(
        new Subject(name, "made", "made-1", Gender.UNKNOWN, ""), "original", label, values);
  }
}
