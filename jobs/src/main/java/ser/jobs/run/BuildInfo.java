package ser.jobs.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** What this jar was built from. */
public final class BuildInfo {
  private BuildInfo() {}

  /** The commit, with "-dirty" behind it if files were changed; "unknown" outside a checkout. */
  public static String commit() {
    try (InputStream in = BuildInfo.class.getResourceAsStream("/ser-build.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("git.commit.id.describe", "unknown");
    } catch (IOException e) {
      throw new IllegalStateException("ser-build.properties in the jar cannot be read", e);
    }
  }
}
