package ser.jobs.tables.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The peer is Spark's own writer: the same rows, schema, metadata and statistics. */
class FloatArrayFormatIT {
  private static final String OURS = FloatArrayFormat.class.getName();
  private static final StructType SCHEMA =
      new StructType()
          .add("name", DataTypes.StringType, false)
          .add("required", DataTypes.createArrayType(DataTypes.FloatType, false), false)
          .add("at", DataTypes.TimestampType, true)
          .add("optional", DataTypes.createArrayType(DataTypes.FloatType, false), true)
          .add("with_nulls", DataTypes.createArrayType(DataTypes.FloatType, true), true)
          .add("count", DataTypes.LongType, false);

  private static SparkSession spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void givenRandomRows_whenWritten_thenTheyAreReadAsSparksOwn(long seed) throws IOException {
    Dataset<Row> rows = spark.createDataFrame(rows(new Random(seed), 300), SCHEMA).coalesce(1);

    write(rows, "parquet", 1 << 20, 4096, "theirs");
    write(rows, OURS, 1 << 20, 4096, "ours");

    Dataset<Row> theirs = spark.read().parquet(path("theirs"));
    Dataset<Row> ours = spark.read().parquet(path("ours"));
    assertThat(ours.schema()).isEqualTo(theirs.schema());
    assertThat(ours.sort("name").toJSON().collectAsList())
        .isEqualTo(theirs.sort("name").toJSON().collectAsList());
    assertThat(metadata("ours").getFileMetaData().getSchema())
        .isEqualTo(metadata("theirs").getFileMetaData().getSchema());
    assertThat(metadata("ours").getFileMetaData().getKeyValueMetaData())
        .isEqualTo(metadata("theirs").getFileMetaData().getKeyValueMetaData());
  }

  @Test
  void givenOneRowGroup_whenWritten_thenCountsAndStatisticsAreSparks() throws IOException {
    Dataset<Row> rows = spark.createDataFrame(rows(new Random(7), 200), SCHEMA).coalesce(1);

    write(rows, "parquet", 64 << 20, 1 << 20, "theirs");
    write(rows, OURS, 64 << 20, 1 << 20, "ours");

    List<ColumnChunkMetaData> theirs = onlyGroup("theirs").getColumns();
    List<ColumnChunkMetaData> ours = onlyGroup("ours").getColumns();
    assertThat(ours).hasSameSizeAs(theirs);
    for (int i = 0; i < ours.size(); i++) {
      assertThat(ours.get(i).getPath()).isEqualTo(theirs.get(i).getPath());
      assertThat(ours.get(i).getValueCount()).isEqualTo(theirs.get(i).getValueCount());
      assertThat(ours.get(i).getCodec()).isEqualTo(theirs.get(i).getCodec());
      assertThat(ours.get(i).getStatistics().toString())
          .isEqualTo(theirs.get(i).getStatistics().toString());
    }
  }

  @Test
  void givenSmallRowGroups_whenWritten_thenTheFileHasManyThatHoldAllRows() throws IOException {
    Dataset<Row> rows = spark.createDataFrame(rows(new Random(8), 400), SCHEMA).coalesce(1);

    write(rows, OURS, 100_000, 10_000, "ours");

    List<BlockMetaData> groups = metadata("ours").getBlocks();
    assertThat(groups).hasSizeGreaterThan(2);
    assertThat(groups.stream().mapToLong(BlockMetaData::getRowCount).sum()).isEqualTo(400);
  }

  @Test
  void givenNotANumber_whenWritten_thenItComesBackAndLeavesTheStatistics() throws IOException {
    float[] values = {1, Float.NaN, -0.0f, Float.NEGATIVE_INFINITY, Float.MIN_VALUE};
    float[] none = {Float.NaN};
    StructType schema =
        new StructType()
            .add("n", DataTypes.IntegerType, false)
            .add("v", DataTypes.createArrayType(DataTypes.FloatType, false), false);
    Dataset<Row> rows =
        spark
            .createDataFrame(
                List.of(RowFactory.create(0, values), RowFactory.create(1, none)), schema)
            .coalesce(1);

    write(rows, OURS, 1 << 20, 64, "ours");

    Statistics<?> statistics = onlyGroup("ours").getColumns().get(1).getStatistics();
    assertThat(statistics.genericGetMin()).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(statistics.genericGetMax()).isEqualTo(1f);
    List<Row> read = spark.read().parquet(path("ours")).sort("n").collectAsList();
    assertThat(read.get(0).<Float>getList(1))
        .containsExactly(1f, Float.NaN, -0.0f, Float.NEGATIVE_INFINITY, Float.MIN_VALUE);
    assertThat(read.get(1).<Float>getList(1)).containsExactly(Float.NaN);
    assertThat(spark.read().parquet(path("ours")).where("array_contains(v, float('NaN'))").count())
        .isEqualTo(2);
  }

  private static List<Row> rows(Random random, int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          RowFactory.create(
              "row-%05d".formatted(i),
              floats(random),
              random.nextInt(4) == 0 ? null : new Timestamp(1_700_000_000_000L + i),
              random.nextInt(4) == 0 ? null : floats(random),
              List.of(1f, 2f),
              random.nextLong()));
    }
    return rows;
  }

  private static float[] floats(Random random) {
    float[] values = new float[random.nextInt(5) == 0 ? random.nextInt(2) : random.nextInt(600)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private void write(Dataset<Row> rows, String format, int group, int page, String name) {
    rows.write()
        .mode(SaveMode.ErrorIfExists)
        .format(format)
        .option("compression", "zstd")
        .option("parquet.block.size", group)
        .option("parquet.page.size", page)
        .save(path(name));
  }

  private BlockMetaData onlyGroup(String name) throws IOException {
    List<BlockMetaData> groups = metadata(name).getBlocks();
    assertThat(groups).hasSize(1);
    return groups.get(0);
  }

  private ParquetMetadata metadata(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      Path file =
          files.filter(one -> one.toString().endsWith(".zstd.parquet")).findFirst().orElseThrow();
      try (ParquetFileReader reader =
          ParquetFileReader.open(
              HadoopInputFile.fromPath(
                  new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
        return reader.getFooter();
      }
    }
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
