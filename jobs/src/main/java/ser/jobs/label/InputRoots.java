package ser.jobs.label;

import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import ser.jobs.storage.StorageFault;

/**
 * The inputs' roots, which turn a path that somebody wrote into a recording's name.
 *
 * @param roots in the order of the inputs
 */
record InputRoots(List<Root> roots) implements Serializable {

  /**
   * A folder or prefix.
   *
   * @param store scheme and authority, {@code s3a://bucket}
   * @param path from the root of the store, with a slash at its end
   */
  record Root(String store, String path) implements Serializable {}

  InputRoots {
    roots = List.copyOf(roots);
  }

  static InputRoots of(List<String> inputs, Configuration hadoop) {
    List<Root> roots = new ArrayList<>();
    for (String input : inputs) {
      Path given = new Path(input);
      try {
        FileSystem fs = given.getFileSystem(hadoop);
        Path root = fs.makeQualified(given);
        // An input that is one file: its name counts from the folder that it is in.
        URI folder = (fs.getFileStatus(root).isFile() ? root.getParent() : root).toUri();
        roots.add(new Root(store(folder), folder.getPath().replaceAll("/*$", "/")));
      } catch (IOException e) {
        throw StorageFault.of(e, "read recordings from", input);
      }
    }
    return new InputRoots(roots);
  }

  /**
   * The name of the recording at a path: what is left of an absolute one under the first root that
   * it stands under, and a relative one as it is, but for "./" in front. Characters stand for
   * themselves: {@code %20} is no space.
   *
   * @return the path itself if it is absolute and under no root: then no recording is called so
   */
  String nameOf(String path) {
    if (!path.startsWith("/") && !path.contains(":/")) {
      return path.startsWith("./") ? path.substring(2) : path;
    }
    URI uri;
    try {
      uri = new Path(path).toUri();
    } catch (IllegalArgumentException e) {
      // A relative path with a colon and a slash in it.
      return path;
    }
    for (Root root : roots) {
      boolean sameStore = uri.getScheme() == null || store(uri).equals(root.store());
      if (sameStore && uri.getPath().startsWith(root.path())) {
        return uri.getPath().substring(root.path().length());
      }
    }
    return path;
  }

  private static String store(URI uri) {
    return uri.getScheme() + "://" + (uri.getAuthority() == null ? "" : uri.getAuthority());
  }
}
