package ser.jobs.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import ser.jobs.error.UserError;
import ser.jobs.storage.EarlierRuns;
import ser.jobs.storage.RunOutput;
import ser.jobs.storage.Storage;

/**
 * The inputs that the recordings of an output have come from. A recording is called after its path
 * under one of them, so that {@code call-1.wav} of one day's folder and that of the next have one
 * name: the second must not take the first one's place.
 *
 * @param before of earlier runs, with scheme and store
 * @param now of this run, likewise
 */
public record KnownInputs(Set<String> before, Set<String> now) {
  /** One store has several: s3 and s3a. */
  private static final String SCHEME = "^[A-Za-z][A-Za-z0-9+.-]*:(//)?";

  public KnownInputs {
    before = Set.copyOf(before);
    now = Set.copyOf(now);
  }

  /**
   * @param inputs of this run, as they were given
   */
  public static KnownInputs of(Storage storage, EarlierRuns earlier, List<String> inputs) {
    Set<String> before = new TreeSet<>();
    earlier
        .saidBefore(RunOutput.INPUTS)
        .ifPresent(there -> there.forEach(input -> before.add(input.asText())));
    Set<String> now = new TreeSet<>();
    inputs.forEach(input -> now.add(storage.qualified(input).replaceAll("/+$", "")));
    return new KnownInputs(before, now);
  }

  /**
   * Lets a run replace rows of recordings that stand where they stood.
   *
   * @param output for the message
   * @throws UserError naming one that stands elsewhere, where earlier runs have said what their
   *     inputs were
   */
  public void requireSamePlaces(PendingRecordings pending, String output) {
    if (before.isEmpty() || before.containsAll(now) || pending.storedCount() == 0) {
      return;
    }
    Column root = functions.expr("substring(place, 1, length(place) - length(recording) - 1)");
    Object[] places = before.stream().map(input -> input.replaceFirst(SCHEME, "")).toArray();
    List<Row> moved =
        pending
            .rows()
            .where(functions.col(PendingRecordings.STORED))
            .withColumn("place", functions.regexp_replace(functions.col("uri"), SCHEME, ""))
            .where(functions.not(root.isin(places).or(functions.col("place").isin(places))))
            .orderBy("recording")
            .limit(1)
            .collectAsList();
    if (!moved.isEmpty()) {
      Row first = moved.get(0);
      throw new UserError(
          "Cannot add %s to %s: a recording of another input is called '%s' there, and its rows would be lost. Give the common parent of the inputs as --input, or another --output; if the recordings were moved, remove the old rows with 'ser forget' first."
              .formatted(first.<String>getAs("uri"), output, first.<String>getAs("recording")));
    }
  }

  /** All of them, for the run's record. */
  public JsonNode toJson() {
    Set<String> all = new TreeSet<>(before);
    all.addAll(now);
    ArrayNode json = new ObjectMapper().createArrayNode();
    all.forEach(json::add);
    return json;
  }
}
