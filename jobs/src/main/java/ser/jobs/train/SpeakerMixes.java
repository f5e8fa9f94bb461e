package ser.jobs.train;

import java.io.Serializable;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import ser.model.Emotion;

/**
 * Random parts of a training speaker's recordings, so that a network learns how he sounds when he
 * is normalised by little or one-sided speech: a call is mostly neutral. Mix 0 is all of his rows.
 * Half of the others keep a share of them, from 3% to all, on a logarithmic scale; half keep most
 * neutral and calm ones and few of the rest.
 *
 * <p>Which rows belong to a mix follows from seed, speaker, mix and the row's name, so that nothing
 * has to be collected.
 *
 * @param count how many beside mix 0
 * @param seed of all draws
 */
record SpeakerMixes(int count, long seed) implements Serializable {
  private static final double LEAST_SHARE = 0.03;

  /** The mixes to whose statistics a row belongs. */
  IntStream holding(String speaker, String recording, String variant, Emotion emotion) {
    return IntStream.rangeClosed(0, count)
        .filter(
            mix ->
                mix == 0
                    || drawn(mix, "holds", speaker, recording, variant).nextDouble()
                        < share(mix, speaker, emotion));
  }

  /** The mix that a row is normalised by. */
  int of(String recording, String variant) {
    return drawn(0, "used", recording, variant).nextInt(count + 1);
  }

  /** Which share of a speaker's rows of an emotion belongs to a mix. */
  private double share(int mix, String speaker, Emotion emotion) {
    SplittableRandom random = drawn(mix, "share", speaker);
    boolean mostlyNeutral = random.nextBoolean();
    double share = Math.pow(LEAST_SHARE, random.nextDouble());
    double neutral = 0.5 + 0.5 * random.nextDouble();
    double others = 0.5 * random.nextDouble();
    if (!mostlyNeutral) {
      return share;
    }
    return emotion == Emotion.NEUTRAL || emotion == Emotion.CALM ? neutral : share * others;
  }

  private SplittableRandom drawn(int mix, String... names) {
    return new SplittableRandom(
        seed
            ^ RowFingerprint.of(String.join("\0", names), "mix").sum() + mix * 0x9E3779B97F4A7C15L);
  }
}
