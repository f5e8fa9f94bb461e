package ser.features.spec;

import java.util.Arrays;
import java.util.Locale;

/** How high the triangles of a mel filter bank are. */
public enum MelNorm {
  /** Equal areas, so that white noise has the same power in each band. */
  SLANEY,
  /** Each peaks at 1, as in HTK. */
  NONE;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException naming the norms that exist, if there is none of that name
   */
  public static MelNorm of(String label) {
    return Labels.find(Arrays.asList(values()), MelNorm::label, label, "mel norm");
  }
}
