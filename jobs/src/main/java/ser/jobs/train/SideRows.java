package ser.jobs.train;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import ser.jobs.config.VariantChoice;
import ser.jobs.tables.Variant;
import ser.model.split.Side;

/**
 * Rows of a features table that a side of the split may use. Variants are for training alone: a
 * network is judged, and training ended, by recordings as they are.
 */
final class SideRows {
  private final Dataset<Row> features;
  private final VariantChoice variants;

  SideRows(Dataset<Row> features, VariantChoice variants) {
    this.features = features;
    this.variants = variants;
  }

  /** Of all speakers. */
  Dataset<Row> of(Side side) {
    return side == Side.TRAINING ? trained() : recordings();
  }

  /** Recordings themselves. */
  Dataset<Row> recordings() {
    return features.where(Variant.isOriginal());
  }

  /** Recordings and the chosen variants. */
  private Dataset<Row> trained() {
    if (variants.kinds().isEmpty()) {
      return features;
    }
    Column chosen = Variant.kind().isin(variants.named().toArray());
    return features.where(Variant.isOriginal().or(chosen));
  }
}
