package ser.jobs.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * What a publisher says of a file's bytes.
 *
 * @param algorithm {@code md5}, {@code sha1}, {@code sha256} or {@code sha512}
 * @param hex in lower case
 */
record Checksum(String algorithm, String hex) {
  private static final int CHUNK = 1 << 16;
  private static final Map<String, Integer> DIGITS =
      Map.of("md5", 32, "sha1", 40, "sha256", 64, "sha512", 128);

  /**
   * @throws IllegalArgumentException if there is no such algorithm, or it gives no such value
   */
  Checksum {
    algorithm = algorithm.toLowerCase(Locale.ROOT).replace("-", "");
    hex = hex.toLowerCase(Locale.ROOT);
    Integer digits = DIGITS.get(algorithm);
    if (digits == null || !hex.matches("[0-9a-f]{" + digits + "}")) {
      throw new IllegalArgumentException("'%s:%s' is no checksum".formatted(algorithm, hex));
    }
  }

  /** From {@code md5:0cc1...}. */
  static Checksum parse(String text) {
    int colon = text.indexOf(':');
    return new Checksum(
        colon < 0 ? "" : text.substring(0, colon), text.substring(colon + 1).strip());
  }

  static Checksum sha256Of(Path file) throws IOException {
    return new Checksum("sha256", digest("sha256", file));
  }

  boolean fits(Path file) throws IOException {
    return hex.equals(digest(algorithm, file));
  }

  boolean fits(byte[] bytes) {
    return hex.equals(HexFormat.of().formatHex(digest(algorithm).digest(bytes)));
  }

  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }

  private static String digest(String algorithm, Path file) throws IOException {
    MessageDigest digest = digest(algorithm);
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm.replace("sha", "SHA-"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
