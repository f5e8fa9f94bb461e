package ser.features.spec;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the one of several values that a text names. */
final class Labels {
  private Labels() {}

  /**
   * @param kind what the values are, for the message
   * @throws IllegalArgumentException naming all of them, if none has this label
   */
  static <T> T find(List<T> values, Function<T, String> labelOf, String label, String kind) {
    return values.stream()
        .filter(value -> labelOf.apply(value).equalsIgnoreCase(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No %s is called '%s'; there are %s"
                        .formatted(
                            kind,
                            label,
                            values.stream().map(labelOf).collect(Collectors.joining(", ")))));
  }
}
