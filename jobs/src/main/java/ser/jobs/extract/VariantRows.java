package ser.jobs.extract;

import java.util.Iterator;
import org.apache.spark.sql.Row;
import ser.features.FeatureExtractor;
import ser.features.audio.Clip;
import ser.features.augment.AugmentationPlan;
import ser.features.augment.AugmentationPlan.Planned;
import ser.features.augment.Augmented;
import ser.jobs.tables.FeatureTable;
import ser.jobs.tables.Variant;

/** The rows of one recording: the original's first, then each variant's. */
final class VariantRows implements Iterator<Row> {
  private final FeatureTable.Identity identity;
  private final Clip original;
  private final Iterator<Planned> planned;
  private final FeatureExtractor extractor;
  private boolean originalGiven;

  VariantRows(
      FeatureTable.Identity identity,
      Clip original,
      AugmentationPlan augmentation,
      FeatureExtractor extractor) {
    this.identity = identity;
    this.original = original;
    this.planned = augmentation.of(identity.source().recording()).iterator();
    this.extractor = extractor;
  }

  @Override
  public boolean hasNext() {
    return !originalGiven || planned.hasNext();
  }

  @Override
  public Row next() {
    if (!originalGiven) {
      originalGiven = true;
      return row(Variant.ORIGINAL, original);
    }
    Planned next = planned.next();
    Augmented augmented = next.apply(original);
    return row(new Variant(next.name(), augmented.detail()), augmented.clip());
  }

  private Row row(Variant variant, Clip clip) {
    return ExtractedRows.features(
        FeatureTable.row(identity, variant, extractor.extract(clip), extractor.spec()));
  }
}
