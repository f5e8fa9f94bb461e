package ser.jobs.label;

import java.text.Normalizer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The form in which names of recordings are compared with those of a manifest: Unicode's composed
 * one (NFC). What a Mac has written, a disk or an archive, often has 'ä' as 'a' and two dots, what
 * is typed into a table has one letter, and both look alike.
 */
public final class ComparedName {
  private ComparedName() {}

  static String of(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /**
   * The same of a column of names.
   *
   * @param names without null
   */
  public static Column of(Column names) {
    UDF1<String, String> compared = ComparedName::of;
    return functions.udf(compared, DataTypes.StringType).apply(names);
  }
}
