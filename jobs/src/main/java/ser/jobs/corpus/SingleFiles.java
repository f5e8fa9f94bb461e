package ser.jobs.corpus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.error.UserError;

/**
 * Recordings that the publisher keeps one by one: a few at a time, each verified before it is
 * written. One that is there in its full size is not fetched again.
 */
final class SingleFiles {
  private static final Logger LOG = LoggerFactory.getLogger(SingleFiles.class);
  private static final int AT_A_TIME = 4;
  private static final int BETWEEN_NOTES = 500;

  private final Http http;
  private final int limitBytes;

  SingleFiles(Http http, int limitBytes) {
    this.http = http;
    this.limitBytes = limitBytes;
  }

  /**
   * @param there sizes by path of what the target has
   * @return bytes that came
   * @throws UserError if a checksum is wrong or a path leads out of the target
   */
  long fetch(List<RemoteFile> files, Map<String, Long> there, Target target) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME);
    List<Future<Long>> waiting = new ArrayList<>();
    try {
      for (RemoteFile file : files) {
        requireInside(file);
        Long size = there.get(file.path());
        if (size == null || size != file.sizeBytes().orElse(-1)) {
          waiting.add(pool.submit(() -> fetch(file, target)));
        }
      }
      long bytes = 0;
      for (int i = 0; i < waiting.size(); i++) {
        bytes += waiting.get(i).get();
        if ((i + 1) % BETWEEN_NOTES == 0) {
          LOG.info("{} of {} recordings", i + 1, waiting.size());
        }
      }
      return bytes;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException fault) {
        throw fault;
      }
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IllegalStateException("A download failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while downloading", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private long fetch(RemoteFile file, Target target) throws IOException {
    byte[] bytes = http.get(file.uri(), limitBytes);
    boolean wrongSize =
        file.sizeBytes().isPresent() && file.sizeBytes().getAsLong() != bytes.length;
    if (wrongSize || file.checksum().isPresent() && !file.checksum().get().fits(bytes)) {
      throw new UserError(
          "Cannot use %s: its %d bytes are not those that the publisher lists. Nothing of it is kept: try again. If it stays so, the publisher has changed the file."
              .formatted(file.uri(), bytes.length));
    }
    target.write(file.path(), bytes);
    return bytes.length;
  }

  private static void requireInside(RemoteFile file) {
    ZipRecordings.leadsOut(file.path())
        .ifPresent(
            why -> {
              throw new UserError(
                  "Cannot use the listing of %s: %s. Do not trust it.".formatted(file.uri(), why));
            });
  }
}
