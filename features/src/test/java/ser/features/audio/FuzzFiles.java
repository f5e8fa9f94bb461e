package ser.features.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What the fuzz test damages: files of each container made here, and the fixtures where they are.
 */
public final class FuzzFiles {
  /** Longer fixtures are cut here: it is headers that lie, and a case must be quick. */
  private static final int LONGEST_BYTES = 12_000;

  private FuzzFiles() {}

  /** A whole file. */
  public record Original(String name, byte[] bytes) {}

  public static List<Original> all() throws IOException {
    List<Original> files = new ArrayList<>();
    addWavs(files);
    byte[] data = noise(2400);
    files.add(new Original("aiff", aiff(data)));
    files.add(new Original("au", au(data)));
    files.add(new Original("flac", new FlacBytes(16, 2, 8000).verbatimFrames(3, 200, 7).build()));
    byte[] flac = new FlacBytes(16, 1, 8000).verbatimFrames(2, 150, 8).build();
    files.add(new Original("ogg flac", oggFlac(flac)));
    files.add(new Original("ogg opus", OggBytes.opus(8)));
    files.add(new Original("mp3", mp3(12)));
    for (String name : CompressedGoldenTest.NAMES) {
      files.add(new Original(name, CompressedGoldenTest.resource(name)));
    }
    for (Path file : SharedData.filesBelow("data/fixtures", "")) {
      byte[] bytes = Files.readAllBytes(file);
      files.add(
          new Original(
              file.getParent().getFileName() + "/" + file.getFileName(),
              Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST_BYTES))));
    }
    return files;
  }

  private static void addWavs(List<Original> files) {
    byte[] data = noise(2400);
    for (int bits = 8; bits <= 32; bits += 8) {
      files.add(
          new Original(
              "wav " + bits, WavBytes.riff().format(1, 2, 8000, bits).chunk("data", data).build()));
      files.add(
          new Original(
              "rifx " + bits,
              WavBytes.rifx().extensible(1, 1, 8000, bits, bits).chunk("data", data).build()));
    }
    files.add(
        new Original(
            "wav float",
            WavBytes.riff().format(3, 1, 8000, 32).chunk("data", new byte[2400]).build()));
    files.add(
        new Original(
            "wav mu-law",
            WavBytes.riff().format(7, 1, 8000, 8).chunk("LIST", data).chunk("data", data).build()));
    files.add(
        new Original(
            "wav gsm",
            WavBytes.riff().format(0x31, 1, 8000, 0, 65).chunk("data", noise(650)).build()));
    files.add(
        new Original(
            "wav mp3", WavBytes.riff().format(0x55, 1, 8000, 0, 1).chunk("data", mp3(6)).build()));
  }

  private static byte[] aiff(byte[] data) {
    ByteBuffer file = ByteBuffer.allocate(54 + data.length);
    file.put(ascii("FORM")).putInt(46 + data.length).put(ascii("AIFFCOMM")).putInt(18);
    file.putShort((short) 1).putInt(data.length / 2).putShort((short) 16);
    // 8000 Hz as an 80-bit float: 2^12 * 1.953125.
    file.putShort((short) (16383 + 12)).putLong(0xFAL << 56);
    return file.put(ascii("SSND")).putInt(8 + data.length).putLong(0).put(data).array();
  }

  private static byte[] au(byte[] data) {
    ByteBuffer file = ByteBuffer.allocate(24 + data.length).put(ascii(".snd")).putInt(24);
    return file.putInt(data.length).putInt(3).putInt(8000).putInt(1).put(data).array();
  }

  private static byte[] oggFlac(byte[] flac) {
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    first.writeBytes(new byte[] {0x7F, 'F', 'L', 'A', 'C', 1, 0, 0, 0});
    first.write(flac, 0, 42);
    return new OggBytes()
        .page(OggBytes.FIRST, 0, first.toByteArray())
        .page(OggBytes.LAST, 300, Arrays.copyOfRange(flac, 42, flac.length))
        .build();
  }

  /** Frames of MPEG-1, layer III, 128 kbit/s, 44.1 kHz, whose insides are noise. */
  private static byte[] mp3(int frames) {
    byte[] file = noise(frames * 417);
    for (int frame = 0; frame < frames; frame++) {
      byte[] header = {(byte) 0xFF, (byte) 0xFB, (byte) 0x90, 0, 0, 0};
      System.arraycopy(header, 0, file, frame * 417, header.length);
    }
    return file;
  }

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new Random(bytes).nextBytes(noise);
    return noise;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
