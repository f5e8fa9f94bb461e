import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A features table of noise with all columns of a real one (docs/tables.md), as many rows as asked
 * for, made by Spark's tasks: 130 frames a row, 40 speakers, 4 emotions. Started from source by
 * bench/table.sh, on Spark's jars alone.
 */
public final class SyntheticTable {
  private static final int FRAMES = 130;

  private SyntheticTable() {}

  /**
   * @param arguments folder of the table, number of rows, the feature's column, its values a frame
   */
  public static void main(String[] arguments) throws Exception {
    Path table = Path.of(arguments[0]);
    String feature = arguments[2];
    int height = Integer.parseInt(arguments[3]);
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.parquet.compression.codec", "zstd")
            .getOrCreate();
    spark
        .range(0, Long.parseLong(arguments[1]), 1, 8)
        .selectExpr(
            "concat('row-', id) AS recording",
            "'synthetic' AS corpus",
            "concat('synthetic-', id % 40) AS speaker",
            "if(id % 2 = 0, 'female', 'male') AS gender",
            "element_at(array('neutral', 'happy', 'sad', 'angry'), cast(pmod(hash(id), 4) AS int) + 1)"
                + " AS emotion",
            "'' AS source_label",
            "'' AS statement",
            "'' AS intensity",
            "'unknown' AS licence",
            "'original' AS variant",
            "'' AS variant_detail",
            "sha2(cast(id AS string), 256) AS audio_sha256",
            "22050 AS source_sample_rate_hz",
            "132344L AS source_bytes",
            "timestamp_seconds(0) AS source_modified",
            "3.0D AS duration_s",
            FRAMES + " AS frames",
            "transform(sequence(1, %d), i -> cast(hash(id, i) / 1e9 AS float)) AS %s"
                .formatted(height * FRAMES, feature))
        .write()
        .mode("overwrite")
        .parquet(table.toString());
    spark.stop();
    Files.writeString(
        table.resolve("_feature_spec.json"),
        """
        {"schema_version": 1, "sample_rate_hz": 22050, "n_fft": 2048, "window_length": 2048,
         "hop_length": 512, "window": "hann", "center": true, "mel_bands": 128, "f_min_hz": 0.0,
         "f_max_hz": null, "mel_scale": "slaney", "mel_norm": "slaney", "power": 2.0,
         "top_db": 80.0, "mfcc_coefficients": 13, "features": ["%s"]}
        """
            .formatted(feature));
  }
}
