package ser.model.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpliceTest {
  private static final int FRAMES = 20;

  private final Splice always = new Splice(1);

  @Test
  void givenTwoRows_whenSpliced_thenTheEndOfOneIsFollowedByTheBeginningOfTheOther() {
    SplittableRandom draws = new SplittableRandom(2);
    for (int i = 0; i < 1000; i++) {
      int sound = draws.nextInt(1, FRAMES + 1);
      float[] row = row(100, sound);
      float[] other = row(200, draws.nextInt(1, FRAMES + 1));

      float[] spliced = always.of(row, List.of(other), FRAMES, draws);

      int end = endOf(spliced);
      assertThat(end).isBetween(Math.max(1, sound / 5), sound);
      assertThat(beginningBehind(end, spliced)).isLessThanOrEqualTo(FRAMES - end);
      for (int frame = 0; frame < FRAMES; frame++) {
        boolean padding = frame >= end + beginningBehind(end, spliced);
        float expected = frame < end ? row[sound - end + frame] : padding ? 0 : other[frame - end];
        assertThat(spliced[frame]).isEqualTo(expected);
        assertThat(spliced[FRAMES + frame]).as("each row alike").isEqualTo(-expected);
      }
      assertThat(row).as("itself whole").isEqualTo(row(100, sound));
    }
  }

  @Test
  void givenNoOther_whenSpliced_thenItsEndStaysAlone() {
    SplittableRandom draws = new SplittableRandom(3);
    for (int sound = 1; sound <= FRAMES; sound++) {
      float[] spliced = always.of(row(100, sound), List.of(), FRAMES, draws);

      assertThat(endOf(spliced)).isBetween(1, sound);
      assertThat(spliced[endOf(spliced) - 1]).isEqualTo(100f + sound - 1);
      assertThat(beginningBehind(endOf(spliced), spliced)).isZero();
    }
  }

  @Test
  void givenAShare_whenSpliced_thenAboutSoManyRowsAre() {
    SplittableRandom random = new SplittableRandom(1);
    Splice some = new Splice(0.3);

    assertThat(IntStream.range(0, 1000).filter(i -> some.drawn(random)).count())
        .isBetween(240L, 360L);
    assertThat(IntStream.range(0, 1000).filter(i -> Splice.none().drawn(random)).count()).isZero();
    assertThat(IntStream.range(0, 1000).filter(i -> always.drawn(random)).count()).isEqualTo(1000);
  }

  private static int endOf(float[] spliced) {
    int end = 0;
    while (end < FRAMES && spliced[end] >= 100 && spliced[end] < 200) {
      end++;
    }
    return end;
  }

  private static int beginningBehind(int end, float[] spliced) {
    int beginning = 0;
    while (end + beginning < FRAMES && spliced[end + beginning] >= 200) {
      beginning++;
    }
    return beginning;
  }

  /**
   * Two rows, one the negative of the other; frames count up from a value, then there is padding.
   */
  private static float[] row(int from, int sound) {
    float[] values = new float[2 * FRAMES];
    for (int frame = 0; frame < sound; frame++) {
      values[frame] = from + frame;
      values[FRAMES + frame] = -values[frame];
    }
    return values;
  }
}
