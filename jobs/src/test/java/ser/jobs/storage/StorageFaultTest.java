package ser.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.util.stream.Stream;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import ser.jobs.error.UserError;

class StorageFaultTest {
  private static final String PATH = "s3a://bucket/a b";

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(new AccessDeniedException(PATH), "access denied", "AWS_PROFILE"),
        mistake(new AccessControlException("Permission denied: user=x"), "access denied", "rights"),
        mistake(new FileNotFoundException("/a (Permission denied)"), "access denied", "rights"),
        mistake(new IOException("Mkdirs failed to create file:/a"), "access denied", "rights"),
        mistake(
            new IOException("getFileStatus", new IOException("Forbidden (Status Code: 403; E)")),
            "access denied",
            "credentials"),
        mistake(
            new IOException(new IllegalStateException("InvalidAccessKeyId")),
            "access denied",
            "credentials"),
        mistake(
            new IOException(new IllegalStateException("SignatureDoesNotMatch")),
            "access denied",
            "credentials"),
        mistake(
            new IOException(new NoAuthWithAWSException("No AWS Credentials provided")),
            "access denied",
            "credentials"),
        mistake(new CredentialInitializationException("no secret"), "access denied", "credentials"),
        mistake(new FileNotFoundException("no"), "no such path", "spelling"),
        mistake(new UnknownStoreException("no bucket"), "no such path", "bucket"),
        mistake(
            new UnsupportedFileSystemException("No FileSystem for scheme \"s4\""),
            "no file system",
            "s3a://"),
        mistake(new IOException("No FileSystem for scheme: s4"), "no file system", "s3a://"),
        mistake(new ParentNotDirectoryException("a"), "a file stands", "--output"),
        mistake(
            new org.apache.hadoop.fs.FileAlreadyExistsException("a"), "a file stands", "--output"));
  }

  private static Arguments mistake(IOException fault, String what, String remedy) {
    return Arguments.of(fault, what, remedy);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void givenTheUsersMistake_whenTold_thenItNamesPathAndRemedy(
      IOException fault, String what, String remedy) {
    RuntimeException told = StorageFault.of(fault, "read", PATH);

    assertThat(told)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("Cannot read " + PATH)
        .hasMessageContaining(what)
        .hasMessageContaining(remedy)
        .hasCause(fault);
  }

  static Stream<IOException> faults() {
    return Stream.of(
        new IOException("disk full"),
        new IOException((String) null),
        new EOFException(),
        new SocketTimeoutException("Read timed out"),
        new IOException("read", new IllegalStateException("Status Code: 503; Slow Down")));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void givenAFaultOfTheStorage_whenTold_thenItNamesThePathAndIsNoMistake(IOException fault) {
    RuntimeException told = StorageFault.of(fault, "write", PATH);

    assertThat(told)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Cannot write " + PATH)
        .hasCause(fault);
  }

  /** As hadoop-aws has it, which is not on the class path. */
  private static final class NoAuthWithAWSException extends IOException {
    private static final long serialVersionUID = 1L;

    private NoAuthWithAWSException(String message) {
      super(message);
    }
  }

  /** As hadoop-aws has it. */
  private static final class CredentialInitializationException extends IOException {
    private static final long serialVersionUID = 1L;

    private CredentialInitializationException(String message) {
      super(message);
    }
  }

  /** As hadoop-aws has it. */
  private static final class UnknownStoreException extends IOException {
    private static final long serialVersionUID = 1L;

    private UnknownStoreException(String message) {
      super(message);
    }
  }
}
