package ser.features.audio;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One run of ffmpeg over one recording. Three threads serve it and end with it: one feeds its
 * input, one drains its messages, one kills it when it was waited for too long.
 */
final class FfmpegProcess implements Closeable {
  private static final int BLOCK_BYTES = 1 << 16;
  private static final int KEPT_MESSAGE_BYTES = 2048;
  private static final int CHECK_MS = 100;
  private static final int END_S = 10;

  /** What a program needs to be found and linked; credentials are none of its business. */
  private static final Set<String> ENVIRONMENT = Set.of("PATH", "LD_LIBRARY_PATH");

  private final Process process;
  private final ForwardInput recording;
  private final long limitNanos;
  private final StringBuffer messages = new StringBuffer();
  private final Thread feeder;
  private final Thread drainer;
  private long waitedNanos;
  private volatile long waitingSince;
  private volatile boolean waiting;
  private volatile boolean timedOut;
  private volatile IOException storageFault;

  private FfmpegProcess(Process process, ForwardInput recording, double limitS) {
    this.process = process;
    this.recording = recording;
    this.limitNanos = (long) (limitS * 1e9);
    this.feeder = start("ffmpeg-input", this::feed);
    this.drainer = start("ffmpeg-messages", this::drain);
    start("ffmpeg-time-limit", this::watch);
  }

  /**
   * Starts a run that writes a WAV file of the first audio track as 32-bit floats.
   *
   * @throws IOException if there is no such program on this machine
   */
  static FfmpegProcess start(FfmpegReader settings, ForwardInput recording) throws IOException {
    List<String> command =
        List.of(
            settings.program(),
            "-hide_banner",
            "-nostdin",
            "-loglevel",
            "error",
            // A playlist must not make it open files or addresses.
            "-protocol_whitelist",
            "pipe",
            "-i",
            "pipe:0",
            "-map",
            "0:a:0",
            "-c:a",
            "pcm_f32le",
            "-f",
            "wav",
            "pipe:1");
    Process process;
    try {
      process = builder(command).start();
    } catch (IOException e) {
      throw new IOException(
          "Cannot start ffmpeg on this machine: %s. Install it on every machine that runs tasks, or set ser.audio.ffmpeg = off."
              .formatted(e.getMessage()),
          e);
    }
    return new FfmpegProcess(process, recording, settings.timeLimitS());
  }

  static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().retainAll(ENVIRONMENT);
    return builder;
  }

  /** What it writes; time spent in reading counts as waiting. */
  InputStream output() {
    InputStream pipe = process.getInputStream();
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        beginWaiting();
        try {
          return pipe.read(target, offset, length);
        } catch (IOException e) {
          // The pipe of a killed process; why it was killed is asked for at the end.
          return -1;
        } finally {
          endWaiting();
        }
      }
    };
  }

  /** How a run ended. */
  enum Ending {
    CLEAN,
    WITH_ERRORS,
    TIMED_OUT
  }

  /**
   * Waits for the end, after the last byte of its output.
   *
   * @throws IOException if the storage failed under it
   */
  Ending end() throws IOException {
    join(drainer);
    boolean exited = exited();
    if (storageFault != null) {
      throw storageFault;
    }
    if (timedOut || !exited) {
      return Ending.TIMED_OUT;
    }
    return process.exitValue() == 0 && messages.isEmpty() ? Ending.CLEAN : Ending.WITH_ERRORS;
  }

  /** The first line that it complained with. */
  Optional<String> message() {
    return messages
        .toString()
        .lines()
        // It names its parts with their addresses, which differ in every run.
        .map(
            line -> line.replaceAll(" @ 0x[0-9a-f]+", "").replaceAll("[^\\x20-\\x7E]", "?").strip())
        .filter(line -> !line.isEmpty())
        .findFirst();
  }

  /** Kills it, and closes the recording once nobody reads it any more. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    join(feeder);
    recording.close();
  }

  private void feed() {
    byte[] block = new byte[BLOCK_BYTES];
    try (OutputStream input = process.getOutputStream()) {
      while (process.isAlive()) {
        int count;
        try {
          count = recording.read(block, 0, block.length);
        } catch (IOException e) {
          storageFault = e;
          process.destroyForcibly();
          return;
        }
        if (count < 0) {
          return;
        }
        input.write(block, 0, count);
      }
    } catch (IOException e) {
      // It has read enough, or was killed: what it gave tells which.
      return;
    }
  }

  private void drain() {
    byte[] block = new byte[KEPT_MESSAGE_BYTES];
    try (InputStream errors = process.getErrorStream()) {
      for (int count = errors.read(block); count >= 0; count = errors.read(block)) {
        int kept = Math.min(count, KEPT_MESSAGE_BYTES - messages.length());
        messages.append(new String(block, 0, kept, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      // The pipe of a killed process.
      return;
    }
  }

  private void watch() {
    try {
      while (!process.waitFor(CHECK_MS, TimeUnit.MILLISECONDS)) {
        if (waiting && waitedNanos() > limitNanos) {
          timedOut = true;
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }

  private synchronized void beginWaiting() {
    waitingSince = System.nanoTime();
    waiting = true;
  }

  private synchronized void endWaiting() {
    waiting = false;
    waitedNanos += System.nanoTime() - waitingSince;
  }

  private synchronized long waitedNanos() {
    return waitedNanos + (waiting ? System.nanoTime() - waitingSince : 0);
  }

  private boolean exited() throws IOException {
    try {
      return process.waitFor(END_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for ffmpeg", e);
    }
  }

  private static void join(Thread thread) throws IOException {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(END_S));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while ffmpeg ended", e);
    }
  }

  private static Thread start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
