package ser.model.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingSplitTest {
  private static final int RECORDINGS = 20_000;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 20, -7})
  void givenManyRecordings_whenDrawn_thenSharesAreMet(long seed) {
    List<Side> sides = drawn(new RecordingSplit(false, 0.2, 0.1, seed));

    assertThat(share(sides, Side.TEST)).isCloseTo(0.2, within(0.01));
    assertThat(share(sides, Side.VALIDATION)).isCloseTo(0.1, within(0.01));
  }

  @Test
  void givenDuplicates_whenDrawn_thenMostOfTheTestHasATwinInTraining() {
    RecordingSplit split = new RecordingSplit(true, 0.2, 0.1, 3);
    List<List<Side>> pairs =
        IntStream.range(0, RECORDINGS).mapToObj(i -> split.sidesOf("speaker", name(i))).toList();

    long tested = pairs.stream().flatMap(List::stream).filter(Side.TEST::equals).count();
    long heard =
        pairs.stream()
            .filter(pair -> pair.contains(Side.TEST) && pair.contains(Side.TRAINING))
            .count();

    assertThat(pairs).allMatch(pair -> pair.size() == 2);
    assertThat((double) heard / tested).isCloseTo(0.7, within(0.02));
  }

  @Test
  void givenOtherSpeakersOrAnotherRun_whenDrawn_thenTheNameAndTheSeedDecideAlone() {
    RecordingSplit split = new RecordingSplit(false, 0.2, 0.1, 3);

    assertThat(split.sidesOf("a", "x.wav")).isEqualTo(split.sidesOf("b", "x.wav"));
    assertThat(drawn(split)).isEqualTo(drawn(new RecordingSplit(false, 0.2, 0.1, 3)));
    assertThat(drawn(split)).isNotEqualTo(drawn(new RecordingSplit(false, 0.2, 0.1, 4)));
  }

  @Test
  void givenSharesThatLeaveNothing_whenMade_thenRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecordingSplit(false, 0.9, 0.1, 3))
        .withMessageContaining("leave something to train on");
  }

  private static List<Side> drawn(RecordingSplit split) {
    return IntStream.range(0, RECORDINGS)
        .mapToObj(i -> split.sidesOf("speaker", name(i)).get(0))
        .toList();
  }

  private static String name(int index) {
    return "Actor_01/%05d.wav".formatted(index);
  }

  private static double share(List<Side> sides, Side side) {
    return (double) sides.stream().filter(side::equals).count() / sides.size();
  }
}
