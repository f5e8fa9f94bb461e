package ser.jobs.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import ser.jobs.error.UserError;

/**
 * Repositories for research data that list files as JSON: Zenodo
 * (https://developers.zenodo.org/#records) and Dataverse
 * (https://guides.dataverse.org/en/latest/api/native-api.html).
 */
final class JsonListing implements Listing {
  private static final int LIMIT_BYTES = 64 << 20;

  private final Http http;
  private final URI address;
  private final Function<JsonNode, JsonNode> files;
  private final Function<JsonNode, RemoteFile> file;

  private JsonListing(
      Http http,
      String address,
      Function<JsonNode, JsonNode> files,
      Function<JsonNode, RemoteFile> file) {
    this.http = http;
    this.address = URI.create(address);
    this.files = files;
    this.file = file;
  }

  /**
   * @param address of the record in Zenodo's API
   */
  static JsonListing zenodo(Http http, String address) {
    return new JsonListing(http, address, record -> record.path("files"), JsonListing::ofZenodo);
  }

  /**
   * @param address of the dataset in Dataverse's API
   */
  static JsonListing dataverse(Http http, String address) {
    URI server = URI.create(address).resolve("/");
    return new JsonListing(
        http,
        address,
        dataset -> dataset.at("/data/latestVersion/files"),
        file -> ofDataverse(file, server));
  }

  @Override
  public List<RemoteFile> files() throws IOException {
    byte[] answer = http.get(address, LIMIT_BYTES);
    try {
      JsonNode listed = files.apply(new ObjectMapper().readTree(answer));
      if (!listed.isArray() || listed.isEmpty()) {
        throw new IllegalArgumentException("it lists no files");
      }
      return StreamSupport.stream(listed.spliterator(), false).map(file).toList();
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          "Cannot use the listing %s: %s. The publisher may have changed it: see its page."
              .formatted(address, e.getMessage().lines().findFirst().orElse("")),
          e);
    }
  }

  private static RemoteFile ofZenodo(JsonNode file) {
    return new RemoteFile(
        text(file, "/key"),
        URI.create(text(file, "/links/self")),
        size(file.path("size")),
        optional(file, "/checksum").map(Checksum::parse));
  }

  private static RemoteFile ofDataverse(JsonNode file, URI server) {
    String folder = optional(file, "/directoryLabel").map(label -> label + "/").orElse("");
    Optional<String> algorithm = optional(file, "/dataFile/checksum/type");
    Optional<Checksum> checksum =
        algorithm.isPresent()
            ? Optional.of(new Checksum(algorithm.get(), text(file, "/dataFile/checksum/value")))
            : optional(file, "/dataFile/md5").map(md5 -> new Checksum("md5", md5));
    return new RemoteFile(
        folder + text(file, "/dataFile/filename"),
        server.resolve("/api/access/datafile/" + text(file, "/dataFile/id")),
        size(file.at("/dataFile/filesize")),
        checksum);
  }

  private static OptionalLong size(JsonNode size) {
    return size.canConvertToLong() ? OptionalLong.of(size.asLong()) : OptionalLong.empty();
  }

  private static Optional<String> optional(JsonNode node, String at) {
    return Optional.of(node.at(at).asText("")).filter(text -> !text.isBlank());
  }

  private static String text(JsonNode node, String at) {
    return optional(node, at)
        .orElseThrow(() -> new IllegalArgumentException("a file of it has no " + at));
  }
}
