package ser.jobs.config;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How recordings are divided among training, validation and test. */
public enum SplitProtocol {
  /** Nobody who is tested was heard in training. */
  SPEAKERS,
  /** Recordings at random, as the tutorials. */
  RANDOM,
  /** Recordings at random, each counted twice: the trap of the popular copy of RAVDESS. */
  RANDOM_WITH_DUPLICATES;

  /**
   * @throws IllegalArgumentException naming those that exist
   */
  static SplitProtocol ofLabel(String label) {
    return Stream.of(values())
        .filter(protocol -> protocol.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is none of %s"
                        .formatted(
                            label,
                            Stream.of(values())
                                .map(SplitProtocol::label)
                                .collect(Collectors.joining(", ")))));
  }

  /** As in the configuration: {@code random-with-duplicates}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
