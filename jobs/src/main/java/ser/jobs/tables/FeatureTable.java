package ser.jobs.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;
import ser.features.Features;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.jobs.error.UserError;
import ser.jobs.storage.RecordingFile;
import ser.jobs.storage.RunRecords;
import ser.jobs.storage.Storage;
import ser.jobs.tables.parquet.FloatArrayFormat;
import ser.model.corpus.RecordingLabels;
import ser.model.file.FeatureSpecJson;

/**
 * {@code features/}: one row per recording and variant. The settings stand in {@code
 * _feature_spec.json} beside the files, and in each file's metadata: in the schema that Spark
 * stores there, as the metadata {@code feature_spec} of column {@code frames}.
 */
public final class FeatureTable {
  public static final String NAME = "features";

  private static final String LICENCE = "licence";
  private static final String SPEC_FILE = "_feature_spec.json";
  private static final long SPEC_LIMIT_BYTES = 1 << 20;

  private FeatureTable() {}

  /**
   * One table cannot hold the same audio twice; two can, and each copy would count: in training as
   * weight, in a test as evidence.
   *
   * @param recordings rows of all tables, variants left out
   * @param tables their paths
   * @throws UserError if some audio stands in them twice
   */
  public static void requireOnce(Dataset<Row> recordings, List<String> tables) {
    if (tables.size() < 2) {
      return;
    }
    Row twice =
        recordings
            .groupBy("audio_sha256")
            .agg(
                functions.count("recording").as("rows"),
                functions.min("recording").as("name"),
                functions.max("recording").as("other"))
            .where("rows > 1")
            .agg(functions.count("name"), functions.min(functions.struct("name", "other")))
            .first();
    if (twice.getLong(0) > 0) {
      throw new UserError(
          "Cannot use %s together: audio of %d recordings stands in more than one of them, beginning with %s, in the other table %s. Remove a table, or extract the corpora into one --output, which keeps each once."
              .formatted(
                  tables,
                  twice.getLong(0),
                  twice.getStruct(1).getString(0),
                  twice.getStruct(1).getString(1)));
    }
  }

  /** The columns, with one {@code array<float>} per feature, row-major [coefficient][frame]. */
  public static StructType schema(FeatureSpec spec) {
    Metadata settings =
        new MetadataBuilder()
            .putString("feature_spec", FeatureSpecJson.toJson(spec).toString())
            .build();
    StructType schema =
        new StructType()
            .add("recording", DataTypes.StringType, false)
            .add("corpus", DataTypes.StringType, false)
            .add("speaker", DataTypes.StringType, false)
            .add("gender", DataTypes.StringType, false)
            .add("emotion", DataTypes.StringType, false)
            .add("source_label", DataTypes.StringType, false)
            .add("statement", DataTypes.StringType, false)
            .add("intensity", DataTypes.StringType, false)
            .add(LICENCE, DataTypes.StringType, false)
            .add("variant", DataTypes.StringType, false)
            .add("variant_detail", DataTypes.StringType, false)
            .add("audio_sha256", DataTypes.StringType, false)
            .add("source_sample_rate_hz", DataTypes.IntegerType, false)
            .add("source_bytes", DataTypes.LongType, false)
            .add("source_modified", DataTypes.TimestampType, false)
            .add("duration_s", DataTypes.DoubleType, false)
            .add("frames", DataTypes.IntegerType, false, settings);
    for (Feature feature : spec.features()) {
      schema =
          schema.add(
              feature.columnName(), DataTypes.createArrayType(DataTypes.FloatType, false), false);
    }
    return schema;
  }

  /**
   * What is known of a recording beside its features.
   *
   * @param source where it stands
   * @param labels what its name or the manifest says
   * @param audioSha256 hash of the recording's samples, in the rows of its variants too
   * @param sourceRateHz of the recording, before resampling
   */
  public record Identity(
      RecordingFile source, RecordingLabels labels, String audioSha256, int sourceRateHz) {}

  /**
   * @param variant what was done to the recording before its features were computed
   */
  public static Row row(Identity identity, Variant variant, Features features, FeatureSpec spec) {
    RecordingLabels labels = identity.labels();
    List<Object> values = new ArrayList<>();
    values.add(identity.source().recording());
    values.add(labels.origin().corpus());
    values.add(labels.speaker().id());
    values.add(labels.speaker().gender().label());
    values.add(labels.emotion().label());
    values.add(labels.sourceLabel());
    values.add(labels.statement());
    values.add(labels.intensity());
    values.add(labels.origin().licence());
    values.add(variant.name());
    values.add(variant.detail());
    values.add(identity.audioSha256());
    values.add(identity.sourceRateHz());
    values.add(identity.source().sizeBytes());
    values.add(new Timestamp(identity.source().modifiedMs()));
    values.add(features.durationS());
    values.add(features.frames());
    for (Feature feature : spec.features()) {
      values.add(features.matrix(feature).values());
    }
    return RowFactory.create(values.toArray());
  }

  /**
   * How rows are written: what {@link HeldCommits#save} takes.
   *
   * <p>Chosen by measurement: zstd makes the files of EmoDB 12% smaller than snappy, with Spark's
   * own writer for a seventh more time, and at level 1 those of RAVDESS as small as at level 3.
   * Spark's reader holds a row group as a whole, several times over: one of 32 MiB is written and
   * read by a task in a heap of 600 MB, one of Parquet's usual 128 MiB takes 1,200.
   */
  public static DataFrameWriter<Row> writer(Dataset<Row> rows) {
    return rows.write()
        .format(FloatArrayFormat.class.getName())
        .option("compression", "zstd")
        .option("parquet.compression.codec.zstd.level", 1)
        .option("parquet.block.size", 32 << 20);
  }

  public static void writeSpec(Storage storage, String table, FeatureSpec spec) {
    storage.write(
        table + "/" + SPEC_FILE,
        FeatureSpecJson.toJson(spec).toPrettyString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The settings that some tables were made with.
   *
   * @throws UserError if one is no features table, or they differ
   */
  public static FeatureSpec spec(Storage storage, List<String> tables) {
    FeatureSpec first = spec(storage, tables.get(0));
    for (String table : tables.subList(1, tables.size())) {
      Optional<String> differences = FeatureSpecJson.differences(first, spec(storage, table));
      if (differences.isPresent()) {
        throw new UserError(
            "Cannot train on %s and %s together: they were made with different settings (%s). Run 'ser extract' again with the same ones."
                .formatted(tables.get(0), table, differences.get()));
      }
    }
    return first;
  }

  /**
   * All columns and the rows of finished runs, of tables whose settings {@link #spec} has checked.
   */
  public static Dataset<Row> read(SparkSession spark, Storage storage, List<String> tables) {
    Dataset<Row> features = spark.read().parquet(SparkPaths.literal(files(storage, tables)));
    if (!List.of(features.columns()).contains(LICENCE)) {
      throw new UserError(
          "Cannot read the features tables %s: they have no column %s, so an older ser made them. Run 'ser extract' again."
              .formatted(tables, LICENCE));
    }
    return features;
  }

  /**
   * Licence by corpus, of the corpora that occur. Of a corpus whose rows have several the licences
   * are joined with AND, as SPDX writes that all of them hold.
   */
  public static SortedMap<String, String> licences(Dataset<Row> features) {
    SortedMap<String, String> licences = new TreeMap<>();
    for (Row row :
        features.select("corpus", LICENCE).distinct().orderBy("corpus", LICENCE).collectAsList()) {
      licences.merge(row.getString(0), row.getString(1), (one, other) -> one + " AND " + other);
    }
    return licences;
  }

  private static List<String> files(Storage storage, List<String> tables) {
    return tables.stream()
        .flatMap(table -> RunRecords.tableFiles(storage, table).stream())
        .toList();
  }

  private static FeatureSpec spec(Storage storage, String table) {
    String file = table + "/" + SPEC_FILE;
    if (!storage.exists(file)) {
      throw new UserError(
          "Cannot read the features table %s: there is no %s in it. Give the OUTPUT/features of an 'ser extract' run."
              .formatted(table, SPEC_FILE));
    }
    if (RunRecords.tableFiles(storage, table).isEmpty()) {
      throw new UserError(
          "Cannot read the features table %s: there are no rows in it. Run 'ser extract' again."
              .formatted(table));
    }
    try {
      JsonNode json = new ObjectMapper().readTree(storage.read(file, SPEC_LIMIT_BYTES));
      return FeatureSpecJson.fromJson(json);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          "Cannot read %s: %s. Run 'ser extract' again.".formatted(file, e.getMessage()), e);
    }
  }
}
