package ser.jobs.train;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;
import ser.jobs.tables.Variant;
import ser.model.Spelling;
import ser.model.split.Side;
import ser.model.split.Split;

/**
 * A row of the features table on a side of a split, without its features.
 *
 * @param side where it was drawn
 * @param corpus as the table says
 * @param speaker as the table says
 * @param recording its name
 * @param variant which of the recording's rows
 * @param audioSha256 hash of the recording's samples, in the rows of its variants too
 */
record DrawnRow(
    Side side, String corpus, String speaker, String recording, String variant, String audioSha256)
    implements Serializable {

  /** All rows of all sides, each as often as it counts. */
  static JavaRDD<DrawnRow> of(SideRows features, Split split) {
    return Stream.of(Side.values())
        .map(side -> of(features, split, side))
        .reduce(JavaRDD::union)
        .orElseThrow();
  }

  private static JavaRDD<DrawnRow> of(SideRows features, Split split, Side side) {
    return features
        .of(side)
        .select("corpus", "speaker", "recording", "variant", "audio_sha256")
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .flatMap(row -> drawn(row, split, side).iterator());
  }

  private static Stream<DrawnRow> drawn(InternalRow row, Split split, Side side) {
    List<String> texts =
        Stream.of(0, 1, 2, 3, 4).map(column -> row.getUTF8String(column).toString()).toList();
    return split.sidesOf(texts.get(1), texts.get(2)).stream()
        .filter(side::equals)
        .map(
            same ->
                new DrawnRow(
                    same, texts.get(0), texts.get(1), texts.get(2), texts.get(3), texts.get(4)));
  }

  boolean isOriginal() {
    return variant.equals(Variant.ORIGINAL.name());
  }

  RowFingerprint fingerprint() {
    return RowFingerprint.of(recording, variant);
  }

  /** The same for spellings of one speaker that differ in case, spaces or Unicode's forms. */
  String speakerKey() {
    return Spelling.folded(speaker);
  }

  String audioKey() {
    return Spelling.folded(audioSha256);
  }

  /** A name is of one recording in one corpus. */
  String recordingKey() {
    return corpus + "\0" + recording;
  }
}
