package ser.jobs.storage;

import java.io.Serializable;

/**
 * A recording that was found.
 *
 * @param uri where it is, as Hadoop opens it
 * @param recording its name in the tables: the path under the input root, literally
 * @param sizeBytes as listed; 0 too for a link to nothing and for what is no regular file
 * @param modifiedMs when it was last modified, in milliseconds since 1970 UTC, as listed
 */
public record RecordingFile(String uri, String recording, long sizeBytes, long modifiedMs)
    implements Serializable {}
