package ser.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.jobs.error.UserError;

class SessionDefaultsTest {
  private static final String OURS = "ser.jobs.spark.SerKryoRegistrator";

  @Test
  void givenABareSubmit_whenCompleted_thenKryoHasOurRegistrator() {
    SparkConf conf = SessionDefaults.completed(bare());

    assertThat(conf.get("spark.serializer"))
        .isEqualTo("org.apache.spark.serializer.KryoSerializer");
    assertThat(conf.get("spark.kryo.registrator")).isEqualTo(OURS);
  }

  @Test
  void givenKryoWithoutItsRegistrator_whenCompleted_thenTheErrorSaysWhatToAdd() {
    SparkConf conf = bare().set("spark.kryo.registrator", "com.example.Mine");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> SessionDefaults.completed(conf))
        .withMessageContaining("spark.kryo.registrator=com.example.Mine")
        .withMessageContaining("Add " + OURS);
  }

  @Test
  void givenRegistratorsOfTheUser_whenCompleted_thenTheyStay() {
    SparkConf conf = bare().set("spark.kryo.registrator", "com.example.Mine," + OURS);

    assertThat(SessionDefaults.completed(conf).get("spark.kryo.registrator"))
        .isEqualTo("com.example.Mine," + OURS);
  }

  @Test
  void givenSettingsThatWereCompleted_whenCompletedAgain_thenNothingChanges() {
    SparkConf once = SessionDefaults.completed(bare());

    assertThat(SessionDefaults.completed(once.clone()).getAll()).isEqualTo(once.getAll());
  }

  @Test
  void givenJavaSerialisation_whenCompleted_thenKryoIsLeftAlone() {
    SparkConf conf = bare().set("spark.serializer", "org.apache.spark.serializer.JavaSerializer");

    assertThat(SessionDefaults.completed(conf).contains("spark.kryo.registrator")).isFalse();
    assertThat(conf.get("spark.serializer")).endsWith("JavaSerializer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "4"})
  void givenCoresPerTask_whenCompleted_thenDl4jHasAsManyThreads(String cpus) {
    SparkConf conf = bare().set("spark.task.cpus", cpus);

    assertThat(SessionDefaults.completed(conf).get("spark.executorEnv.OMP_NUM_THREADS"))
        .isEqualTo(cpus);
  }

  @Test
  void givenNothingOfCores_whenCompleted_thenDl4jHasOneThreadPerTask() {
    assertThat(SessionDefaults.completed(bare()).get("spark.executorEnv.OMP_NUM_THREADS"))
        .isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "spark.executorEnv.OMP_NUM_THREADS, 3",
    "spark.executorEnv.MALLOC_ARENA_MAX, 2",
    "spark.plugins, com.example.Plugin",
    "spark.sql.parquet.outputTimestampType, INT96",
    "spark.redaction.regex, (?i)mine"
  })
  void givenAValueOfTheUser_whenCompleted_thenItWins(String key, String value) {
    assertThat(SessionDefaults.completed(bare().set(key, value)).get(key)).isEqualTo(value);
  }

  @Test
  void givenAClustersTimeZone_whenCompleted_thenDatesAreUtcAllTheSame() {
    SparkConf conf = bare().set("spark.sql.session.timeZone", "Europe/Berlin");

    assertThat(SessionDefaults.completed(conf).get("spark.sql.session.timeZone")).isEqualTo("UTC");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.hadoop.fs.s3a.access.key",
        "spark.hadoop.fs.s3a.secret.key",
        "spark.hadoop.fs.s3a.session.token",
        "AWS_SECRET_ACCESS_KEY",
        "spark.executorEnv.AWS_ACCESS_KEY_ID",
        "spark.ssl.keyPassword"
      })
  void givenACredential_whenLogged_thenTheDefaultHidesIt(String key) {
    Pattern hidden =
        Pattern.compile(SessionDefaults.completed(bare()).get("spark.redaction.regex"));

    assertThat(hidden.matcher(key).find()).as("%s hidden by %s", key, hidden).isTrue();
  }

  @Test
  void givenTheNamedClasses_whenLoaded_thenTheyExist() throws ClassNotFoundException {
    for (String name : new String[] {OURS, NativeSetup.class.getName()}) {
      assertThat(Class.forName(name, false, getClass().getClassLoader()).getName()).isEqualTo(name);
    }
  }

  private static SparkConf bare() {
    return new SparkConf(false);
  }
}
