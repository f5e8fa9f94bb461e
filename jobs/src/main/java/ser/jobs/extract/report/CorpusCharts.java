package ser.jobs.extract.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ser.jobs.extract.report.FeatureCounts.Speaker;
import ser.model.Emotion;
import ser.report.chart.BarChart;
import ser.report.chart.BarChart.Bar;
import ser.report.chart.Colour;
import ser.report.chart.DistributionChart;
import ser.report.chart.DistributionChart.Group;
import ser.report.markup.Markup;
import ser.report.page.Figure;
import ser.report.page.Grid;
import ser.report.page.Section;
import ser.report.page.Stack;
import ser.report.page.Table;
import ser.report.page.Table.Column;
import ser.report.text.Numbers;

/** What stands in a features table: emotions, durations, speakers, corpora, rates and variants. */
final class CorpusCharts {
  /** Speakers that a chart has room for. */
  private static final int MOST_BARS = 40;

  private static final int BINS = 36;
  private static final double SHORTEST_AXIS_S = 0.1;

  /** One recording of ten minutes must not press all others into the first bin. */
  private static final double SHOWN = 0.99;

  private final FeatureCounts counts;
  private final List<String> genders;
  private final Map<String, FeatureCounts.Emotion> emotions = new LinkedHashMap<>();

  CorpusCharts(FeatureCounts counts) {
    this.counts = counts;
    genders = List.copyOf(counts.genders().keySet());
    Stream.of(Emotion.values())
        .map(Emotion::label)
        .filter(counts.emotions()::containsKey)
        .forEach(label -> emotions.put(label, counts.emotions().get(label)));
  }

  /** Two sections, or none where there is no recording to count. */
  List<Section> sections() {
    if (counts.recordings() == 0) {
      return List.of();
    }
    List<Markup> sources = new ArrayList<>();
    sources.add(recordingsPerGender());
    sources.add(bars("Corpora", "Recordings of each.", sorted(counts.corpora(), name -> name)));
    sources.add(bars("Sample rates", "Of the recordings themselves.", rates()));
    if (counts.variants().size() > 1) {
      sources.add(
          bars(
              "Variants",
              "Rows of each. Augmented copies are for training only, and stand in no other chart of this page.",
              sorted(counts.variants(), name -> name)));
    }
    return List.of(
        Section.of("Emotions", new Grid(List.of(recordingsPerEmotion(), durations()))),
        Section.of(
            "Speakers and sources",
            new Grid(
                counts.moreSpeakers()
                    ? sources
                    : List.of(recordingsPerSpeaker(), new Stack(sources)))));
  }

  private Markup recordingsPerEmotion() {
    Map<String, Long> recordings = new LinkedHashMap<>();
    emotions.forEach((label, emotion) -> recordings.put(label, emotion.lengths().recordings()));
    return Figure.withNumbers(
        "Recordings per emotion",
        balance(recordings),
        BarChart.of("Recordings per emotion: " + listed(recordings), inTheirColours(recordings)),
        new Table(
            "Recordings per emotion",
            List.of(
                Column.text("Emotion"),
                Column.number("Recordings"),
                Column.number("Share"),
                Column.number("Audio")),
            recordings.entrySet().stream()
                .map(
                    entry ->
                        row(
                            entry.getKey(),
                            Numbers.count(entry.getValue()),
                            Numbers.share(entry.getValue(), counts.recordings()),
                            Numbers.duration(emotions.get(entry.getKey()).seconds())))
                .toList()));
  }

  private static String balance(Map<String, Long> recordings) {
    long most = recordings.values().stream().max(Comparator.naturalOrder()).orElseThrow();
    long fewest = recordings.values().stream().min(Comparator.naturalOrder()).orElseThrow();
    return most == fewest
        ? "All emotions have as many."
        : String.format(
            Locale.ROOT,
            "The most frequent has %.1f times as many as the rarest.",
            (double) most / fewest);
  }

  private Markup durations() {
    double from =
        emotions.values().stream().mapToDouble(e -> e.lengths().shortest()).min().orElseThrow();
    double most =
        emotions.values().stream()
            .mapToDouble(e -> e.lengths().quantile(SHOWN))
            .max()
            .orElseThrow();
    double to = Math.max(most, from + SHORTEST_AXIS_S);
    List<Group> groups =
        emotions.entrySet().stream()
            .map(
                entry ->
                    new Group(
                        entry.getKey(),
                        Colour.ofEmotion(entry.getKey()),
                        entry.getValue().lengths().histogram(from, to, BINS),
                        entry.getValue().lengths().quantile(0.5)))
            .toList();
    return Figure.withNumbers(
        "Duration per emotion",
        "Each histogram is as high as its own fullest bin; line and number are the median. The last bin also holds the longest one in a hundred.",
        new DistributionChart(
            "Distribution of durations per emotion, with medians", "seconds", from, to, groups),
        new Table(
            "Duration per emotion, in seconds",
            List.of(
                Column.text("Emotion"),
                Column.number("Shortest"),
                Column.number("Median"),
                Column.number("Longest")),
            emotions.entrySet().stream()
                .map(entry -> durationsOf(entry.getKey(), entry.getValue().lengths()))
                .toList()));
  }

  private static List<Markup> durationsOf(String emotion, Lengths lengths) {
    return row(
        emotion,
        Numbers.decimal(lengths.shortest(), 2),
        Numbers.decimal(lengths.quantile(0.5), 2),
        Numbers.decimal(lengths.longest(), 2));
  }

  private Markup recordingsPerSpeaker() {
    Map<String, Long> recordings = new LinkedHashMap<>();
    counts.speakers().entrySet().stream()
        .sorted(
            Comparator.comparing(
                    (Map.Entry<String, Speaker> speaker) -> speaker.getValue().recordings())
                .reversed())
        .limit(MOST_BARS)
        .sorted(Map.Entry.comparingByKey())
        .forEach(speaker -> recordings.put(speaker.getKey(), speaker.getValue().recordings()));
    int all = counts.speakers().size();
    return Figure.withNumbers(
        "Recordings per speaker",
        all > recordings.size()
            ? "The %d with the most recordings, of %s."
                .formatted(recordings.size(), Numbers.count(all))
            : "All speakers, coloured by gender.",
        new BarChart(
            "Recordings per speaker: " + listed(recordings),
            genders,
            recordings.entrySet().stream()
                .map(e -> barOf(e.getKey(), genderOf(e.getKey()), e.getValue()))
                .toList()),
        new Table(
            "Recordings per speaker",
            List.of(Column.text("Speaker"), Column.text("Gender"), Column.number("Recordings")),
            recordings.entrySet().stream()
                .map(e -> row(e.getKey(), genderOf(e.getKey()), Numbers.count(e.getValue())))
                .toList()));
  }

  private String genderOf(String speaker) {
    return counts.speakers().get(speaker).gender();
  }

  private Markup recordingsPerGender() {
    return Figure.withNumbers(
        "Recordings per gender",
        "As the corpus states it.",
        new BarChart(
            "Recordings per gender: " + listed(counts.genders()),
            genders,
            counts.genders().entrySet().stream()
                .map(e -> barOf(e.getKey(), e.getKey(), e.getValue()))
                .toList()),
        table("Recordings per gender", counts.genders()));
  }

  /** In the colour of a gender. */
  private Bar barOf(String name, String gender, long recordings) {
    return new Bar(name, genders.stream().map(g -> g.equals(gender) ? recordings : 0.0).toList());
  }

  private Map<String, Long> rates() {
    return sorted(counts.rates(), rate -> Numbers.count(rate) + " Hz");
  }

  private static Markup bars(String title, String remark, Map<String, Long> counts) {
    return Figure.withNumbers(
        title,
        remark,
        BarChart.of(title + ": " + listed(counts), barsOf(counts)),
        table(title, counts));
  }

  private static Table table(String title, Map<String, Long> counts) {
    return new Table(
        title,
        List.of(Column.text("Of"), Column.number("Count")),
        counts.entrySet().stream().map(e -> row(e.getKey(), Numbers.count(e.getValue()))).toList());
  }

  /** The greatest first. */
  private static <K extends Comparable<K>> Map<String, Long> sorted(
      Map<K, Long> counts, Function<K, String> name) {
    Map<String, Long> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<K, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_BARS)
        .forEach(entry -> sorted.put(name.apply(entry.getKey()), entry.getValue()));
    return sorted;
  }

  private static List<Bar> barsOf(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> new Bar(count.getKey(), List.of((double) count.getValue())))
        .toList();
  }

  private static List<Bar> inTheirColours(Map<String, Long> emotions) {
    return emotions.entrySet().stream()
        .map(count -> new Bar(count.getKey(), count.getValue(), Colour.ofEmotion(count.getKey())))
        .toList();
  }

  private static String listed(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getKey() + " " + Numbers.count(count.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static List<Markup> row(String... cells) {
    return Stream.of(cells).map(Markup::text).toList();
  }
}
