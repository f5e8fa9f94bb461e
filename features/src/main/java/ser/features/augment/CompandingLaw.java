package ser.features.augment;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import ser.features.audio.G711;

/** The two laws of ITU-T G.711 by which telephone lines code a sample in 8 bits. */
public enum CompandingLaw {
  /** Europe and most of the world. */
  A_LAW("a_law", G711::aLawCode, G711.aLaw()),
  /** North America and Japan. */
  MU_LAW("mu_law", G711::muLawCode, G711.muLaw());

  private static final float FULL_SCALE = 1 << 15;

  private final String label;
  private final IntUnaryOperator coder;
  private final float[] values;

  CompandingLaw(String label, IntUnaryOperator coder, short[] decoded) {
    this.label = label;
    this.coder = coder;
    values = new float[decoded.length];
    for (int code = 0; code < decoded.length; code++) {
      values[code] = decoded[code] / FULL_SCALE;
    }
  }

  /** Its name in tables and settings. */
  public String label() {
    return label;
  }

  /**
   * @throws IllegalArgumentException naming the laws that exist, if there is none of that name
   */
  public static CompandingLaw ofLabel(String label) {
    return Arrays.stream(values())
        .filter(law -> law.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No companding law is called '%s'; there are %s"
                        .formatted(label, Arrays.stream(values()).map(law -> law.label).toList())));
  }

  /** Codes and decodes samples in place. */
  void roundTrip(float[] samples) {
    for (int i = 0; i < samples.length; i++) {
      float scaled = samples[i] * FULL_SCALE;
      int value = (int) Math.rint(Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, scaled)));
      samples[i] = values[coder.applyAsInt(value)];
    }
  }
}
