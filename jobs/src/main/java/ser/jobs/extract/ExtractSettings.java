package ser.jobs.extract;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import ser.features.augment.AugmentationPlan;
import ser.features.spec.FeatureSpec;
import ser.jobs.error.UserError;
import ser.jobs.storage.RunRecords;
import ser.jobs.storage.Storage;
import ser.jobs.tables.FeatureTable;
import ser.model.file.FeatureSpecJson;

/**
 * Everything that decides which numbers a recording becomes. Rows of one table are made with the
 * same settings, or they could not be trained on together.
 *
 * @param features which features, and how they are computed
 * @param augmentation which variants of each recording are made
 */
record ExtractSettings(FeatureSpec features, AugmentationPlan augmentation) {
  private static final String VARIANTS_FILE = "_variants.json";
  private static final long LIMIT_BYTES = 1 << 20;

  /**
   * Allows a run to add to a table, if there is one.
   *
   * @param table folder of the features table
   * @throws UserError naming what differs, if its rows were made with other settings
   */
  void requireThoseOf(Storage storage, String table) {
    if (RunRecords.tableFiles(storage, table).isEmpty()) {
      return;
    }
    FeatureSpec there = FeatureTable.spec(storage, List.of(table));
    Optional<String> differences = FeatureSpecJson.differences(there, features);
    if (differences.isPresent()) {
      throw new UserError(
          "Cannot add to %s: its rows were made with other feature settings (%s). Give another --output, or the settings of the table."
              .formatted(table, differences.get()));
    }
    requireSameVariants(storage, table);
  }

  /** Puts down what the next run compares its own settings with. */
  void write(Storage storage, String table) {
    FeatureTable.writeSpec(storage, table, features);
    storage.write(table + "/" + VARIANTS_FILE, variants().getBytes(StandardCharsets.UTF_8));
  }

  /** On average: shares of copies are drawn. */
  double rowsPerRecording() {
    return 1 + augmentation.copiesPerRecording();
  }

  private void requireSameVariants(Storage storage, String table) {
    String file = table + "/" + VARIANTS_FILE;
    String there =
        storage.exists(file)
            ? new String(storage.read(file, LIMIT_BYTES), StandardCharsets.UTF_8)
            : "";
    if (!there.equals(variants())) {
      throw new UserError(
          "Cannot add to %s: its variants were made with other settings of ser.extract.augment (%s has those). Give another --output, or the settings of the table."
              .formatted(table, file));
    }
  }

  private String variants() {
    return new ObjectMapper()
        .createObjectNode()
        .put("augmentation", augmentation.toString())
        .toPrettyString();
  }
}
