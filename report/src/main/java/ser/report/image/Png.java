package ser.report.image;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * Matrices as PNG pictures with a palette of 256 colours (W3C PNG specification, colour type 3).
 *
 * <p>Written by hand in place of {@code javax.imageio}: a palette picture takes a third of the
 * bytes, and AWT is not there on every server.
 */
public final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int BIT_DEPTH = 8;
  private static final int PALETTE = 3;

  private Png() {}

  /**
   * One pixel per value, the first row at the bottom.
   *
   * @param from value of the map's first colour; what is below has that colour too
   * @param to value of the map's last colour, above {@code from}
   * @return the bytes of a PNG file
   */
  public static byte[] of(Matrix matrix, ColourMap colours, double from, double to) {
    if (!(to > from)) {
      throw new IllegalArgumentException(
          "a colour scale from %s to %s has no colours".formatted(from, to));
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(SIGNATURE);
    chunk(
        png,
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(matrix.columns())
            .putInt(matrix.rows())
            .put((byte) BIT_DEPTH)
            .put((byte) PALETTE)
            .array());
    chunk(png, "PLTE", colours.rgb());
    chunk(png, "IDAT", compressed(pixels(matrix, from, to)));
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  /** The picture as an address that carries it: {@code data:image/png;base64,…}. */
  public static String uri(Matrix matrix, ColourMap colours, double from, double to) {
    return "data:image/png;base64,"
        + Base64.getEncoder().encodeToString(of(matrix, colours, from, to));
  }

  /** Each line begins with its filter, 0 for none. */
  private static byte[] pixels(Matrix matrix, double from, double to) {
    ByteBuffer pixels = ByteBuffer.allocate(matrix.rows() * (matrix.columns() + 1));
    for (int row = matrix.rows() - 1; row >= 0; row--) {
      pixels.put((byte) 0);
      for (int column = 0; column < matrix.columns(); column++) {
        double share = (matrix.at(row, column) - from) / (to - from);
        long colour = Math.round(share * (ColourMap.COLOURS - 1));
        pixels.put((byte) Math.max(0, Math.min(ColourMap.COLOURS - 1, colour)));
      }
    }
    return pixels.array();
  }

  private static byte[] compressed(byte[] pixels) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
      deflater.write(pixels);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    try (DataOutputStream out = new DataOutputStream(png)) {
      out.writeInt(data.length);
      out.write(name);
      out.write(data);
      out.writeInt((int) crc.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to memory", e);
    }
  }
}
