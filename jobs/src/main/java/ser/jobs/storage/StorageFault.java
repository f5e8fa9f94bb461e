package ser.jobs.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import ser.jobs.error.UserError;

/** Tells the user's mistakes (no such path, wrong credentials) from faults of the storage. */
public final class StorageFault {
  private StorageFault() {}

  /**
   * @param doing what could not be done, as in "Cannot <doing> PATH"
   * @return a {@link UserError} that names path and remedy, or an {@link UncheckedIOException} that
   *     names the path
   */
  public static RuntimeException of(IOException fault, String doing, String path) {
    if (fault instanceof AccessDeniedException || denied(fault)) {
      return new UserError(
          "Cannot %s %s: access denied. Check your rights there and, for s3a://, the credentials in the environment (AWS_ACCESS_KEY_ID, AWS_PROFILE or the instance's role)."
              .formatted(doing, path),
          fault);
    }
    if (fault instanceof FileNotFoundException || named(fault, "UnknownStoreException")) {
      return new UserError(
          "Cannot %s %s: there is no such path. Check the spelling and the bucket."
              .formatted(doing, path),
          fault);
    }
    if (named(fault, "ParentNotDirectoryException") || named(fault, "FileAlreadyExistsException")) {
      return new UserError(
          "Cannot %s %s: a file stands where a folder is needed. Remove it, or give another --output."
              .formatted(doing, path),
          fault);
    }
    if (named(fault, "UnsupportedFileSystemException")
        || String.valueOf(fault.getMessage()).startsWith("No FileSystem for scheme")) {
      return new UserError(
          "Cannot %s %s: no file system is known for its scheme. Local paths, s3a:// and hdfs:// work."
              .formatted(doing, path),
          fault);
    }
    return new UncheckedIOException("Cannot %s %s".formatted(doing, path), fault);
  }

  private static boolean denied(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (named(cause, "AccessControlException")
          // As java.io says it, and Hadoop's local file system.
          || message.endsWith("(Permission denied)")
          || message.startsWith("Mkdirs failed to create")
          || named(cause, "NoAuthWithAWSException")
          || named(cause, "CredentialInitializationException")
          || message.contains("Status Code: 403")
          || message.contains("InvalidAccessKeyId")
          || message.contains("SignatureDoesNotMatch")) {
        return true;
      }
    }
    return false;
  }

  /** By name: hadoop-aws is not on the class path at build time. */
  private static boolean named(Throwable fault, String simpleName) {
    return fault.getClass().getSimpleName().equals(simpleName);
  }
}
