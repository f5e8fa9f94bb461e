package ser.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import ser.model.output.ScoreNormalisation;

class ChannelScoresTest {
  @Test
  void givenWindowsThatOverlapAndAPause_whenAdded_thenEachMomentOfSpeechCountsOnce() {
    ChannelScores scores = new ChannelScores();
    scores.add(0, 3, new float[] {0.25f, 0.75f});
    scores.add(1.5, 4.5, new float[] {0.5f, 0.5f});
    scores.add(12, 15, new float[] {1, 0});

    assertThat(scores.speechS()).isCloseTo(7.5, within(1e-9));
    assertThat(scores.normalised(new ScoreNormalisation.None()))
        .containsExactly(new float[] {0.25f, 0.75f}, new float[] {0.5f, 0.5f}, new float[] {1, 0});
  }

  @Test
  void givenAWindowWithinAnother_whenAdded_thenItAddsNothing() {
    ChannelScores scores = new ChannelScores();
    scores.add(0, 3, new float[] {1});
    scores.add(1, 2, new float[] {1});

    assertThat(scores.speechS()).isCloseTo(3, within(1e-9));
  }
}
