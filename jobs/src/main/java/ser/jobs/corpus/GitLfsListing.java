package ser.jobs.corpus;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ser.jobs.error.UserError;

/**
 * A Git repository that keeps its recordings in LFS: its archive has a pointer in each one's place,
 * with the SHA-256 and size of the file
 * (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md#the-pointer).
 */
final class GitLfsListing implements Listing {
  private static final long LIMIT_BYTES = 1L << 30;
  private static final ZipRecordings.Limits POINTERS =
      new ZipRecordings.Limits(200_000, 1024, 256 << 20);
  private static final Pattern POINTER =
      Pattern.compile(
          "version https://git-lfs\\.github\\.com/spec/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\nsize (\\d{1,12})\n");

  private final Http http;
  private final CorpusEntry.Source source;
  private final Path cache;

  GitLfsListing(Http http, CorpusEntry.Source source, Path cache) {
    this.http = http;
    this.source = source;
    this.cache = cache;
  }

  @Override
  public List<RemoteFile> files() throws IOException {
    RemoteFile archive =
        new RemoteFile(
            "pointers.zip", URI.create(source.address()), OptionalLong.empty(), Optional.empty());
    Path local = new ResumableFile(archive, cache, LIMIT_BYTES).fetched(http);
    List<RemoteFile> files = new ArrayList<>();
    new ZipRecordings(POINTERS)
        .forEach(
            local,
            name -> source.files().matcher(withoutRoot(name)).matches(),
            (name, pointer) -> files.add(file(withoutRoot(name), pointer)));
    return files;
  }

  /** The archive's one folder is called after repository and branch. */
  private static String withoutRoot(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  private RemoteFile file(String path, byte[] bytes) {
    Matcher pointer = POINTER.matcher(new String(bytes, StandardCharsets.UTF_8));
    if (!pointer.matches()) {
      throw new UserError(
          "Cannot use %s: '%s' in it is no LFS pointer. The publisher may have changed how files are kept: see its page."
              .formatted(source.address(), path));
    }
    return new RemoteFile(
        path,
        RemoteFile.under(source.media(), path),
        OptionalLong.of(Long.parseLong(pointer.group(2))),
        Optional.of(new Checksum("sha256", pointer.group(1))));
  }
}
