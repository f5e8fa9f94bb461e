package ser.jobs.maintain;

import java.util.ArrayList;
import java.util.List;

/**
 * Which files of a table become one. Those of at least half the wanted size stay; the others are
 * put together, neighbours by name, into files of the wanted size up to twice that, or into one if
 * all have less.
 */
record FileGroups(List<List<SizedFile>> groups) {
  /**
   * @param path of a file
   * @param bytes of it
   */
  record SizedFile(String path, long bytes) {}

  FileGroups {
    groups = groups.stream().map(List::copyOf).toList();
  }

  /**
   * @param files in the order of their names
   * @param fileBytes wanted, above 0
   */
  static FileGroups of(List<SizedFile> files, long fileBytes) {
    List<SizedFile> small =
        files.stream().filter(file -> file.bytes() < (fileBytes + 1) / 2).toList();
    long total = small.stream().mapToLong(SizedFile::bytes).sum();
    long count = Math.max(1, total / fileBytes);
    if (small.size() <= count) {
      return new FileGroups(List.of());
    }
    List<List<SizedFile>> groups = new ArrayList<>();
    List<SizedFile> group = new ArrayList<>();
    long before = 0;
    for (SizedFile file : small) {
      // Each share of the total has its group, by where the file's middle stands.
      if (!group.isEmpty()
          && (before + file.bytes() / 2.0) * count >= (double) total * (groups.size() + 1)) {
        groups.add(group);
        group = new ArrayList<>();
      }
      group.add(file);
      before += file.bytes();
    }
    groups.add(group);
    return new FileGroups(groups.stream().filter(several -> several.size() > 1).toList());
  }

  /** Paths of the files that are replaced. */
  List<String> files() {
    return groups.stream().flatMap(List::stream).map(SizedFile::path).toList();
  }

  /** Paths by file that is made. */
  List<List<String>> paths() {
    return groups.stream().map(group -> group.stream().map(SizedFile::path).toList()).toList();
  }
}
