package ser.jobs.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Layers with places for numbers: {@code conv {filters} 3x3}, {@code conv {filters * 2} 3x3}.
 *
 * @param layers as a recipe writes them; without any the recipe's own are trained
 */
public record LayerTemplates(List<String> layers) {
  private static final Pattern PLACE =
      Pattern.compile("\\{\\s*([A-Za-z][A-Za-z0-9-]*)\\s*(?:\\*\\s*([0-9.]+)\\s*)?\\}");

  public LayerTemplates {
    layers = List.copyOf(layers);
    for (String layer : layers) {
      String rest = PLACE.matcher(layer).replaceAll("");
      if (rest.contains("{") || rest.contains("}")) {
        throw new IllegalArgumentException(
            "'%s' has braces around something else than a name, or a name * a number"
                .formatted(layer));
      }
    }
  }

  /** What stands in braces, in alphabetical order. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (String layer : layers) {
      Matcher place = PLACE.matcher(layer);
      while (place.find()) {
        names.add(place.group(1));
      }
    }
    return names;
  }

  /**
   * The layers with values in their places.
   *
   * @throws IllegalArgumentException if a value that is multiplied is no number
   */
  List<String> with(Map<String, Object> values) {
    return layers.stream()
        .map(
            layer ->
                PLACE
                    .matcher(layer)
                    .replaceAll(
                        place ->
                            Matcher.quoteReplacement(
                                text(values.get(place.group(1)), place.group(2)))))
        .toList();
  }

  private static String text(Object value, String factor) {
    if (!(value instanceof Number)) {
      if (factor != null) {
        throw new IllegalArgumentException(
            "'%s' is no number that could be multiplied".formatted(value));
      }
      return String.valueOf(value);
    }
    BigDecimal number = new BigDecimal(value.toString());
    BigDecimal product = factor == null ? number : number.multiply(new BigDecimal(factor));
    return product.signum() == 0 ? "0" : product.stripTrailingZeros().toPlainString();
  }
}
