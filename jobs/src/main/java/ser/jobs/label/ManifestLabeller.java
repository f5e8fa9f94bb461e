package ser.jobs.label;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;
import ser.jobs.error.UserError;
import ser.jobs.run.JobContext;
import ser.jobs.storage.RecordingFile;

/** By a manifest, which is joined with the recordings by their names. */
final class ManifestLabeller implements Labeller {
  private static final String NAMED = ManifestTable.RECORDING;
  private static final String RECORDING = "found";

  /** Partition and, in these bits, position in it. */
  private static final int PLACE_BITS = 40;

  private static final StructType FILES =
      new StructType()
          .add("place", DataTypes.LongType, false)
          .add(RECORDING, DataTypes.StringType, false);

  private final JobContext context;
  private final String manifest;
  private final ManifestTable table;

  private ManifestLabeller(JobContext context, String manifest, ManifestTable table) {
    this.context = context;
    this.manifest = manifest;
    this.table = table;
  }

  /**
   * @param inputs that its paths are relative to
   * @throws UserError if it cannot be used
   */
  static ManifestLabeller of(JobContext context, String manifest, List<String> inputs) {
    SparkSession spark = context.spark();
    context.describe("Read the manifest " + manifest);
    InputRoots roots = InputRoots.of(inputs, spark.sparkContext().hadoopConfiguration());
    return new ManifestLabeller(context, manifest, ManifestTable.of(spark, manifest, roots));
  }

  @Override
  public JavaRDD<LabelledFile> label(JavaRDD<RecordingFile> recordings) {
    String source = manifest;
    Column[] columns =
        Stream.concat(Stream.of(FILES.fieldNames()), ManifestTable.columns().stream())
            .map(functions::col)
            .toArray(Column[]::new);
    JavaRDD<String[]> labels =
        files(recordings)
            .join(
                table.rows(),
                ComparedName.of(functions.col(RECORDING)).equalTo(functions.col(NAMED)),
                "left")
            .select(columns)
            .javaRDD()
            // Arrays of texts, because Kryo would write the schema beside each Row.
            .mapToPair(row -> new Tuple2<>(row.getLong(0), texts(row)))
            .repartitionAndSortWithinPartitions(new ByPlace(recordings.getNumPartitions()))
            .values();
    // One entry for each recording, in its place.
    return recordings.zipPartitions(labels, (files, texts) -> labelled(files, texts, source));
  }

  @Override
  public Map<String, Object> facts(JavaRDD<RecordingFile> recordings) {
    context.describe("Look for recordings that only the manifest names");
    AbsentRecordings absent =
        AbsentRecordings.of(
            manifest, table.rows().select(NAMED), files(recordings).select(RECORDING));
    if (absent.all()) {
      throw new UserError(
          "Cannot use the manifest %s: none of the %d recordings that it names stands under the inputs, beginning with %s. Paths must be relative to an input, or absolute under one."
              .formatted(manifest, absent.named(), absent.first().get(0)));
    }
    return absent.facts();
  }

  @Override
  public void close() {
    table.close();
  }

  private Dataset<Row> files(JavaRDD<RecordingFile> recordings) {
    return context
        .spark()
        .createDataFrame(recordings.mapPartitionsWithIndex(ManifestLabeller::placed, false), FILES);
  }

  private static Iterator<Row> placed(int partition, Iterator<RecordingFile> files) {
    AtomicLong place = new AtomicLong((long) partition << PLACE_BITS);
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(files, 0), false)
        .map(file -> RowFactory.create(place.getAndIncrement(), file.recording()))
        .iterator();
  }

  private static String[] texts(Row row) {
    String[] texts = new String[row.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = row.isNullAt(i) ? null : row.get(i).toString();
    }
    return texts;
  }

  private static Iterator<LabelledFile> labelled(
      Iterator<RecordingFile> files, Iterator<String[]> texts, String manifest) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(files, 0), false)
        .map(file -> labelled(file, texts.next(), manifest))
        .iterator();
  }

  private static LabelledFile labelled(RecordingFile file, String[] texts, String manifest) {
    if (!texts[FILES.fieldIndex(RECORDING)].equals(file.recording())) {
      throw new IllegalStateException(
          "The recordings come in another order than before: %s stands where %s stood"
              .formatted(file.recording(), texts[FILES.fieldIndex(RECORDING)]));
    }
    List<String> values = Arrays.asList(texts).subList(FILES.size(), texts.length);
    if (values.contains(null)) {
      return LabelledFile.unnamed(file, "%s does not name it.".formatted(manifest));
    }
    return ManifestTable.labelsOf(values)
        .map(labels -> LabelledFile.of(file, labels))
        .orElseGet(
            () ->
                LabelledFile.unmapped(
                    file,
                    "Its emotion in %s, '%s', stands for none of ours."
                        .formatted(manifest, ManifestTable.sourceLabelOf(values))));
  }

  /** Back to the partitions that the recordings came from. */
  private static final class ByPlace extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int partitions;

    ByPlace(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object place) {
      return (int) ((long) place >> PLACE_BITS);
    }
  }
}
