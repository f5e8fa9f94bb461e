package ser.jobs.storage;

import java.io.Serializable;

/**
 * A recording that was found.
 *
 * @param uri where it is, as Hadoop opens it
 * @param recording its name in the tables: the path under the input root, literally
 * @param sizeBytes as listed
 */
public record RecordingFile(String uri, String recording, long sizeBytes) implements Serializable {}
