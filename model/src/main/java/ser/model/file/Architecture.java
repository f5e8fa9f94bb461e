package ser.model.file;

import java.io.Serializable;
import java.util.List;

/**
 * Which network the weights belong to.
 *
 * @param recipe name of the recipe: {@code mel-cnn4-gap}
 * @param layers of the network as the recipe writes them, from input to output; the last one, a
 *     softmax over the labels, is left out
 */
public record Architecture(String recipe, List<String> layers) implements Serializable {
  public Architecture {
    if (recipe.isBlank()) {
      throw new IllegalArgumentException("a recipe's name must not be blank");
    }
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a network needs a layer");
    }
  }
}
