package ser.jobs.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileStatus;

/**
 * What a listing said of a recording, in the form that its file system accepts at opening. Without
 * it S3A asks the store for each object once more, which doubles the requests.
 */
final class ListedStatus {
  private static final String S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem";

  private ListedStatus() {}

  static FileStatus of(FileSystem fs, Path file, RecordingFile recording) throws IOException {
    // By name: hadoop-aws may be missing where nothing is read from S3.
    return fs.getClass().getName().equals(S3A)
        ? S3.status(fs.getDefaultBlockSize(file), file, recording)
        : new FileStatus(recording.sizeBytes(), false, 1, 0, recording.modifiedMs(), file);
  }

  /** Loaded where hadoop-aws is. */
  private static final class S3 {
    /**
     * S3A 3.3 ignores any other class of status. Without an ETag the stream holds on to that of its
     * first answer.
     */
    static FileStatus status(long blockSize, Path file, RecordingFile recording) {
      return new S3AFileStatus(
          recording.sizeBytes(), recording.modifiedMs(), file, blockSize, "", null, null);
    }
  }
}
