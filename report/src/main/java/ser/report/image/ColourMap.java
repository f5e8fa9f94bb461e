package ser.report.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Perceptually uniform colour maps that colour-blind people and black-and-white printers render in
 * the right order: equal steps in the value look like equal steps in brightness.
 *
 * <p>Colours as in matplotlib 3, by Nathaniel Smith, Stéfan van der Walt and Eric Firing (CC0).
 */
public enum ColourMap {
  /** Dark blue over green to yellow. */
  VIRIDIS("viridis.txt"),
  /** Black over purple to a light yellow: what librosa draws spectrograms with. */
  MAGMA("magma.txt");

  /** How many colours each map has. */
  public static final int COLOURS = 256;

  private final byte[] rgb;

  ColourMap(String resource) {
    rgb = read(resource);
  }

  /** Red, green, blue of each colour, shape [{@value #COLOURS}][3]. */
  byte[] rgb() {
    return rgb.clone();
  }

  private static byte[] read(String resource) {
    try (InputStream in = ColourMap.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the colour map %s is not in the jar".formatted(resource));
      }
      String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII).replace("\n", "");
      return HexFormat.of().parseHex(hex);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the colour map " + resource, e);
    }
  }
}
