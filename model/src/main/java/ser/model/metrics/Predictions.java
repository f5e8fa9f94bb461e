package ser.model.metrics;

import static ser.model.Require.require;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ser.model.Emotion;
import ser.model.output.ScoreNormalisation;

/**
 * What a network makes of the recordings that it is judged by: a few numbers for each, so a driver
 * can hold them where it could not hold the features.
 *
 * @param labels in the order of the network's outputs
 * @param all sorted by speaker and recording, in whatever order they were given: nothing that is
 *     computed from them depends on partitions
 */
public record Predictions(List<Emotion> labels, List<Prediction> all) {
  private static final Comparator<Prediction> ORDER =
      Comparator.comparing((Prediction prediction) -> prediction.subject().speaker())
          .thenComparing(prediction -> prediction.subject().recording())
          .thenComparing(prediction -> prediction.actual());

  /**
   * @throws IllegalArgumentException if a prediction has other labels, or is about an emotion that
   *     is no label
   */
  public Predictions {
    labels = List.copyOf(labels);
    for (Prediction prediction : all) {
      require(
          prediction.labels() == labels.size() && labels.contains(prediction.actual()),
          "%s does not belong to the labels %s",
          prediction,
          labels);
    }
    all = all.stream().sorted(ORDER).toList();
  }

  public int size() {
    return all.size();
  }

  /** Those that fulfil a condition. */
  public Predictions where(Predicate<Prediction> condition) {
    return new Predictions(labels, all.stream().filter(condition).toList());
  }

  /** With those of another test, such as the next fold's. */
  public Predictions and(Predictions others) {
    require(
        labels.equals(others.labels),
        "predictions of the labels %s and %s cannot be put together",
        labels,
        others.labels);
    return new Predictions(labels, Stream.concat(all.stream(), others.all.stream()).toList());
  }

  /**
   * What is left of them once each speaker's probabilities are normalised together.
   *
   * @param speechS how much of a speaker was heard, in seconds
   */
  public Predictions normalised(ScoreNormalisation scores, ToDoubleFunction<String> speechS) {
    List<Prediction> normalised = new ArrayList<>(all.size());
    by(Subject::speaker)
        .forEach(
            (speaker, his) -> {
              Iterator<float[]> probabilities =
                  scores
                      .of(
                          his.all.stream().map(Prediction::probabilities).toList(),
                          speechS.applyAsDouble(speaker))
                      .iterator();
              his.all.forEach(
                  one ->
                      normalised.add(
                          new Prediction(one.subject(), one.actual(), probabilities.next())));
            });
    return new Predictions(labels, normalised);
  }

  /** By whatever a recording belongs to, in alphabetical order. */
  public SortedMap<String, Predictions> by(Function<Subject, String> group) {
    SortedMap<String, Predictions> groups = new TreeMap<>();
    all.stream()
        .collect(Collectors.groupingBy(prediction -> group.apply(prediction.subject())))
        .forEach((name, members) -> groups.put(name, new Predictions(labels, members)));
    return groups;
  }

  /** Actual against most probable emotions. */
  public ConfusionMatrix confusion() {
    ConfusionMatrix confusion = new ConfusionMatrix(labels);
    all.forEach(prediction -> confusion.add(prediction.actual(), predicted(prediction)));
    return confusion;
  }

  Emotion predicted(Prediction prediction) {
    return labels.get(prediction.predicted());
  }

  boolean correct(Prediction prediction) {
    return predicted(prediction) == prediction.actual();
  }

  /** What the network gives to the emotion that the recording is of. */
  float probabilityOfTruth(Prediction prediction) {
    return prediction.probabilityOf(labels.indexOf(prediction.actual()));
  }
}
