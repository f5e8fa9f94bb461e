package ser.jobs.config;

import com.typesafe.config.Config;
import java.util.List;
import java.util.stream.Stream;
import ser.jobs.error.UserError;
import ser.model.corpus.Corpora;
import ser.model.corpus.CorpusNames;
import ser.model.corpus.Folders;
import ser.model.corpus.Manifest;

/**
 * Where labels come from: names, or a manifest.
 *
 * @param corpora names of corpora, or auto, folders, manifest
 * @param manifest CSV or Parquet file with a row per recording; empty for labels by name
 * @param folders how folders are read, if the corpora name them
 */
public record LabelSource(List<String> corpora, String manifest, Folders folders) {
  private static final String AUTO = "auto";

  /**
   * @throws UserError if there is no such corpus, or corpora and manifest do not go together
   */
  public LabelSource {
    corpora = List.copyOf(corpora);
    boolean named = corpora.equals(List.of(Manifest.NAME));
    if (named && manifest.isEmpty()) {
      throw new UserError(
          "Cannot use --corpus manifest: no manifest is given. Give --manifest FILE (ser.extract.manifest), a CSV or Parquet file with the columns %s."
              .formatted(String.join(", ", Manifest.REQUIRED)));
    }
    if (!manifest.isEmpty() && !named && !corpora.equals(List.of(AUTO))) {
      throw new UserError(
          "Cannot use --corpus %s with --manifest %s: with a manifest names say nothing. Leave out one of them."
              .formatted(String.join(",", corpora), manifest));
    }
    if (manifest.isEmpty()) {
      conventions(corpora, folders);
    }
  }

  static LabelSource from(Config config, String group) {
    Settings settings = new Settings(config, group);
    return new LabelSource(
        settings.requiredList("corpus", "--corpus"),
        settings.text("manifest").strip(),
        settings.checked(() -> new Folders(settings.text("speaker-pattern")), "speaker-pattern"));
  }

  /** The conventions of names, in the order in which they are tried; of no use with a manifest. */
  public List<CorpusNames> conventions() {
    return conventions(corpora, folders);
  }

  /** One line for people. */
  public String description() {
    return manifest.isEmpty() ? String.join(", ", corpora) : "manifest " + manifest;
  }

  private static List<CorpusNames> conventions(List<String> corpora, Folders folders) {
    if (corpora.equals(List.of(AUTO))) {
      return Corpora.names().stream().map(Corpora::named).toList();
    }
    return corpora.stream().distinct().map(name -> corpus(name, folders)).toList();
  }

  private static CorpusNames corpus(String name, Folders folders) {
    if (name.equals(Folders.NAME)) {
      return folders;
    }
    try {
      return Corpora.named(name);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "Cannot use --corpus %s: '%s' is none of %s. Name one or several of them, or, alone, auto (tries each but folders) or manifest."
              .formatted(
                  name,
                  name,
                  String.join(
                      ", ",
                      Stream.concat(Corpora.names().stream(), Stream.of(Folders.NAME)).toList())),
          e);
    }
  }
}
