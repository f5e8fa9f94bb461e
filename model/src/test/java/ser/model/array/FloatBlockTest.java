package ser.model.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class FloatBlockTest {
  private static final float[] SIX = {1, 2, 3, 4, 5, 6};

  @Test
  void givenValues_whenMadeAnArray_thenTheyLieInRows() {
    INDArray array = FloatBlock.of(SIX, 2, 3);

    assertThat(array).isEqualTo(Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}}));
    assertThat(FloatBlock.values(array)).containsExactly(SIX);
  }

  @Test
  void givenViewsAndOtherOrders_whenRead_thenTheirOwnValuesComeInRows() {
    INDArray array = FloatBlock.of(SIX, 2, 3);

    assertThat(FloatBlock.values(array.getRow(1))).containsExactly(4, 5, 6);
    assertThat(FloatBlock.values(array.getColumn(1))).containsExactly(2, 5);
    assertThat(FloatBlock.values(array.transpose())).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(FloatBlock.values(array.dup('f'))).containsExactly(SIX);
    assertThat(FloatBlock.values(array.castTo(DataType.DOUBLE))).containsExactly(SIX);
    assertThat(FloatBlock.values(Nd4j.empty(DataType.FLOAT))).isEmpty();
  }

  @Test
  void givenAView_whenWritten_thenNothingBesideItChanges() {
    INDArray row = FloatBlock.of(SIX, 1, 6);
    FloatBlock.write(
        new float[] {7, 8}, row.get(NDArrayIndex.point(0), NDArrayIndex.interval(2, 4)));
    INDArray table = FloatBlock.of(SIX, 2, 3);
    FloatBlock.write(new float[] {7, 8}, table.getColumn(1));

    assertThat(FloatBlock.values(row)).containsExactly(1, 2, 7, 8, 5, 6);
    assertThat(FloatBlock.values(table)).containsExactly(1, 7, 3, 4, 8, 6);
  }

  @Test
  void givenAnotherNumberOfValues_whenWritten_thenItSaysSo() {
    INDArray row = FloatBlock.of(SIX, 1, 6);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> FloatBlock.write(new float[5], row))
        .withMessageContaining("5 values do not fit shape [1, 6]");
  }
}
