package ser.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AtOnceTest {
  @Test
  void givenRequestsThatWaitForEachOther_whenSent_thenAllAreAnswered() {
    CyclicBarrier all = new CyclicBarrier(4);

    AtOnce.forEach(
        List.of("windows", "segments", "calls", "quarantine"),
        item -> {
          try {
            all.await(60, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new IllegalStateException("One after the other", e);
          }
        });

    assertThat(all.isBroken()).isFalse();
  }

  @Test
  void givenMoreItemsThanThreads_whenMapped_thenAnswersStandInTheirOrder() {
    List<Integer> items = IntStream.range(0, 500).boxed().toList();

    assertThat(AtOnce.map(items, item -> item * item))
        .isEqualTo(items.stream().map(item -> item * item).toList());
  }

  @Test
  void givenFaults_whenAllHaveBeenTried_thenTheFirstItemsIsThrown() {
    Queue<Integer> tried = new ConcurrentLinkedQueue<>();
    List<Integer> items = IntStream.range(0, 40).boxed().toList();

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                AtOnce.forEach(
                    items,
                    item -> {
                      tried.add(item);
                      if (item % 10 == 7) {
                        throw new IllegalStateException("no answer to " + item);
                      }
                    }))
        .withMessage("no answer to 7");
    assertThat(tried).containsExactlyInAnyOrderElementsOf(items);
  }

  @Test
  void givenNothing_whenMapped_thenNothingIsGiven() {
    assertThat(AtOnce.map(List.of(), item -> item)).isEmpty();
  }
}
