package ser.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.File;
import java.util.Optional;
import ser.jobs.error.UserError;

/** Finds recipes: in the folder of an installation first, else in the jar. */
public final class RecipeFiles {
  private final Optional<File> folder;

  /**
   * @param folder conf/recipes of the installation, if there is one
   */
  public RecipeFiles(Optional<File> folder) {
    this.folder = folder;
  }

  /** conf/recipes under the environment's SER_HOME, which submit/ser sets. */
  public static RecipeFiles ofInstallation() {
    return new RecipeFiles(
        Optional.ofNullable(System.getenv("SER_HOME")).map(home -> new File(home, "conf/recipes")));
  }

  /**
   * @throws UserError if there is no recipe of that name, or it cannot be parsed
   */
  Config parse(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new UserError(
          "Cannot use the recipe '%s': a name has letters, digits, '.', '_' and '-' only."
              .formatted(name));
    }
    try {
      File file = new File(folder.orElse(new File(".")), name + ".conf");
      if (folder.isPresent() && file.isFile()) {
        return ConfigFactory.parseFile(file);
      }
      Config packaged =
          ConfigFactory.parseResources(RecipeFiles.class, "/recipes/" + name + ".conf");
      if (packaged.isEmpty()) {
        throw new UserError(
            "Cannot find the recipe '%s': there is no %s. 'ls conf/recipes' shows what there is."
                .formatted(name, folder.isPresent() ? file : "recipes/" + name + ".conf"));
      }
      return packaged;
    } catch (ConfigException e) {
      throw new UserError("Cannot read the recipe '%s': %s".formatted(name, e.getMessage()), e);
    }
  }
}
