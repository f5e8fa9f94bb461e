package ser.jobs.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import ser.jobs.error.UserError;
import ser.jobs.run.JobOutcome;

/**
 * Fetches a corpus from its publisher: what is there is not fetched again, what broke off goes on,
 * and nothing is unpacked before its checksum is right.
 */
public final class CorpusDownload {
  private static final int SCHEMA_VERSION = 1;
  private static final int LARGEST_RECORDING_BYTES = 128 << 20;
  private static final long LARGEST_ARCHIVE_BYTES = 64L << 30;

  private final Request request;
  private final Http http;
  private final PrintStream notes;

  /**
   * What the user asks for.
   *
   * @param corpus its name
   * @param to folder or prefix
   * @param cache in what folder's {@code _download-CORPUS} archives are collected; empty for {@code
   *     _download} in a local target, else the user's cache folder
   * @param registry a file in the form of corpora.conf; empty for the built-in ones alone
   * @param dryRun whether to say what would be done instead
   */
  public record Request(
      String corpus,
      String to,
      Optional<String> cache,
      Optional<String> registry,
      boolean dryRun) {}

  CorpusDownload(Request request, Http.Patience patience, PrintStream notes) {
    this.request = request;
    this.http = new Http(patience);
    this.notes = notes;
  }

  /**
   * @param notes for people: licence, terms, and what could not be verified
   * @param hadoop how the target is reached
   * @throws UserError for an unknown corpus, a wrong checksum, a hostile archive
   */
  public static JobOutcome run(Request request, Configuration hadoop, PrintStream notes) {
    return new CorpusDownload(request, Http.Patience.USUAL, notes).run(hadoop);
  }

  JobOutcome run(Configuration hadoop) {
    CorpusEntry entry = CorpusRegistry.of(request.registry()).named(request.corpus());
    CorpusEntry.About about = entry.about();
    CorpusEntry.Source source =
        entry
            .source()
            .orElseThrow(
                () ->
                    new UserError(
                        "Cannot download %s from %s: %s."
                            .formatted(entry.name(), about.page(), entry.unavailable())));
    notes.printf(
        "%s%n  from     %s%n  licence  %s: %s%n",
        about.title(), about.page(), about.licence(), about.terms());
    Target target = new Target(hadoop, request.to());
    if (isThere(entry, source, target)) {
      return outcome(entry, target, target.sizes(source.recordings()), 0);
    }
    try (CacheLock cache = CacheLock.of(cache(entry, target))) {
      JobOutcome outcome = download(entry, source, target, cache);
      cache.empty();
      return outcome;
    } catch (FileSystemException e) {
      throw new UserError(
          "Cannot download %s to %s: %s. Give a folder that you may write to."
              .formatted(entry.name(), target.root(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot download " + entry.name(), e);
    }
  }

  private JobOutcome download(
      CorpusEntry entry, CorpusEntry.Source source, Target target, CacheLock cache)
      throws IOException {
    List<RemoteFile> files = files(entry, source, cache.folder());
    if (request.dryRun()) {
      return planned(entry, target, files);
    }
    ObjectNode record = record(entry, source);
    Map<String, Long> there = target.sizes(source.recordings());
    long fetched = 0;
    for (RemoteFile archive : files.stream().filter(RemoteFile::isArchive).toList()) {
      Path local = new ResumableFile(archive, cache.folder(), LARGEST_ARCHIVE_BYTES).fetched(http);
      fetched += local.toFile().length();
      noteChecksum(record, archive, local);
      new ZipRecordings(ZipRecordings.Limits.USUAL)
          .forEach(local, name -> source.recordings().matcher(name).matches(), target::write);
    }
    List<RemoteFile> recordings =
        files.stream()
            .filter(file -> !file.isArchive())
            .filter(file -> source.recordings().matcher(file.path()).matches())
            .toList();
    fetched += new SingleFiles(http, LARGEST_RECORDING_BYTES).fetch(recordings, there, target);
    Map<String, Long> now = target.sizes(source.recordings());
    if (now.isEmpty()) {
      throw new UserError(
          "Cannot use %s: nothing in it is called like a recording of %s (%s). The publisher may have changed it: see %s."
              .formatted(
                  source.address(), entry.name(), source.recordings(), entry.about().page()));
    }
    target.finish(record.put("files", now.size()).put("bytes", sum(now)));
    return outcome(entry, target, now, fetched);
  }

  private List<RemoteFile> files(CorpusEntry entry, CorpusEntry.Source source, Path cache)
      throws IOException {
    List<RemoteFile> wanted =
        listing(source, cache).files().stream()
            .filter(file -> source.files().matcher(file.path()).matches())
            .map(
                file ->
                    source.checksums().containsKey(file.path())
                        ? file.withChecksum(source.checksums().get(file.path()))
                        : file)
            .toList();
    if (wanted.isEmpty()) {
      throw new UserError(
          "Cannot download %s: the listing %s has no file like %s. The publisher may have changed it: see %s."
              .formatted(entry.name(), source.address(), source.files(), entry.about().page()));
    }
    return wanted;
  }

  private Listing listing(CorpusEntry.Source source, Path cache) {
    return switch (source.kind()) {
      case "zenodo" -> JsonListing.zenodo(http, source.address());
      case "dataverse" -> JsonListing.dataverse(http, source.address());
      case "git-lfs" -> new GitLfsListing(http, source, cache);
      case "files" -> () -> List.of(oneFile(URI.create(source.address())));
      default ->
          throw new UserError(
              "Cannot read the registry of corpora: '%s' is no kind of source; there are zenodo, dataverse, git-lfs and files."
                  .formatted(source.kind()));
    };
  }

  private static RemoteFile oneFile(URI address) {
    String path = address.getPath();
    return new RemoteFile(
        path.substring(path.lastIndexOf('/') + 1), address, OptionalLong.empty(), Optional.empty());
  }

  private void noteChecksum(ObjectNode record, RemoteFile archive, Path local) throws IOException {
    Checksum seen = Checksum.sha256Of(local);
    record
        .withArray("archives")
        .addObject()
        .put("uri", archive.uri().toString())
        .put("checksum", archive.checksum().map(Checksum::toString).orElse("none"))
        .put("sha256", seen.hex());
    if (archive.checksum().isEmpty()) {
      notes.printf(
          "  nobody says a checksum of %s: it cannot be verified; what came has sha256 %s%n",
          archive.uri(), seen.hex());
    }
  }

  private static boolean isThere(CorpusEntry entry, CorpusEntry.Source source, Target target) {
    Optional<JsonNode> record = target.record();
    if (record.isEmpty()) {
      return false;
    }
    String other = record.get().path("corpus").asText();
    if (!other.equals(entry.name())) {
      throw new UserError(
          "Cannot download %s to %s: the corpus '%s' is there. Give each a folder of its own."
              .formatted(entry.name(), target.root(), other));
    }
    if (!record.get().path("address").asText().equals(source.address())) {
      return false;
    }
    Map<String, Long> there = target.sizes(source.recordings());
    return record.get().path("files").asLong() == there.size()
        && record.get().path("bytes").asLong() == sum(there);
  }

  private Path cache(CorpusEntry entry, Target target) throws IOException {
    if (request.dryRun()) {
      // Not in the target, where nothing is to be done.
      return Files.createTempDirectory("ser-corpus");
    }
    return request
        .cache()
        // Emptied in the end: a name that nobody gives to a folder of his own.
        .map(folder -> Path.of(folder).resolve("_download-" + entry.name()))
        .or(() -> target.local().map(folder -> folder.resolve("_download")))
        .orElseGet(
            () ->
                Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                    .map(Path::of)
                    .orElse(Path.of(System.getProperty("user.home"), ".cache"))
                    .resolve("ser")
                    .resolve(entry.name()));
  }

  private static ObjectNode record(CorpusEntry entry, CorpusEntry.Source source) {
    return new ObjectMapper()
        .createObjectNode()
        .put("schema_version", SCHEMA_VERSION)
        .put("corpus", entry.name())
        .put("title", entry.about().title())
        .put("licence", entry.about().licence())
        .put("terms", entry.about().terms())
        .put("page", entry.about().page())
        .put("address", source.address())
        .put("downloaded_at", Instant.now().toString());
  }

  private static JobOutcome planned(CorpusEntry entry, Target target, List<RemoteFile> files) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("corpus", entry.name());
    facts.put("licence", entry.about().licence());
    facts.put("files", files.size());
    facts.put("bytes", files.stream().mapToLong(file -> file.sizeBytes().orElse(0)).sum());
    facts.put("output", target.root());
    return new JobOutcome(JobOutcome.Status.DRY_RUN, facts);
  }

  private static JobOutcome outcome(
      CorpusEntry entry, Target target, Map<String, Long> there, long fetched) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("corpus", entry.name());
    facts.put("licence", entry.about().licence());
    facts.put("recordings", there.size());
    facts.put("bytes", sum(there));
    facts.put("downloaded_bytes", fetched);
    facts.put("output", target.root());
    return new JobOutcome(JobOutcome.Status.DONE, facts);
  }

  private static long sum(Map<String, Long> sizes) {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }
}
