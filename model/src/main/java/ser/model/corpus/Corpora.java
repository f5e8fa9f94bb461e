package ser.model.corpus;

import java.util.List;
import java.util.stream.Collectors;

/** The corpora whose naming conventions are known. */
public final class Corpora {
  private static final List<CorpusNames> KNOWN =
      List.of(new CremaD(), new EmoDb(), new Ravdess(), new Savee(), new Synthetic(), new Tess());

  private Corpora() {}

  /**
   * In alphabetical order, which is the one in which they are tried where the corpus is not named.
   * No name is of two of them.
   */
  public static List<String> names() {
    return KNOWN.stream().map(CorpusNames::name).toList();
  }

  /**
   * @throws IllegalArgumentException naming the corpora that are known, if there is none of that
   *     name
   */
  public static CorpusNames named(String name) {
    return KNOWN.stream()
        .filter(corpus -> corpus.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No corpus is called '%s'; there are %s"
                        .formatted(name, names().stream().collect(Collectors.joining(", ")))));
  }
}
