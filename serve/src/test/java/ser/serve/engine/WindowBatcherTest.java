package ser.serve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import ser.model.Emotion;
import ser.model.network.WindowClassifier;

class WindowBatcherTest {
  private static final Deadline LATER = Deadline.in(Duration.ofMinutes(1));

  @Test
  void givenManyWhoAsk_whenScored_thenEachGetsHisOwnAndTheyShareBatches() throws Exception {
    Echo echo = new Echo();
    int askers = 24;
    try (WindowBatcher batcher = new WindowBatcher("test", 1, () -> echo)) {
      CompletableFuture<float[][]> first =
          CompletableFuture.supplyAsync(() -> asked(batcher, windows(-1, 1)));
      echo.atWork.await();
      ExecutorService pool = Executors.newFixedThreadPool(askers);
      List<Future<float[][]>> answers = new ArrayList<>();
      for (int i = 0; i < askers; i++) {
        int asker = i;
        answers.add(pool.submit(() -> asked(batcher, windows(asker, 1 + asker % 5))));
      }
      while (batcher.waiting() < askers) {
        Thread.onSpinWait();
      }
      echo.mayGoOn.countDown();

      assertThat(first.get()).isDeepEqualTo(new float[][] {{-1, 0}});
      for (int i = 0; i < askers; i++) {
        float[][] expected = new float[1 + i % 5][];
        for (int window = 0; window < expected.length; window++) {
          expected[window] = new float[] {i, window};
        }
        assertThat(answers.get(i).get()).isDeepEqualTo(expected);
      }
      pool.shutdown();
    }
    assertThat(Collections.max(echo.batches)).isBetween(6, WindowClassifier.BATCH);
    assertThat(echo.batches).hasSizeLessThan(askers / 2);
  }

  @Test
  void givenANetworkThatFails_whenAskedAgain_thenTheNextOneIsAnswered() throws Exception {
    Echo echo = new Echo();
    echo.mayGoOn.countDown();
    try (WindowBatcher batcher = new WindowBatcher("test", 1, () -> echo)) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> batcher.probabilities(windows(Echo.BROKEN, 1), LATER))
          .havingRootCause()
          .withMessage("broken");
      assertThat(batcher.probabilities(windows(3, 1), LATER)).isDeepEqualTo(new float[][] {{3, 0}});
    }
  }

  @Test
  void givenANetworkThatIsBusy_whenTheTimeIsOver_thenRefused() throws Exception {
    Echo echo = new Echo();
    try (WindowBatcher batcher = new WindowBatcher("test", 1, () -> echo)) {
      CompletableFuture<float[][]> first =
          CompletableFuture.supplyAsync(() -> asked(batcher, windows(1, 1)));
      echo.atWork.await();

      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> batcher.probabilities(windows(2, 1), Deadline.in(Duration.ofMillis(1))))
          .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.OUT_OF_TIME));
      echo.mayGoOn.countDown();
      first.get();
    }
  }

  private static float[][] asked(WindowBatcher batcher, List<float[]> windows) {
    try {
      return batcher.probabilities(windows, LATER);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<float[]> windows(float asker, int count) {
    List<float[]> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      windows.add(new float[] {asker, i});
    }
    return windows;
  }

  /** Answers each window with itself, once it may. */
  private static final class Echo implements WindowClassifier {
    static final float BROKEN = -7;

    private final CountDownLatch atWork = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());

    @Override
    public List<Emotion> labels() {
      return List.of(Emotion.SAD, Emotion.ANGRY);
    }

    @Override
    public float[][] probabilities(List<float[]> windows) {
      atWork.countDown();
      try {
        mayGoOn.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      batches.add(windows.size());
      if (windows.get(0)[0] == BROKEN) {
        throw new IllegalArgumentException("broken");
      }
      return windows.toArray(float[][]::new);
    }

    @Override
    public void close() {}
  }
}
