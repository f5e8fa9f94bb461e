package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import ser.model.Emotion;

class SpeakerMixesTest {
  /** As in RAVDESS: 60 recordings, 4 neutral, 8 each of calm and of six others. */
  private static final List<Emotion> TAKES =
      IntStream.range(0, 60)
          .mapToObj(i -> i < 4 ? Emotion.NEUTRAL : Emotion.values()[1 + (i - 4) / 8])
          .toList();

  @Test
  void givenNoMixes_whenARowIsAsked_thenItBelongsToTheWholeAndUsesIt() {
    SpeakerMixes none = new SpeakerMixes(0, 1);

    assertThat(none.holding("a", "x.wav", "original", Emotion.SAD)).containsExactly(0);
    assertThat(none.of("x.wav", "original")).isZero();
  }

  @Test
  void givenManyMixes_whenDrawn_thenTheWholeHoldsAllAndTheRestAreOfAllSizes() {
    List<Mix> mixes = mixes(new SpeakerMixes(99, 3));

    assertThat(mixes.get(0)).isEqualTo(new Mix(60, 12));
    assertThat(mixes.stream().skip(1).filter(mix -> mix.rows() <= 6)).hasSizeGreaterThan(10);
    assertThat(mixes.stream().skip(1).filter(mix -> mix.rows() >= 30)).hasSizeGreaterThan(5);
    assertThat(mixes.stream().skip(1).filter(mix -> mix.calmShare() > 0.5))
        .as("mostly neutral or calm, of 99")
        .hasSizeBetween(25, 65);
  }

  @Test
  void givenASeed_whenDrawnAgain_thenTheMixesAreTheSameAndOthersOfAnotherSeed() {
    assertThat(mixes(new SpeakerMixes(20, 3))).isEqualTo(mixes(new SpeakerMixes(20, 3)));
    assertThat(mixes(new SpeakerMixes(20, 3))).isNotEqualTo(mixes(new SpeakerMixes(20, 4)));
  }

  @Test
  void givenManyRows_whenAskedForTheirMix_thenEachIsUsedAboutEquallyOften() {
    SpeakerMixes mixes = new SpeakerMixes(3, 5);
    int[] counts = new int[4];
    for (int i = 0; i < 4000; i++) {
      counts[mixes.of(i + ".wav", "original")]++;
    }

    for (int count : counts) {
      assertThat(count).isBetween(850, 1150);
    }
  }

  private record Mix(int rows, int calm) {
    double calmShare() {
      return rows == 0 ? 0 : (double) calm / rows;
    }
  }

  private static List<Mix> mixes(SpeakerMixes mixes) {
    int[] rows = new int[mixes.count() + 1];
    int[] calm = new int[mixes.count() + 1];
    for (int i = 0; i < TAKES.size(); i++) {
      boolean isCalm = TAKES.get(i).ordinal() <= Emotion.CALM.ordinal();
      mixes
          .holding("ravdess-01", i + ".wav", "original", TAKES.get(i))
          .forEach(
              mix -> {
                rows[mix]++;
                calm[mix] += isCalm ? 1 : 0;
              });
    }
    return IntStream.range(0, rows.length).mapToObj(i -> new Mix(rows[i], calm[i])).toList();
  }
}
