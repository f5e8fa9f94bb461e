package ser.bench.calls;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import ser.features.augment.CompandingLaw;

/**
 * A call in which the customer is heard, as the first seed has it that makes one: the agent begins,
 * and most calls of a few seconds end with him. Without speech on the customer's channel a score
 * run would never start its network.
 */
public final class HeardCall {
  private static final int SEEDS = 300;
  private static final LocalDate DAY = LocalDate.of(2026, 1, 5);
  private static final double NOISE_DBFS = -66;
  private static final double OVERLAP = 0.1;

  private HeardCall() {}

  /**
   * @param voices as {@link CallArchive} wants them
   * @param minutes of the call
   * @param folder empty, or not there; receives the call, its truth and the list of one call
   * @throws IllegalArgumentException if the customer is heard with none of many seeds
   */
  public static void write(List<Voice> voices, double minutes, Path folder) throws IOException {
    Path truth = folder.resolve("truth.csv");
    for (int seed = 1; seed <= SEEDS; seed++) {
      new CallArchive(
              voices,
              new CallArchive.Settings(
                  seed, minutes, minutes, CompandingLaw.MU_LAW, NOISE_DBFS, OVERLAP))
          // The same names each time: the next seed's call takes the place of this one.
          .write(folder, 1, DAY, 1);
      if (!Truth.read(truth, CallScript.CUSTOMER).speech().isEmpty()) {
        return;
      }
    }
    throw new IllegalArgumentException(
        "of %d calls of %.1f s none has the customer's speech (truth.csv has no row of channel 0); give a FOLDER of shorter recordings"
            .formatted(SEEDS, 60 * minutes));
  }
}
