package ser.serve.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import ser.model.file.ModelFile;
import ser.model.split.RecordingSplit;

/** What a model is known to be bad at, from what its file says. One sentence each. */
final class Weaknesses {
  /** Corpora of actors in a studio. */
  private static final Set<String> ACTED = Set.of("ravdess", "tess", "emodb", "cremad", "savee");

  private final JsonNode test;
  private final List<String> sentences = new ArrayList<>();

  private Weaknesses(JsonNode test) {
    this.test = test;
  }

  static List<String> of(ModelFile model) {
    return of(
        model.provenance().data().licences().keySet(),
        model.input().bySpeaker(),
        model.provenance().split() instanceof RecordingSplit,
        model.provenance().metrics().path("test"));
  }

  /**
   * @param corpora that it was trained on
   * @param bySpeaker whether it is normalised by speaker
   * @param voicesKnown whether the voices of its test were in its training
   * @param test of its report, missing if it was not tested
   */
  static List<String> of(
      Set<String> corpora, boolean bySpeaker, boolean voicesKnown, JsonNode test) {
    Weaknesses weaknesses = new Weaknesses(test);
    weaknesses.addTraining(corpora);
    if (bySpeaker) {
      weaknesses.add(
          "It compares a voice with itself: it is better on a recording of some length with one speaker in several moods than on a single sentence.");
    }
    if (voicesKnown) {
      weaknesses.add(
          "It was tested on voices that it had heard in training: its figures say nothing about new ones.");
    }
    if (test.isMissingNode()) {
      weaknesses.add("It was not tested: nobody knows how often it is right.");
    }
    weaknesses.addConfusion();
    weaknesses.addSpread();
    return List.copyOf(weaknesses.sentences);
  }

  private void addTraining(Set<String> corpora) {
    if (corpora.isEmpty()) {
      add("The file does not say which recordings it was trained on: trust no answer of it.");
    } else if (ACTED.containsAll(corpora)) {
      add(
          "It was trained on actors in a studio (%s). People on the telephone, in noise or with feelings of their own sound different, and it has heard none of them.",
          String.join(", ", new TreeSet<>(corpora)));
    }
  }

  private void addConfusion() {
    JsonNode rows = test.path("confusion");
    JsonNode labels = test.path("labels");
    int worst = -1;
    double leastRecall = 2;
    int actual = -1;
    int predicted = -1;
    double mostConfused = 0;
    for (int i = 0; i < rows.size(); i++) {
      double all = 0;
      for (JsonNode count : rows.get(i)) {
        all += count.asDouble();
      }
      if (all == 0) {
        add("There was no %s recording in its test.", labels.path(i).asText());
        continue;
      }
      if (rows.get(i).path(i).asDouble() / all < leastRecall) {
        leastRecall = rows.get(i).path(i).asDouble() / all;
        worst = i;
      }
      for (int j = 0; j < rows.get(i).size(); j++) {
        if (j != i && rows.get(i).get(j).asDouble() / all > mostConfused) {
          mostConfused = rows.get(i).get(j).asDouble() / all;
          actual = i;
          predicted = j;
        }
      }
    }
    if (worst >= 0) {
      add(
          "It is worst at %s: it finds %.0f%% of such recordings.",
          labels.path(worst).asText(), 100 * leastRecall);
    }
    if (actual >= 0) {
      add(
          "It most often takes %s for %s: %.0f%% of such recordings.",
          labels.path(actual).asText(), labels.path(predicted).asText(), 100 * mostConfused);
    }
  }

  private void addSpread() {
    double least = 2;
    double most = -1;
    for (JsonNode speaker : test.path("by_speaker")) {
      least = Math.min(least, speaker.path("accuracy").asDouble());
      most = Math.max(most, speaker.path("accuracy").asDouble());
    }
    if (test.path("by_speaker").size() > 1) {
      add(
          "It depends on who speaks: of the test speakers it had %.0f%% right of one and %.0f%% of another.",
          100 * least, 100 * most);
    }
  }

  private void add(String sentence, Object... values) {
    sentences.add(String.format(Locale.ROOT, sentence, values));
  }
}
