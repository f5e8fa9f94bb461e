package ser.jobs.evaluate;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ser.jobs.storage.Storage;
import ser.model.file.ModelFile;
import ser.model.file.TrainingData;

/**
 * The features tables that a model was trained on, as far as they can be looked into.
 *
 * @param found they are there
 * @param missing they are not, or on a storage that nobody named: a model file may come from
 *     anywhere, and what it says opens no connection
 */
record TrainedTables(List<String> found, List<String> missing) {
  TrainedTables {
    found = List.copyOf(found);
    missing = List.copyOf(missing);
  }

  /**
   * @param features the tables that the user named
   */
  static TrainedTables of(Storage storage, ModelFile model, List<String> features) {
    List<String> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (TrainingData.Table table : model.provenance().data().tables()) {
      String path = table.path();
      boolean near = features.stream().anyMatch(named -> onTheSameStorage(named, path));
      (near && storage.exists(path + "/_feature_spec.json") ? found : missing).add(path);
    }
    return new TrainedTables(found, missing);
  }

  private static boolean onTheSameStorage(String one, String other) {
    Optional<URI> first = uri(one);
    Optional<URI> second = uri(other);
    return first.isPresent()
        && second.isPresent()
        && Objects.equals(first.get().getScheme(), second.get().getScheme())
        && Objects.equals(first.get().getAuthority(), second.get().getAuthority());
  }

  /** Scheme and authority alone: a path may hold what a URI may not. */
  private static Optional<URI> uri(String path) {
    int authority = path.indexOf("://");
    if (authority < 0) {
      return Optional.of(URI.create("file:///"));
    }
    int end = path.indexOf('/', authority + 3);
    try {
      return Optional.of(new URI(path.substring(0, end < 0 ? path.length() : end) + "/"));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
