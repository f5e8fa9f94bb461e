package ser.jobs.storage;

import java.io.Serializable;

/**
 * A recording that was found.
 *
 * @param uri where it is, as Hadoop opens it
 * @param recording its name in the tables: the path under the input root, literally
 * @param sizeBytes as listed
 * @param modifiedMs when it was last modified, in milliseconds since 1970 UTC, as listed
 */
public record RecordingFile(String uri, String recording, long sizeBytes, long modifiedMs)
    implements Serializable {

  /** Of what is there by name alone: without bytes, and of a time that no recording has. */
  public static final long UNREACHABLE_MS = 0;

  /** A link to nothing, what is no regular file, or what has a name that cannot be opened. */
  static RecordingFile unreachable(String uri, String recording) {
    return new RecordingFile(uri, recording, 0, UNREACHABLE_MS);
  }
}
