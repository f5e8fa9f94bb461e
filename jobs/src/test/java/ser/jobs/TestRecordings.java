package ser.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import ser.features.audio.Clip;
import ser.features.audio.WavWriter;
import ser.model.Emotion;

/** Small recordings: tones with overtones and noise, whose pitch and roughness tell the emotion. */
final class TestRecordings {
  static final int RATE_HZ = 16_000;

  private static final int FORMAT_PCM = 1;
  private static final int FORMAT_FLOAT = 3;

  private TestRecordings() {}

  /** What a recording is of, in the terms of RAVDESS. */
  record Take(int actor, Emotion emotion, int intensity, int statement, int repetition) {

    /** {@code Actor_07/03-01-05-02-01-02-07.wav}. */
    String name() {
      return "Actor_%02d/03-01-%02d-%02d-%02d-%02d-%02d.wav"
          .formatted(actor, emotion.ordinal() + 1, intensity, statement, repetition, actor);
    }

    /** Different for each take. */
    Clip clip(double durationS) {
      int seed =
          Arrays.asList(actor, emotion.ordinal(), intensity, statement, repetition).hashCode();
      double pitchHz = 90 + 8 * actor + 45 * emotion.ordinal() + 3 * statement + repetition;
      return voice(pitchHz, 0.03 * (1 + emotion.ordinal()), durationS, seed);
    }
  }

  /** All takes that one actor can have of some emotions: neutral has one intensity only. */
  static List<Take> takesOf(int actor, List<Emotion> emotions) {
    List<Take> takes = new ArrayList<>();
    for (Emotion emotion : emotions) {
      for (int intensity = 1; intensity <= (emotion == Emotion.NEUTRAL ? 1 : 2); intensity++) {
        for (int statement = 1; statement <= 2; statement++) {
          for (int repetition = 1; repetition <= 2; repetition++) {
            takes.add(new Take(actor, emotion, intensity, statement, repetition));
          }
        }
      }
    }
    return takes;
  }

  static Clip voice(double pitchHz, double roughness, double durationS, int seed) {
    Random random = new Random(seed);
    float[] samples = new float[(int) Math.round(durationS * RATE_HZ)];
    for (int i = 0; i < samples.length; i++) {
      double phase = 2 * Math.PI * pitchHz * i / RATE_HZ;
      double tone = Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.25 * Math.sin(3 * phase);
      samples[i] = (float) (0.2 * tone + roughness * random.nextGaussian());
    }
    return new Clip(samples, RATE_HZ);
  }

  static Clip silence(double durationS) {
    return new Clip(new float[(int) Math.round(durationS * RATE_HZ)], RATE_HZ);
  }

  /** One after the other. */
  static Clip joined(Clip first, Clip second) {
    float[] samples =
        Arrays.copyOf(first.samples(), first.samples().length + second.samples().length);
    System.arraycopy(second.samples(), 0, samples, first.samples().length, second.samples().length);
    return new Clip(samples, first.sampleRateHz());
  }

  /** Mono, 16 bits. */
  static Path write(Path file, Clip clip) {
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        WavWriter.write(clip, out);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path root, Take take, double durationS) {
    return write(root.resolve(take.name()), take.clip(durationS));
  }

  /** 32-bit floats of exactly the values that {@link #write(Path, Clip)} rounds to. */
  static Path writeAsFloats(Path file, Clip clip) {
    ByteBuffer data = littleEndian(clip.samples().length * Float.BYTES);
    for (float sample : clip.samples()) {
      data.putFloat(pcm(sample) / 32768f);
    }
    return write(file, wav(FORMAT_FLOAT, 1, clip.sampleRateHz(), Float.BYTES, data.array()));
  }

  /** Two channels of 16 bits; the shorter one ends the recording. */
  static Path writeStereo(Path file, Clip left, Clip right) {
    int frames = Math.min(left.samples().length, right.samples().length);
    ByteBuffer data = littleEndian(frames * 2 * Short.BYTES);
    for (int i = 0; i < frames; i++) {
      data.putShort(pcm(left.samples()[i])).putShort(pcm(right.samples()[i]));
    }
    return write(file, wav(FORMAT_PCM, 2, left.sampleRateHz(), Short.BYTES, data.array()));
  }

  /** The first bytes of a good file: the header is 44 bytes long. */
  static Path writeTruncated(Path file, Clip clip, int bytes) {
    try {
      write(file, clip);
      return write(file, Arrays.copyOf(Files.readAllBytes(file), bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path writeText(Path file) {
    String text = "These are the minutes of the meeting, and not a recording of it.\n";
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static short pcm(float sample) {
    return (short) Math.max(-32768, Math.min(32767, Math.round(sample * 32768.0)));
  }

  private static byte[] wav(int format, int channels, int rateHz, int sampleBytes, byte[] data) {
    return littleEndian(44 + data.length)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(36 + data.length)
        .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
        .putInt(16)
        .putShort((short) format)
        .putShort((short) channels)
        .putInt(rateHz)
        .putInt(rateHz * channels * sampleBytes)
        .putShort((short) (channels * sampleBytes))
        .putShort((short) (8 * sampleBytes))
        .put("data".getBytes(StandardCharsets.US_ASCII))
        .putInt(data.length)
        .put(data)
        .array();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
