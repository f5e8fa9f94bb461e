package ser.jobs.score.report;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import ser.jobs.config.ReportRules;
import ser.jobs.score.report.WorstCall.Place;
import ser.jobs.score.report.WorstCall.Stretch;
import ser.jobs.tables.CallTable;
import ser.model.Emotion;

/**
 * Sums over the calls of a run, made by Spark: what comes to the driver is as small for a million
 * calls as for ten.
 */
final class CallSums {
  /** Column of a call's path that says when it was, if the path says it. */
  private static final String DATE = "date";

  private static final String MOMENT = "moment";
  private static final String NEGATIVE = "negative";

  /** Pieces that the length of a call is seen in: more than a picture of it has dots. */
  private static final int SLOTS = 400;

  private static final String NUL = "\u0000";

  private final Dataset<Row> calls;
  private final List<Emotion> labels;
  private final List<Hour> hours;

  /**
   * @param calls rows of {@link CallTable}
   * @param labels of the model
   */
  CallSums(Dataset<Row> calls, List<Emotion> labels) {
    this.labels = List.copyOf(labels);
    this.calls = calls.withColumn(MOMENT, moment(calls));
    this.hours = hours();
  }

  /**
   * Calls of the same hour. There are as many as the calendar has, however many calls.
   *
   * @param begin of the hour; nothing where the path's date is none
   */
  private record Hour(Optional<Instant> begin, long withSpeech, double audioS, EmotionMix mix) {}

  /**
   * All calls together.
   *
   * @param withSpeech how many have any
   * @param audioS their length in seconds
   * @param first when the first of them was; that of nothing for no calls
   * @param last when the last of them was
   */
  record Totals(EmotionMix mix, long withSpeech, double audioS, Instant first, Instant last) {}

  /**
   * What a period was like.
   *
   * @param name of the period, {@code 2026-01-05}
   */
  record Period(String name, EmotionMix mix) {}

  /** By the path's date, where there is one; else by when the recording's file was last changed. */
  boolean dated() {
    return Arrays.asList(calls.columns()).contains(DATE);
  }

  Totals totals() {
    List<Instant> begins = hours.stream().flatMap(hour -> hour.begin().stream()).toList();
    return new Totals(
        hours.stream().map(Hour::mix).reduce(EmotionMix.none(labels), EmotionMix::plus),
        hours.stream().mapToLong(Hour::withSpeech).sum(),
        hours.stream().mapToDouble(Hour::audioS).sum(),
        begins.stream().min(Comparator.naturalOrder()).orElse(Instant.EPOCH),
        begins.stream().max(Comparator.naturalOrder()).orElse(Instant.EPOCH));
  }

  /** Periods in the order of time, the last ones; those without a call are left out. */
  List<Period> periods(Grain grain) {
    SortedMap<String, EmotionMix> mixes = new TreeMap<>();
    for (Hour hour : hours) {
      mixes.merge(hour.begin().map(grain::of).orElse("unknown"), hour.mix(), EmotionMix::plus);
    }
    return mixes.entrySet().stream()
        .skip(Math.max(0, mixes.size() - Grain.MOST_PERIODS))
        .map(period -> new Period(period.getKey(), period.getValue()))
        .toList();
  }

  private List<Hour> hours() {
    List<Column> columns = new ArrayList<>(mixColumns());
    columns.add(functions.count_if(functions.col("speech_s").gt(0)));
    columns.add(functions.sum("duration_s"));
    int after = 1 + mixColumns().size();
    return calls
        .groupBy(functions.date_trunc("hour", functions.col(MOMENT)))
        .agg(columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new))
        .collectAsList()
        .stream()
        .map(
            row ->
                new Hour(
                    Optional.ofNullable(row.getTimestamp(0)).map(Timestamp::toInstant),
                    row.getLong(after),
                    number(row, after + 1),
                    mix(row, 1)))
        // Sums of fractions depend on their order, which is that of the tasks else.
        .sorted(Comparator.comparing(hour -> hour.begin().orElse(Instant.MIN)))
        .toList();
  }

  /**
   * Those with the largest shares of speech in negative emotions; of equal ones those with more
   * speech first.
   *
   * @param segments rows of the segments table
   */
  List<WorstCall> worst(ReportRules rules, Dataset<Row> segments) {
    Column negative = functions.lit(0.0);
    for (Emotion emotion : rules.negativeEmotions()) {
      if (labels.contains(emotion)) {
        negative = negative.plus(functions.col(CallTable.share(emotion)));
      }
    }
    List<WorstCall> worst =
        calls
            .where(functions.col("speech_s").geq(rules.leastSpeechS()))
            .withColumn(NEGATIVE, negative)
            .where(functions.col(NEGATIVE).gt(0))
            .orderBy(
                functions.col(NEGATIVE).desc(),
                functions.col("speech_s").desc(),
                functions.col("recording"),
                functions.col("channel"))
            .limit(rules.worstCalls())
            .select("recording", "channel", "duration_s", "speech_s", NEGATIVE)
            .collectAsList()
            .stream()
            .map(
                row ->
                    new WorstCall(
                        new Place(row.getString(0), row.getInt(1)),
                        row.getDouble(2),
                        row.getDouble(3),
                        row.getDouble(4),
                        List.of()))
            .toList();
    if (worst.isEmpty()) {
      return worst;
    }
    Map<Place, List<Stretch>> stretches = stretches(worst, segments);
    return worst.stream()
        .map(call -> call.with(stretches.getOrDefault(call.place(), List.of())))
        .toList();
  }

  /** Segments that begin in the same slot of a call are one: a picture could not part them. */
  private static Map<Place, List<Stretch>> stretches(List<WorstCall> worst, Dataset<Row> segments) {
    Column key = functions.concat_ws(NUL, functions.col("channel"), functions.col("recording"));
    Column[] keys =
        worst.stream().map(call -> functions.lit(keyOf(call.place()))).toArray(Column[]::new);
    Column[] slotsS =
        worst.stream().map(call -> functions.lit(call.durationS() / SLOTS)).toArray(Column[]::new);
    Column slotS =
        functions.element_at(
            functions.map_from_arrays(functions.array(keys), functions.array(slotsS)), key);
    return segments
        .where(key.isin(worst.stream().map(call -> keyOf(call.place())).toArray()))
        .groupBy(
            functions.col("recording"),
            functions.col("channel"),
            functions.col("emotion"),
            functions.floor(functions.col("start_s").divide(slotS)))
        .agg(functions.min("start_s"), functions.max("end_s"))
        .collectAsList()
        .stream()
        .sorted(Comparator.comparingDouble(row -> row.getDouble(4)))
        .collect(
            Collectors.groupingBy(
                row -> new Place(row.getString(0), row.getInt(1)),
                Collectors.mapping(
                    row ->
                        new Stretch(
                            Emotion.ofLabel(row.getString(2)), row.getDouble(4), row.getDouble(5)),
                    Collectors.toList())));
  }

  private static String keyOf(Place place) {
    return place.channel() + NUL + place.recording();
  }

  /** Calls, seconds of speech, of those without an emotion, and of each emotion. */
  private List<Column> mixColumns() {
    List<Column> columns = new ArrayList<>();
    columns.add(functions.count(functions.lit(1)));
    columns.add(functions.sum("speech_s"));
    columns.add(seconds("abstained_share"));
    labels.forEach(label -> columns.add(seconds(CallTable.share(label))));
    return columns;
  }

  private static Column seconds(String share) {
    return functions.sum(functions.col("speech_s").multiply(functions.col(share)));
  }

  /**
   * @param at where the columns of {@link #mixColumns} begin
   */
  private EmotionMix mix(Row row, int at) {
    double speechS = number(row, at + 1);
    Map<Emotion, Double> shares = new EnumMap<>(Emotion.class);
    for (int i = 0; i < labels.size(); i++) {
      shares.put(labels.get(i), share(number(row, at + 3 + i), speechS));
    }
    return new EmotionMix(row.getLong(at), speechS, shares, share(number(row, at + 2), speechS));
  }

  private static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  /** 0 of no rows, or of calls without speech alone. */
  private static double number(Row row, int at) {
    return row.isNullAt(at) ? 0 : row.getDouble(at);
  }

  private static Column moment(Dataset<Row> calls) {
    return Arrays.asList(calls.columns()).contains(DATE)
        ? functions.to_timestamp(functions.to_date(functions.col(DATE).cast("string")))
        : functions.col("source_modified");
  }
}
