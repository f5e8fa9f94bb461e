package ser.jobs.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import ser.jobs.storage.Storage;
import ser.jobs.storage.StorageFault;

/**
 * The folder or prefix that a corpus goes to. Files appear there whole or not at all; once all are
 * there, the record {@code _ser_corpus.json} says so.
 */
final class Target {
  private static final String RECORD = "_ser_corpus.json";
  private static final long RECORD_LIMIT_BYTES = 1 << 20;

  private final Storage storage;
  private final Configuration hadoop;
  private final String root;

  Target(Configuration hadoop, String to) {
    this.storage = new Storage(hadoop);
    this.hadoop = hadoop;
    this.root = to.replaceAll("(?<=[^/:])/+$", "");
  }

  String root() {
    return root;
  }

  /** The folder, if it is on this machine's disk. */
  Optional<java.nio.file.Path> local() {
    Path path = new Path(root);
    try {
      FileSystem fs = path.getFileSystem(hadoop);
      return fs.getUri().getScheme().equals("file")
          ? Optional.of(java.nio.file.Path.of(fs.makeQualified(path).toUri().getPath()))
          : Optional.empty();
    } catch (IOException e) {
      throw StorageFault.of(e, "write to", root);
    }
  }

  void write(String path, byte[] bytes) {
    storage.write(root + "/" + path, bytes);
  }

  /**
   * Sizes by path of the recordings that are there; people put notes and tables of their own beside
   * them.
   *
   * @param recordings what their paths are like
   */
  Map<String, Long> sizes(Pattern recordings) {
    Map<String, Long> sizes = new HashMap<>();
    Path folder = new Path(root);
    try {
      FileSystem fs = folder.getFileSystem(hadoop);
      String prefix = fs.makeQualified(folder).toUri().getPath() + "/";
      RemoteIterator<LocatedFileStatus> listed = fs.listFiles(folder, true);
      while (listed.hasNext()) {
        LocatedFileStatus file = listed.next();
        String name = file.getPath().toUri().getPath().substring(prefix.length());
        if (!name.matches("(.*/)?[._].*") && recordings.matcher(name).matches()) {
          sizes.put(name, file.getLen());
        }
      }
      return sizes;
    } catch (FileNotFoundException e) {
      return Map.of();
    } catch (IOException e) {
      throw StorageFault.of(e, "list", root);
    }
  }

  /** What an earlier download that came to its end has written about itself. */
  Optional<JsonNode> record() {
    String record = root + "/" + RECORD;
    if (!storage.exists(record)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ObjectMapper().readTree(storage.read(record, RECORD_LIMIT_BYTES)));
    } catch (IOException e) {
      // Not ours, or damaged: as good as none.
      return Optional.empty();
    }
  }

  void finish(ObjectNode record) {
    write(RECORD, record.toPrettyString().getBytes(StandardCharsets.UTF_8));
  }
}
