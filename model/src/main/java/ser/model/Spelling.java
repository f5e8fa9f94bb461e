package ser.model;

import java.text.Normalizer;
import java.util.Locale;

/** When two spellings are of one name: leaks hide behind a capital letter or a composed accent. */
public final class Spelling {
  private Spelling() {}

  /**
   * @param name of a speaker, for example
   * @return the same for names that differ in case, spaces or Unicode's forms alone
   */
  public static String folded(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC)
        .replaceAll("\\s+", " ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
