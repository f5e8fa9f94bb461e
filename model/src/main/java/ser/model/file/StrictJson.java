package ser.model.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON from outside: one value, no name twice in an object, nothing after it. */
final class StrictJson {
  private StrictJson() {}

  /**
   * @throws JsonProcessingException if the text is anything but one object
   */
  static ObjectNode object(String text) throws JsonProcessingException {
    if (value(text) instanceof ObjectNode object) {
      return object;
    }
    throw MismatchedInputException.from(null, JsonNode.class, "it is not a JSON object");
  }

  /**
   * @throws JsonProcessingException if the text is anything but one array
   */
  static ArrayNode array(String text) throws JsonProcessingException {
    if (value(text) instanceof ArrayNode array) {
      return array;
    }
    throw MismatchedInputException.from(null, JsonNode.class, "it is not a JSON array");
  }

  private static JsonNode value(String text) throws JsonProcessingException {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    return mapper.readTree(text);
  }
}
