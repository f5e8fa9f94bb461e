package ser.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A speaker's gender as the corpus states it; used to balance splits and to report per group. */
public enum Gender {
  FEMALE,
  MALE,
  /** The corpus does not say. */
  UNKNOWN;

  /** The name in tables and files: {@code female}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException naming the genders that exist, if there is none of that label
   */
  public static Gender ofLabel(String label) {
    for (Gender gender : values()) {
      if (gender.label().equals(label)) {
        return gender;
      }
    }
    throw new IllegalArgumentException(
        "No gender is called '%s'; there are %s"
            .formatted(
                label,
                Arrays.stream(values()).map(Gender::label).collect(Collectors.joining(", "))));
  }
}
