package ser.model.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;

/**
 * Which network the weights belong to.
 *
 * @param recipe name of the recipe: {@code mel-cnn4-gap}
 * @param parameters what the recipe's network is built from (filters, dropout, …); copied
 */
public record Architecture(String recipe, ObjectNode parameters) implements Serializable {
  public Architecture {
    if (recipe.isBlank()) {
      throw new IllegalArgumentException("a recipe's name must not be blank");
    }
    parameters = parameters.deepCopy();
  }

  @Override
  public ObjectNode parameters() {
    return parameters.deepCopy();
  }
}
