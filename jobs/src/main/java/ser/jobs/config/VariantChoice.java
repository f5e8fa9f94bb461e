package ser.jobs.config;

import java.util.List;
import java.util.Optional;
import ser.features.augment.AugmentationPlan;

/**
 * Which variants of the training recordings are trained on, beside the recordings themselves.
 *
 * @param kinds as in {@link AugmentationPlan#KINDS}; empty for all that the tables have
 */
public record VariantChoice(Optional<List<String>> kinds) {
  public VariantChoice {
    kinds = kinds.map(List::copyOf);
    for (String kind : kinds.orElse(List.of())) {
      if (!AugmentationPlan.KINDS.contains(kind)) {
        throw new IllegalArgumentException(
            "No kind of variant is called '%s'; there are %s, and all or none alone"
                .formatted(kind, String.join(", ", AugmentationPlan.KINDS)));
      }
    }
  }

  /**
   * @param names kinds, or {@code all} or {@code none} alone
   */
  static VariantChoice named(List<String> names) {
    if (names.equals(List.of("all"))) {
      return new VariantChoice(Optional.empty());
    }
    return new VariantChoice(Optional.of(names.equals(List.of("none")) ? List.of() : names));
  }

  /** Kinds that were asked for by name. */
  public List<String> named() {
    return kinds.orElse(List.of());
  }

  public boolean contains(String kind) {
    return kinds.isEmpty() || kinds.get().contains(kind);
  }
}
