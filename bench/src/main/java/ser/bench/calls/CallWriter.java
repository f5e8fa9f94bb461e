package ser.bench.calls;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import ser.features.audio.G711;
import ser.features.augment.CompandingLaw;

/** Mixes a call's utterances with the noise of the line and codes them, block by block. */
final class CallWriter {
  private static final int BLOCK_FRAMES = 1 << 16;
  private static final int FULL_SCALE = 1 << 15;

  private final SpeechClips clips;
  private final CompandingLaw law;
  private final int rateHz;
  private final double noise;
  private final byte[] codes = new byte[2 * FULL_SCALE];

  /**
   * @param noiseDbfs level of the line's noise, in decibels of full scale, below 0
   */
  CallWriter(SpeechClips clips, CompandingLaw law, int rateHz, double noiseDbfs) {
    this.clips = clips;
    this.law = law;
    this.rateHz = rateHz;
    noise = FULL_SCALE * Math.pow(10, noiseDbfs / 20);
    IntUnaryOperator coder = law == CompandingLaw.A_LAW ? G711::aLawCode : G711::muLawCode;
    for (int value = -FULL_SCALE; value < FULL_SCALE; value++) {
      codes[value + FULL_SCALE] = (byte) coder.applyAsInt(value);
    }
  }

  /** Told of each utterance, in order of their starts. */
  interface Listener {
    void said(Utterance utterance) throws IOException;
  }

  /**
   * Writes a whole file.
   *
   * @param frames of the call, which its script keeps to
   * @param line of the noise
   * @param out not closed
   */
  void write(CallScript script, long frames, Random line, OutputStream out, Listener listener)
      throws IOException {
    out.write(CallHeader.of(frames, rateHz, law));
    List<Utterance> active = new ArrayList<>();
    Optional<Utterance> upcoming = script.next();
    int[] mix = new int[BLOCK_FRAMES * CallHeader.FRAME_BYTES];
    byte[] coded = new byte[mix.length];
    for (long begin = 0; begin < frames; begin += BLOCK_FRAMES) {
      long end = Math.min(frames, begin + BLOCK_FRAMES);
      int values = (int) (end - begin) * CallHeader.FRAME_BYTES;
      for (int i = 0; i < values; i++) {
        mix[i] = (int) Math.rint(noise * line.nextGaussian());
      }
      while (upcoming.isPresent() && upcoming.get().start() < end) {
        active.add(upcoming.get());
        listener.said(upcoming.get());
        upcoming = script.next();
      }
      for (Utterance utterance : active) {
        add(utterance, begin, end, mix);
      }
      active.removeIf(utterance -> utterance.end() <= end);
      for (int i = 0; i < values; i++) {
        int value = Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, mix[i]));
        coded[i] = codes[value + FULL_SCALE];
      }
      out.write(coded, 0, values);
    }
  }

  private void add(Utterance utterance, long begin, long end, int[] mix) throws IOException {
    short[] samples = clips.of(utterance.clip().file());
    long from = Math.max(utterance.start(), begin);
    long to = Math.min(utterance.end(), end);
    for (long frame = from; frame < to; frame++) {
      int at = (int) (frame - begin) * CallHeader.FRAME_BYTES + utterance.channel();
      mix[at] += samples[(int) (frame - utterance.start())];
    }
  }
}
