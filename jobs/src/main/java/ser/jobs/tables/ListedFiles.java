package ser.jobs.tables;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.datasources.FileStatusCache;
import scala.Option;

/**
 * What a listing has said of a table's files, for Spark: left to itself its driver asks an object
 * store three times for each file that it is to read, one file after the other. Of a file that was
 * not listed it asks as before.
 */
final class ListedFiles extends FileStatusCache {
  private final Map<Path, FileStatus[]> files = new HashMap<>();

  /**
   * @param asked files that are to be read. A reading keeps what is known of these alone: compact
   *     has a hundred readings of a table at once
   * @param listed with whole paths
   */
  ListedFiles(Set<Path> asked, List<FileStatus> listed) {
    listed.stream()
        .filter(file -> asked.contains(file.getPath()))
        .forEach(file -> files.put(file.getPath(), new FileStatus[] {file}));
  }

  @Override
  public Option<FileStatus[]> getLeafFiles(Path path) {
    return Option.apply(files.get(path));
  }

  /** Kept by nobody: this lives as long as one reading. */
  @Override
  public void putLeafFiles(Path path, FileStatus[] found) {}

  @Override
  public void invalidateAll() {
    files.clear();
  }
}
