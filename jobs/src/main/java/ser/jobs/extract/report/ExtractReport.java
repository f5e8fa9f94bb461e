package ser.jobs.extract.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.config.ExtractConfig;
import ser.jobs.extract.report.FeatureCounts.Speaker;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.storage.RunOutput;
import ser.jobs.storage.Storage;
import ser.jobs.tables.FeatureTable;
import ser.jobs.tables.QuarantineTable;
import ser.jobs.tables.TableFiles;
import ser.model.Emotion;
import ser.report.markup.Markup;
import ser.report.page.Grid;
import ser.report.page.Page;
import ser.report.page.Section;
import ser.report.page.Tiles;
import ser.report.page.Tiles.Tile;
import ser.report.text.Numbers;

/** {@code OUTPUT/report.html}: what the tables of an output hold, for people. */
public final class ExtractReport {
  private static final Logger LOG = LoggerFactory.getLogger(ExtractReport.class);

  private ExtractReport() {}

  /**
   * Writes the page, which replaces the one before it as a whole. To be called when the tables are
   * written and before the run's record is.
   *
   * @param outcome what is said of this run alone
   */
  public static void write(
      JobContext context, ExtractConfig config, RunOutput output, JobOutcome outcome) {
    context.describe("Write the report");
    Dataset<Row> features =
        TableFiles.read(
            context.spark(), output.after(FeatureTable.NAME), FeatureTable.schema(config.spec()));
    FeatureCounts counts = FeatureCounts.of(features);
    QuarantineCounts quarantine =
        QuarantineCounts.of(
            TableFiles.read(
                context.spark(), output.after(QuarantineTable.NAME), QuarantineTable.SCHEMA));
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("Overview", overview(counts, quarantine, outcome)));
    sections.addAll(new CorpusCharts(counts).sections());
    sections.add(QuarantineSection.of(quarantine, counts.recordings()));
    examples(context.storage(), config, features, counts).ifPresent(sections::add);
    sections.add(RunSection.of(context, config, output.runId(), output.started()));
    Page page =
        new Page(
            "ser extract",
            "Features of " + Numbers.of(counts.recordings(), "recording", "recordings"),
            inWords(counts, quarantine),
            sections);
    LOG.info("The report is {}", output.publish(RunOutput.REPORT, page.toBytes()));
  }

  private static String inWords(FeatureCounts counts, QuarantineCounts quarantine) {
    long all = counts.recordings() + quarantine.recordings();
    return "%s in all: %s gave features, %s of audio; %s in quarantine."
        .formatted(
            Numbers.of(all, "recording", "recordings"),
            Numbers.count(counts.recordings()),
            Numbers.duration(counts.seconds()),
            Numbers.count(quarantine.recordings()));
  }

  private static Markup overview(
      FeatureCounts counts, QuarantineCounts quarantine, JobOutcome outcome) {
    long all = counts.recordings() + quarantine.recordings();
    long augmented = counts.rows() - counts.recordings();
    Object readInPart = outcome.facts().getOrDefault("read_in_part", 0);
    List<Tile> tiles = new ArrayList<>();
    tiles.add(new Tile("Recordings", Numbers.count(counts.recordings()), "with features"));
    if (augmented > 0) {
      String remark = "%s of them augmented".formatted(Numbers.count(augmented));
      tiles.add(new Tile("Rows", Numbers.count(counts.rows()), remark));
    }
    tiles.add(new Tile("Audio", Numbers.duration(counts.seconds()), ""));
    tiles.add(new Tile("Emotions", Numbers.count(counts.emotions().size()), ""));
    tiles.add(speakers(counts));
    tiles.add(
        new Tile(
            "In quarantine",
            Numbers.count(quarantine.recordings()),
            Numbers.share(quarantine.recordings(), all) + " of all"));
    tiles.add(
        new Tile(
            "Read in part",
            Numbers.count(((Number) readInPart).longValue()),
            "by this run: they break off in their middle"));
    return new Tiles(tiles);
  }

  private static Tile speakers(FeatureCounts counts) {
    if (counts.moreSpeakers()) {
      return new Tile("Speakers", "> " + Numbers.count(FeatureCounts.MOST_SPEAKERS), "");
    }
    String byGender =
        counts.speakers().values().stream()
            .collect(Collectors.groupingBy(Speaker::gender, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(gender -> Numbers.count(gender.getValue()) + " " + gender.getKey())
            .collect(Collectors.joining(", "));
    return new Tile("Speakers", Numbers.count(counts.speakers().size()), byGender);
  }

  private static Optional<Section> examples(
      Storage storage, ExtractConfig config, Dataset<Row> features, FeatureCounts counts) {
    List<String> first =
        counts.emotions().values().stream().map(FeatureCounts.Emotion::first).toList();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    ExampleCard cards = new ExampleCard(config.spec());
    List<Markup> shown =
        Example.read(features, first).stream()
            .sorted(Comparator.comparing(example -> Emotion.ofLabel(example.emotion())))
            .map(
                example ->
                    cards.of(
                        example,
                        Envelope.of(
                            storage, config.recordings().reader(), config.inputs(), example)))
            .toList();
    return Optional.of(Section.of("One example per emotion", new Grid(shown)));
  }
}
