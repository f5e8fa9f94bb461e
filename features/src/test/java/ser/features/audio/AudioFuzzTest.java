package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Damaged and lying files: each one ends in samples or in a reason, within one second of processor
 * time and 64 MB. The heap of the long run, which the build binds to {@code verify}, has no more
 * than that left beside the files.
 *
 * <p>{@code -Dser.fuzz.cases=N} sets how many; {@code -Dser.fuzz.seed=N} runs the one case that a
 * failure names.
 */
class AudioFuzzTest {
  private static final long CASES = Long.getLong("ser.fuzz.cases", 2_000);
  private static final long LIMIT_NANOS = 1_000_000_000;
  private static final int CHECK_MS = 50;

  /** A case that neither computes nor ends: it waits for something. */
  private static final int LIMIT_WALL_S = 120;

  private static final ClipReader READER = new ClipReader(new ClipLimits(0, 10, 0));

  @Test
  void givenDamagedFiles_whenRead_thenSamplesOrAReasonInTimeAndMemory() throws Exception {
    Long one = Long.getLong("ser.fuzz.seed");
    long[] seeds =
        one == null ? LongStream.range(0, CASES).toArray() : new long[] {one.longValue()};
    Run run = new Run(FuzzFiles.all(), seeds);
    run.start();
    watch(run);
    assertThat(run.failure).as("the first case that failed").isEmpty();
    assertThat(run.done).isEqualTo(seeds.length);
  }

  @Test
  void givenASeed_whenMadeTwice_thenTheCaseIsTheSame() throws IOException {
    List<FuzzFiles.Original> files = FuzzFiles.all();
    for (long seed = 0; seed < 100; seed++) {
      FuzzCase first = FuzzCase.of(seed, files);
      assertThat(Arrays.equals(first.bytes(), FuzzCase.of(seed, files).bytes())).isTrue();
    }
  }

  /** Ends with the run, or when one case takes too long: then it says where that case is. */
  private static void watch(Run run) throws InterruptedException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long caseSeen = -1;
    long seenAt = 0;
    while (run.isAlive()) {
      run.join(CHECK_MS);
      long cpu = threads.getThreadCpuTime(run.getId());
      if (run.done != caseSeen) {
        caseSeen = run.done;
        seenAt = System.nanoTime();
      }
      boolean computes = cpu - run.startedCpu > LIMIT_NANOS && run.done == caseSeen;
      boolean waits = System.nanoTime() - seenAt > LIMIT_WALL_S * 1_000_000_000L;
      if (run.isAlive() && (computes || waits)) {
        StackTraceElement[] place = run.getStackTrace();
        // Only now is it sure that the case is still the one that was looked at.
        if (run.done == caseSeen) {
          throw new AssertionError(
              "%s is not done after %.1f s of processor time, at %s"
                  .formatted(run.current, (cpu - run.startedCpu) / 1e9, Arrays.toString(place)));
        }
      }
    }
  }

  private static final class Run extends Thread {
    private final List<FuzzFiles.Original> files;
    private final long[] seeds;
    private volatile FuzzCase current;
    private volatile long startedCpu;
    private volatile int done;
    private volatile Optional<String> failure = Optional.empty();

    private Run(List<FuzzFiles.Original> files, long[] seeds) {
      super("fuzz");
      setDaemon(true);
      this.files = files;
      this.seeds = seeds;
    }

    @Override
    public void run() {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      for (long seed : seeds) {
        FuzzCase next = FuzzCase.of(seed, files);
        startedCpu = threads.getCurrentThreadCpuTime();
        current = next;
        failure = failureOf(next);
        long nanos = threads.getCurrentThreadCpuTime() - startedCpu;
        if (failure.isEmpty() && nanos > LIMIT_NANOS) {
          failure = Optional.of("%s took %.1f s of processor time".formatted(next, nanos / 1e9));
        }
        if (failure.isPresent()) {
          return;
        }
        done++;
      }
    }

    private static Optional<String> failureOf(FuzzCase next) {
      try {
        float[] samples = READER.read(new ByteArrayInputStream(next.bytes())).clip().samples();
        for (float sample : samples) {
          if (!Float.isFinite(sample)) {
            return Optional.of("%s gave the sample %s".formatted(next, sample));
          }
        }
        return samples.length > 0 ? Optional.empty() : Optional.of(next + " gave no sample");
      } catch (UnreadableAudioException e) {
        return e.getMessage().isBlank() ? Optional.of(next + " gave no detail") : Optional.empty();
      } catch (IOException | RuntimeException | Error e) {
        // An OutOfMemoryError too: it is what the limit on memory looks like.
        StackTraceElement[] trace = e.getStackTrace();
        return Optional.of(
            "%s: %s at %s"
                .formatted(
                    next, e, Arrays.toString(Arrays.copyOf(trace, Math.min(8, trace.length)))));
      }
    }
  }
}
