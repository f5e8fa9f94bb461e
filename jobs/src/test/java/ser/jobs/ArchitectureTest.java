package ser.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.features.spec.FeatureSpec;
import ser.model.Emotion;
import ser.report.page.Page;
import ser.serve.SerServe;

class ArchitectureTest {
  private static final int MOST_LINES = 400;

  private static JavaClasses ours;

  @BeforeAll
  static void read() {
    ours =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importUrls(
                Stream.of(Ser.class, SerServe.class, Emotion.class, FeatureSpec.class, Page.class)
                    .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                    .toList());
  }

  @Test
  void givenTheModules_whenRead_thenNoneIsMissing() {
    assertThat(ours.stream().map(JavaClass::getName))
        .as("without all modules on the class path the rules below hold for nothing")
        .contains(
            "ser.jobs.Ser",
            "ser.model.Emotion",
            "ser.features.spec.FeatureSpec",
            "ser.report.page.Page",
            "ser.serve.SerServe");
  }

  @Test
  void givenFeatures_whenItDependsOnOurOwn_thenOnlyOnItself() {
    noClasses()
        .that()
        .resideInAPackage("ser.features..")
        .should()
        .dependOnClassesThat(resideInAPackage("ser..").and(not(resideInAPackage("ser.features.."))))
        .because("features is the lowest layer")
        .check(ours);
  }

  @Test
  void givenModel_whenItDependsOnOurOwn_thenOnlyOnItselfAndFeatures() {
    noClasses()
        .that()
        .resideInAPackage("ser.model..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("ser..").and(not(resideInAnyPackage("ser.model..", "ser.features.."))))
        .because("the web page and the command line use model without the jobs")
        .check(ours);
  }

  @Test
  void givenServe_whenItDependsOnAnything_thenOnModelFeaturesAndReportAndNeverOnSpark() {
    noClasses()
        .that()
        .resideInAPackage("ser.serve..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("ser..")
                .and(
                    not(
                        resideInAnyPackage(
                            "ser.serve..", "ser.model..", "ser.features..", "ser.report.."))))
        .orShould()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.apache.spark..", "org.apache.hadoop..", "com.typesafe.config.."))
        .because("one recording is scored without Spark and without the jobs")
        .check(ours);
  }

  @Test
  void givenReport_whenItDependsOnAnything_thenOnlyOnItselfAndTheJdkWithoutAwt() {
    classes()
        .that()
        .resideInAPackage("ser.report..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("ser.report..", "java.lang..", "java.io..", "java.nio..")
                .or(resideInAnyPackage("java.util..", "java.math..", "java.security..")))
        .because("every job and the web page show reports, on servers without fonts too")
        .check(ours);
  }

  @Test
  void givenFeatures_whenItDependsOnOthers_thenNeitherOnSparkNorOnDl4j() {
    noClasses()
        .that()
        .resideInAPackage("ser.features..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.apache.spark..",
                "org.apache.hadoop..",
                "org.deeplearning4j..",
                "org.nd4j..",
                "org.bytedeco..",
                "com.typesafe.config.."))
        .because("features is plain Java: the smallest of builds can use it")
        .check(ours);
  }

  @Test
  void givenModel_whenItDependsOnOthers_thenNotOnSparkNorTheConfiguration() {
    noClasses()
        .that()
        .resideInAPackage("ser.model..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.apache.spark..", "org.apache.hadoop..", "com.typesafe.config.."))
        .because("one recording is scored without Spark, and records carry the settings")
        .check(ours);
  }

  @Test
  void givenDl4jOnSpark_whenUsed_thenOnlyByJobs() {
    classes()
        .that()
        .resideInAPackage("ser..")
        .and()
        .resideOutsideOfPackage("ser.jobs..")
        .should()
        .onlyDependOnClassesThat(not(resideInAPackage("org.deeplearning4j.spark..")))
        .because("only jobs run on a cluster")
        .check(ours);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ser.features", "ser.model", "ser.report", "ser.jobs", "ser.serve"})
  void givenAModule_whenItsPackagesDependOnEachOther_thenNotInACircle(String module) {
    slices().assignedFrom(new Packages(module)).should().beFreeOfCycles().check(ours);
  }

  @Test
  void givenAClass_whenItEndsTheProgram_thenItIsAMainMethod() {
    List<String> callers =
        ours.stream()
            .flatMap(type -> type.getMethodCallsFromSelf().stream())
            .filter(ArchitectureTest::endsTheProgram)
            .map(call -> call.getOrigin().getFullName())
            .filter(caller -> !caller.startsWith("ser.jobs.Ser.main("))
            .filter(caller -> !caller.startsWith("ser.serve.SerServe.main("))
            // Programs of their own, which submit/quickstart starts.
            .filter(caller -> !caller.matches("ser\\.jobs\\.quickstart\\.\\w+\\.main\\(.*"))
            .toList();

    assertThat(callers).as("code that ends the whole program").isEmpty();
  }

  @Test
  void givenSources_whenCounted_thenNoClassIsAbove400Lines() throws IOException {
    Map<Path, Long> tooLong = new TreeMap<>();
    List<Path> sources = sources();
    for (Path source : sources) {
      try (Stream<String> lines = Files.lines(source)) {
        long count = lines.count();
        if (count > MOST_LINES) {
          tooLong.put(source, count);
        }
      }
    }

    assertThat(sources).as("source files found").hasSizeGreaterThan(100);
    assertThat(tooLong).as("files of more than %d lines", MOST_LINES).isEmpty();
  }

  private static boolean endsTheProgram(JavaMethodCall call) {
    String method = call.getTargetOwner().getName() + "." + call.getName();
    return List.of("java.lang.System.exit", "java.lang.Runtime.exit", "java.lang.Runtime.halt")
        .contains(method);
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      for (Path main : modules.map(module -> module.resolve("src/main/java")).toList()) {
        if (Files.isDirectory(main)) {
          try (Stream<Path> files = Files.walk(main)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
          }
        }
      }
    }
    return sources;
  }

  /** Each package of a module is a slice. */
  private record Packages(String module) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getPackageName();
      boolean inside = name.equals(module) || name.startsWith(module + ".");
      return inside ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages of " + module;
    }
  }
}
