package ser.model.scoring;

import java.util.ArrayList;
import java.util.List;
import ser.model.output.ScoreNormalisation;

/**
 * What the network makes of the windows of one channel, for a model whose scores are normalised by
 * speaker: a channel counts as one. Some numbers for each window are kept. Mutable, for one thread.
 */
public final class ChannelScores {
  private final List<float[]> probabilities = new ArrayList<>();
  private double speechS;
  private double heardUntilS;

  /**
   * The next window with speech in time. What windows have in common counts once as speech.
   *
   * @param ofWindow its probabilities, by label
   */
  public void add(double startS, double endS, float[] ofWindow) {
    probabilities.add(ofWindow);
    speechS += Math.max(0, endS - Math.max(startS, heardUntilS));
    heardUntilS = Math.max(heardUntilS, endS);
  }

  /** In seconds. */
  double speechS() {
    return speechS;
  }

  /** Those of the windows that were added, in their order. */
  public List<float[]> normalised(ScoreNormalisation scores) {
    return scores.of(probabilities, speechS);
  }
}
