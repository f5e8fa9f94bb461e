package ser.jobs.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import ser.jobs.storage.Storage;

/**
 * What a job works with.
 *
 * @param spark the session, with the settings that the jobs need
 * @param storage files and objects, through Hadoop
 * @param configuration the whole configuration as JSON, for provenance
 * @param dryRun whether to say what would be done instead of doing it
 */
public record JobContext(
    SparkSession spark, Storage storage, String configuration, boolean dryRun) {

  /** The groups of the configuration that a job reads, laid out for eyes. */
  public String configurationOf(String... groups) {
    try {
      ObjectNode all = (ObjectNode) new ObjectMapper().readTree(configuration);
      return all.retain(groups).toPrettyString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the configuration in use is no JSON: " + configuration, e);
    }
  }

  public JavaSparkContext javaSpark() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  /** Names the Spark jobs that follow, on the terminal and in Spark's own pages. */
  public void describe(String description) {
    spark.sparkContext().setJobDescription(description);
  }

  /** Tasks that run at once. */
  public int slots() {
    SparkContext context = spark.sparkContext();
    // Cores, or what a site has set for its shuffles, which says nothing of tasks at once.
    int cores = context.defaultParallelism();
    int together =
        context.conf().contains("spark.default.parallelism")
            ? context.maxNumConcurrentTasks(
                context.resourceProfileManager().defaultResourceProfile())
            : 0;
    return together > 0
        ? together
        : Math.max(1, cores / context.conf().getInt("spark.task.cpus", 1));
  }
}
