package ser.bench.calls;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import ser.model.Emotion;

/**
 * What is said in the calls of an archive: its {@code truth.csv}.
 *
 * @param speech of one channel, by call, in the order of the file
 */
public record Truth(SortedMap<String, List<Speech>> speech) {
  /** Of the file: its first line, with commas between them. */
  public static final List<String> COLUMNS =
      List.of("call", "channel", "start_s", "end_s", "emotion", "corpus", "speaker", "clip");

  /**
   * Somebody speaking.
   *
   * @param startS seconds from the call's begin
   * @param endS at least the start
   */
  public record Speech(double startS, double endS, Emotion emotion) {
    public Speech {
      if (!(startS >= 0 && endS >= startS)) {
        throw new IllegalArgumentException(
            "speech from %s to %s s must not begin before 0 nor end before it begins"
                .formatted(startS, endS));
      }
    }
  }

  public Truth {
    SortedMap<String, List<Speech>> copy = new TreeMap<>();
    speech.forEach((call, list) -> copy.put(call, List.copyOf(list)));
    speech = Collections.unmodifiableSortedMap(copy);
  }

  /**
   * @param channel whose speech counts
   * @throws IllegalArgumentException naming file, line and what is wrong with it
   */
  public static Truth read(Path file, int channel) throws IOException {
    SortedMap<String, List<Speech>> speech = new TreeMap<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      String first = lines.readLine();
      List<String> header = first == null ? List.of() : Csv.fields(first);
      if (!header.containsAll(COLUMNS.subList(0, 5))) {
        throw new IllegalArgumentException(
            "%s has the columns %s and needs %s".formatted(file, header, COLUMNS.subList(0, 5)));
      }
      int number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        try {
          Map<String, String> row = row(header, line);
          if (Integer.parseInt(row.get("channel")) == channel) {
            speech
                .computeIfAbsent(row.get("call"), call -> new ArrayList<>())
                .add(
                    new Speech(
                        Double.parseDouble(row.get("start_s")),
                        Double.parseDouble(row.get("end_s")),
                        Emotion.ofLabel(row.get("emotion"))));
          }
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "%s, line %d: %s".formatted(file, number, e.getMessage()), e);
        }
      }
    }
    return new Truth(speech);
  }

  private static Map<String, String> row(List<String> header, String line) {
    List<String> fields = Csv.fields(line);
    if (fields.size() != header.size()) {
      throw new IllegalArgumentException(
          "%d fields, and the header has %d".formatted(fields.size(), header.size()));
    }
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      row.put(header.get(i), fields.get(i));
    }
    return row;
  }
}
