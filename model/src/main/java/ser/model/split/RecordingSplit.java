package ser.model.split;

import static ser.model.Require.require;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * Recordings drawn at random, whoever speaks in them, as the tutorials do. The same voices stand on
 * all sides, so results are tens of points better than on people whom the model has never heard:
 * for comparison with published numbers only.
 *
 * <p>Each recording's side follows from the seed and its name alone, so shares are met on average
 * and nothing has to be collected.
 *
 * @param duplicated whether each recording counts twice, as in the popular copy of RAVDESS that
 *     holds every file under two names: most of the test then stands in the training
 * @param testShare of the recordings, above 0
 * @param validationShare of the recordings, 0 or more
 * @param seed of the draw
 */
public record RecordingSplit(
    boolean duplicated, double testShare, double validationShare, long seed) implements Split {

  public RecordingSplit {
    require(
        testShare > 0 && validationShare >= 0 && testShare + validationShare < 1,
        "test share %s and validation share %s must be above 0 and leave something to train on",
        testShare,
        validationShare);
  }

  @Override
  public String protocol() {
    return duplicated ? "random-with-duplicates" : "random";
  }

  @Override
  public String detail() {
    return String.format(
        Locale.ROOT, "%.0f%% test, %.0f%% validation", 100 * testShare, 100 * validationShare);
  }

  @Override
  public List<Side> sidesOf(String speaker, String recording) {
    CRC32C hash = new CRC32C();
    hash.update(recording.getBytes(StandardCharsets.UTF_8));
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ hash.getValue());
    Side first = side(random.nextDouble());
    return duplicated ? List.of(first, side(random.nextDouble())) : List.of(first);
  }

  private Side side(double drawn) {
    if (drawn < testShare) {
      return Side.TEST;
    }
    return drawn < testShare + validationShare ? Side.VALIDATION : Side.TRAINING;
  }
}
