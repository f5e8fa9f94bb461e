package ser.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import ser.features.audio.Clip;
import ser.features.audio.WavWriter;

/** Recordings for the page. */
final class Voices {
  private static final int RATE_HZ = SmallModel.RATE_HZ;

  private Voices() {}

  /** Two utterances that differ, a pause between them: 4 s. */
  static Path spoken(Path file) throws IOException {
    return write(file, speech());
  }

  /** Two channels, of which the second is half as loud. */
  static Path stereo(Path file) throws IOException {
    float[] samples = speech();
    int bytes = 4 * samples.length;
    ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(36 + bytes).put(ascii("WAVEfmt ")).putInt(16);
    wav.putShort((short) 1).putShort((short) 2).putInt(RATE_HZ).putInt(4 * RATE_HZ);
    wav.putShort((short) 4).putShort((short) 16).put(ascii("data")).putInt(bytes);
    for (float sample : samples) {
      wav.putShort((short) (sample * Short.MAX_VALUE));
      wav.putShort((short) (sample * Short.MAX_VALUE / 2));
    }
    return Files.write(file, wav.array());
  }

  static Path noRecording(Path file) throws IOException {
    return Files.writeString(file, "Dear reader, this is no sound at all.\n".repeat(100));
  }

  private static float[] speech() {
    Random random = new Random(3);
    float[] samples = new float[4 * RATE_HZ];
    for (int i = 0; i < samples.length; i++) {
      double at = (double) i / RATE_HZ;
      double loudness = at < 1.8 ? 0.25 : at < 2.4 ? 0 : 0.5;
      double pitchHz = at < 2 ? 140 : 320;
      double syllables = 0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * at);
      double buzz =
          Math.sin(2 * Math.PI * pitchHz * at) + 0.5 * Math.sin(2 * Math.PI * 3 * pitchHz * at);
      samples[i] =
          (float)
              (loudness * syllables * (0.6 * buzz + (at < 2 ? 0.05 : 0.3) * random.nextGaussian()));
    }
    return samples;
  }

  private static Path write(Path file, float[] samples) throws IOException {
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Math.max(-1, Math.min(1, samples[i]));
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      WavWriter.write(new Clip(samples, RATE_HZ), out);
    }
    return file;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
