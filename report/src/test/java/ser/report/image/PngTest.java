package ser.report.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PngTest {

  @Test
  void givenAMatrix_whenReadByAnotherDecoder_thenEachValueHasItsColourAndRowZeroIsBelow()
      throws IOException {
    Matrix matrix = new Matrix(2, 3, new float[] {0, 1, 2, 3, 99, -5});

    BufferedImage picture =
        ImageIO.read(new ByteArrayInputStream(Png.of(matrix, ColourMap.VIRIDIS, 0, 3)));

    assertThat(picture.getWidth()).isEqualTo(3);
    assertThat(picture.getHeight()).isEqualTo(2);
    assertThat(rgb(picture, 0, 1)).as("the first colour of viridis").isEqualTo("440154");
    assertThat(rgb(picture, 0, 0)).as("the last one").isEqualTo("fde725");
    assertThat(rgb(picture, 1, 0)).as("above the scale").isEqualTo("fde725");
    assertThat(rgb(picture, 2, 0)).as("below the scale").isEqualTo("440154");
    assertThat(rgb(picture, 1, 1)).as("a third of the way").isEqualTo("31688e");
  }

  @ParameterizedTest
  @EnumSource(ColourMap.class)
  void givenAColourMap_whenRead_thenItGrowsBrighterAllTheWay(ColourMap map) {
    byte[] rgb = map.rgb();

    assertThat(rgb).hasSize(3 * ColourMap.COLOURS);
    for (int i = 1; i < ColourMap.COLOURS; i++) {
      assertThat(brightness(rgb, i)).as("colour %d", i).isGreaterThan(brightness(rgb, i - 1) - 0.6);
    }
    assertThat(brightness(rgb, 255) - brightness(rgb, 0)).isGreaterThan(150);
  }

  @Test
  void givenAScaleWithoutLength_whenDrawn_thenItIsRefused() {
    assertThatThrownBy(() -> Png.of(new Matrix(1, 1, new float[1]), ColourMap.MAGMA, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.0 to 1.0");
  }

  private static String rgb(BufferedImage picture, int x, int y) {
    return "%06x".formatted(picture.getRGB(x, y) & 0xFFFFFF);
  }

  /** Rec. 709. */
  private static double brightness(byte[] rgb, int i) {
    return 0.2126 * (rgb[3 * i] & 0xFF)
        + 0.7152 * (rgb[3 * i + 1] & 0xFF)
        + 0.0722 * (rgb[3 * i + 2] & 0xFF);
  }
}
