package ser.model.scoring;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import ser.features.audio.AudioStream;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;
import ser.features.signal.Resampler;
import ser.model.Window;
import ser.model.Windowing;

/**
 * Cuts one channel into windows as it is decoded. Memory is that of about two windows, whatever the
 * length of the recording.
 */
public final class RecordingWindows {
  private static final int BLOCK = 8192;

  private final AudioStream mono;

  /** Made with the first samples: a rate that cannot be resampled is the recording's fault. */
  private Resampler resampler;

  private final int rateHz;
  private final Windowing windowing;
  private final WindowSlice slice;
  private final float[] block = new float[BLOCK];

  /** Samples at the model's rate from position {@link #keptFrom} on. */
  private float[] kept = new float[0];

  private int keptLength;
  private long keptFrom;
  private long nextWindow;
  private boolean started;
  private boolean ended;
  private boolean tailGiven;

  /**
   * @param mono one channel; not closed
   * @param plan of the model
   * @throws IllegalArgumentException if the plan cannot serve the recording's rate
   */
  public RecordingWindows(AudioStream mono, WindowPlan plan) {
    this(mono, plan, WindowSlice.WHOLE);
  }

  /**
   * Some of the windows, with the samples that they have in the whole recording, bit for bit.
   *
   * @param mono one channel, at its beginning: what comes before the slice is skipped; not closed
   * @param plan of the model
   * @throws IllegalArgumentException if the plan cannot serve the recording's rate
   */
  public RecordingWindows(AudioStream mono, WindowPlan plan, WindowSlice slice) {
    int sourceRateHz = mono.format().sampleRateHz();
    this.mono = mono;
    this.rateHz = plan.input().featureSpec().rateFor(sourceRateHz);
    this.windowing = plan.windowingAt(sourceRateHz);
    this.slice = slice;
    this.nextWindow = slice.first();
    this.keptFrom = windowing.gridWindow(slice.first()).startSample();
  }

  /**
   * The next window in time; empty behind the last one.
   *
   * @throws EOFException if the recording ends before its slice does
   * @throws UnreadableAudioException if the recording's bytes are wrong from here on, or it has no
   *     sample
   * @throws IOException if the storage fails
   */
  public Optional<SampledWindow> next() throws IOException, UnreadableAudioException {
    if (nextWindow == slice.end()) {
      return Optional.empty();
    }
    start();
    Window window = windowing.gridWindow(nextWindow);
    while (!ended && keptFrom + keptLength < window.endSample()) {
      readMore();
    }
    long samples = keptFrom + keptLength;
    if (samples == 0) {
      // Without a window it would stand in no table and in no quarantine.
      throw new UnreadableAudioException(
          mono.defect().orElse(RejectionReason.NO_AUDIO_DATA), "Not one sample can be decoded.");
    }
    if (nextWindow < windowing.windowsWithin(samples)) {
      nextWindow++;
      SampledWindow cut = cut(window);
      // The tail reaches back as far as a window's length from the end.
      forgetBefore(Math.min(windowing.gridWindow(nextWindow).startSample(), samples));
      return Optional.of(cut);
    }
    if (!slice.isLast() || nextWindow == slice.first() && nextWindow > 0) {
      throw new EOFException(
          "The recording ends before window %d, which its size promised: it has changed since it was listed."
              .formatted(nextWindow));
    }
    if (tailGiven) {
      return Optional.empty();
    }
    tailGiven = true;
    return windowing.tailOf(samples).map(this::cut);
  }

  /** How they are cut. */
  Windowing windowing() {
    return windowing;
  }

  /** Samples that there is room for: what memory grows with. */
  int bufferLength() {
    return kept.length;
  }

  private void start() throws IOException, UnreadableAudioException {
    if (started) {
      return;
    }
    started = true;
    if (slice.first() > 0) {
      mono.skip(resampler().startAt(keptFrom));
    }
  }

  private void readMore() throws IOException, UnreadableAudioException {
    int count = mono.read(block);
    if (count < 0) {
      ended = true;
      append(resampler == null ? new float[0] : resampler.finish());
    } else {
      append(resampler().push(block, count));
    }
  }

  /** Readers find absurd rates with the first samples, which a slice skips unread. */
  private Resampler resampler() throws UnreadableAudioException {
    if (resampler == null) {
      try {
        resampler = new Resampler(mono.format().sampleRateHz(), rateHz);
      } catch (IllegalArgumentException e) {
        throw new UnreadableAudioException(
            RejectionReason.IMPLAUSIBLE_RATE,
            "The header's rate is absurd: " + e.getMessage() + ".");
      }
    }
    return resampler;
  }

  private void append(float[] samples) {
    if (keptLength + samples.length > kept.length) {
      kept = Arrays.copyOf(kept, Math.max(2 * kept.length, keptLength + samples.length));
    }
    System.arraycopy(samples, 0, kept, keptLength, samples.length);
    keptLength += samples.length;
  }

  private SampledWindow cut(Window window) {
    int from = Math.toIntExact(window.startSample() - keptFrom);
    return new SampledWindow(
        window, Arrays.copyOfRange(kept, from, from + Math.toIntExact(window.samples())), rateHz);
  }

  /** Drops samples, but never those that the last window of the recording may still need. */
  private void forgetBefore(long sample) {
    long needed = Math.min(sample, keptFrom + keptLength - windowing.windowSamples());
    int dropped = Math.toIntExact(Math.max(0, needed - keptFrom));
    if (dropped > 0) {
      System.arraycopy(kept, dropped, kept, 0, keptLength - dropped);
      keptLength -= dropped;
      keptFrom += dropped;
    }
  }
}
