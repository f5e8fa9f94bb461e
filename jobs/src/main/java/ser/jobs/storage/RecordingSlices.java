package ser.jobs.storage;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Spreads recordings over tasks so that each has about the same number of bytes. */
public final class RecordingSlices {
  /** A file costs an open and a close, as much as reading about this many bytes. */
  private static final long COST_OF_A_FILE = 64 << 10;

  private static final int SLICES_PER_SLOT = 4;

  private RecordingSlices() {}

  /**
   * @param recordings in the order in which they are divided
   * @param slices how many, if there are as many recordings; 0 for {@value #SLICES_PER_SLOT} per
   *     slot
   * @param slots tasks that run at once
   */
  public static JavaRDD<RecordingFile> spread(
      JavaSparkContext spark, List<RecordingFile> recordings, int slices, int slots) {
    int wanted = slices > 0 ? slices : slots * SLICES_PER_SLOT;
    List<List<RecordingFile>> divided =
        divide(recordings, Math.max(1, Math.min(wanted, recordings.size())));
    return spark.parallelize(divided, divided.size()).flatMap(List::iterator);
  }

  static List<List<RecordingFile>> divide(List<RecordingFile> recordings, int slices) {
    long total = recordings.stream().mapToLong(RecordingSlices::cost).sum();
    List<List<RecordingFile>> divided = new ArrayList<>();
    for (int i = 0; i < slices; i++) {
      divided.add(new ArrayList<>());
    }
    long before = 0;
    for (RecordingFile recording : recordings) {
      // By the middle of the recording's cost, so that the last one cannot fall behind the last
      // slice.
      long middle = before + cost(recording) / 2;
      int slice = (int) ((double) middle / total * slices);
      divided.get(Math.min(slice, slices - 1)).add(recording);
      before += cost(recording);
    }
    return divided;
  }

  private static long cost(RecordingFile recording) {
    return recording.sizeBytes() + COST_OF_A_FILE;
  }
}
