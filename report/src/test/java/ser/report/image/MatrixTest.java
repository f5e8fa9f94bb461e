package ser.report.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MatrixTest {

  @Test
  void givenMoreColumnsThanWanted_whenNarrowed_thenEachIsTheMeanOfThoseItStandsFor() {
    Matrix matrix = new Matrix(2, 5, new float[] {1, 3, 5, 7, 9, 0, 2, 4, 4, 4});

    Matrix narrow = matrix.narrowedTo(2);

    assertThat(narrow.rows()).isEqualTo(2);
    assertThat(narrow.columns()).isEqualTo(2);
    assertThat(narrow.values()).containsExactly(2, 7, 1, 4);
    assertThat(matrix.narrowedTo(5)).isSameAs(matrix);
  }

  @Test
  void givenAMatrix_whenCutAndAsked_thenRowsAndQuantilesAreRight() {
    Matrix matrix = new Matrix(2, 3, new float[] {-100, -100, -100, 3, 1, 2});

    Matrix upper = matrix.fromRow(1);

    assertThat(upper.values()).containsExactly(3, 1, 2);
    assertThat(upper.quantile(0)).isEqualTo(1);
    assertThat(upper.quantile(0.5)).isEqualTo(2);
    assertThat(upper.quantile(1)).isEqualTo(3);
    assertThatThrownBy(() -> matrix.fromRow(2)).hasMessageContaining("no row 2 of 2");
    assertThatThrownBy(() -> new Matrix(2, 2, new float[3]))
        .hasMessageContaining("3 values do not make 2 rows x 2 columns");
  }
}
