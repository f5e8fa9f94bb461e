package ser.model.file;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model was trained from.
 *
 * @param tables features tables, in the order they were named
 * @param licences licence by name of the corpus: what the model may be used for follows from them
 */
public record TrainingData(List<Table> tables, SortedMap<String, String> licences)
    implements Serializable {
  public TrainingData {
    tables = List.copyOf(tables);
    licences = Collections.unmodifiableSortedMap(new TreeMap<>(licences));
  }

  /**
   * One features table.
   *
   * @param path where it was read
   * @param rows how many were read, not negative
   */
  public record Table(String path, long rows) implements Serializable {
    public Table {
      if (path.isBlank() || rows < 0) {
        throw new IllegalArgumentException(
            "table '%s' with %d rows must have a path and no negative count".formatted(path, rows));
      }
    }
  }
}
