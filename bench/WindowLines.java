import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.spark.sql.SparkSession;

/**
 * The windows of one channel as lines of JSON, in order of recording and time, for programs without
 * Spark. Started from source by bench/calls, on Spark's jars alone.
 */
public final class WindowLines {
  /**
   * @param arguments folder windows/ of a score run, channel, file to write
   */
  public static void main(String[] arguments) throws Exception {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 8)
            .getOrCreate();
    Iterator<String> lines =
        spark
            .read()
            .parquet(arguments[0])
            .where("channel = " + Integer.parseInt(arguments[1]))
            .select("recording", "start_s", "end_s", "emotion")
            .orderBy("recording", "start_s")
            .toJSON()
            .toLocalIterator();
    try (BufferedWriter out = Files.newBufferedWriter(Path.of(arguments[2]))) {
      while (lines.hasNext()) {
        out.write(lines.next());
        out.newLine();
      }
    }
    spark.stop();
  }
}
