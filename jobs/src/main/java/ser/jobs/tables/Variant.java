package ser.jobs.tables;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * What a row of {@code features/} is of its recording.
 *
 * @param name {@code original}, or a kind of augmentation, with a number from the second copy on:
 *     {@code noise}, {@code noise-2}
 * @param detail what was drawn, as {@code snr_db=17.312}; empty for the original
 */
public record Variant(String name, String detail) {
  public static final Variant ORIGINAL = new Variant("original", "");

  private static final String COLUMN = "variant";

  /** Rows of recordings themselves. */
  public static Column isOriginal() {
    return functions.col(COLUMN).equalTo(ORIGINAL.name());
  }

  /** The kind of a row: its variant without the copy's number. */
  public static Column kind() {
    return functions.regexp_replace(functions.col(COLUMN), "-[0-9]+$", "");
  }
}
