package ser.jobs.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ConcatenationTest {
  private static final List<List<Integer>> PARTS =
      List.of(List.of(), List.of(1, 2), List.of(), List.of(3), List.of());

  @Test
  void givenParts_whenIterated_thenAllFollowEachOther() {
    Iterator<Integer> all = new Concatenation<>(PARTS.iterator(), List::iterator);

    List<Integer> seen = new ArrayList<>();
    all.forEachRemaining(seen::add);

    assertThat(seen).containsExactly(1, 2, 3);
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(all::next);
  }

  @Test
  void givenParts_whenTheFirstIsAskedFor_thenNoLaterOneIsMade() {
    List<List<Integer>> made = new ArrayList<>();
    Iterator<Integer> all =
        new Concatenation<>(
            PARTS.iterator(),
            part -> {
              made.add(part);
              return part.iterator();
            });

    assertThat(all.next()).isEqualTo(1);
    assertThat(made).containsExactly(PARTS.get(0), PARTS.get(1));
  }
}
