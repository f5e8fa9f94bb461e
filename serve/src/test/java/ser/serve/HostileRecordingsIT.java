package ser.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.assertj.core.api.SoftAssertions;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import ser.features.audio.FuzzCase;
import ser.features.audio.FuzzFiles;
import ser.features.audio.SharedData;
import ser.serve.engine.Limits;

/** Files that are broken, lie or come all at once: each is answered, and none leaves anything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRecordingsIT {
  private static final String PREDICT = "/api/predict?channel=mixed";
  private static final String WITH_PICTURES = PREDICT + "&details=true";

  private static final int UPLOAD_BYTES = 25_000_000;
  private static final int MOST_SECONDS = 600;
  private static final int REQUEST_S = 60;

  private RunningServer server;
  private byte[] voice;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    Limits limits = Limits.of(UPLOAD_BYTES, MOST_SECONDS, 0, REQUEST_S);
    server = RunningServer.start(limits, SmallModel.write(folder.resolve("small.safetensors")));
    voice = Files.readAllBytes(SmallModel.tone(folder.resolve("voice.wav"), 2));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @AfterEach
  void nothingIsLeftInFlight() throws Exception {
    assertThat(server.get("/health").statusCode()).isEqualTo(200);
    server.awaitIdle();
  }

  @Test
  void givenTheFixtures_whenPosted_thenEachIsPredictedOrRefusedInASentence() throws Exception {
    SharedData.require("data/fixtures");
    List<Path> fixtures = SharedData.filesBelow("data/fixtures", "");
    SoftAssertions softly = new SoftAssertions();
    int predicted = 0;
    for (Path fixture : fixtures) {
      HttpResponse<String> answer = server.post(PREDICT, Files.readAllBytes(fixture));
      Answers.requirePredictionOrSentence(softly, fixture.toString(), answer);
      predicted += answer.statusCode() == 200 ? 1 : 0;
    }
    softly.assertAll();
    // Whole or in part, most can be read.
    assertThat(predicted).isGreaterThan(fixtures.size() / 2);
  }

  /**
   * The bounds are what a leak of 8 KB a recording would break, which is less than most of these
   * files have: a record of the request, a buffer, a thread that stays would be seen.
   */
  @Test
  void givenAThousandDamagedFiles_whenPosted_thenNoneIsAFaultAndNoMemoryIsKept() throws Exception {
    List<FuzzFiles.Original> files = FuzzFiles.all();
    // Buffers that are kept for the next recording have their size after these.
    postDamaged(files, 1_000, 1_200);
    Memory before = Memory.inUse();

    postDamaged(files, 0, 1_000);

    Memory after = Memory.inUse();
    assertThat(after.heapMb() - before.heapMb()).as("MB of heap").isLessThan(8);
    assertThat(after.nativeMb() - before.nativeMb()).as("MB of ND4J").isLessThan(8);
    assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + 8);
  }

  @Test
  void givenFiftyAtOnce_whenGoodOnesAreAmongThem_thenThoseAreAnsweredAsIfAlone() throws Exception {
    JsonNode alone = Answers.json(server.post(PREDICT, voice)).path("results");
    List<FuzzFiles.Original> files = FuzzFiles.all();
    List<byte[]> bodies =
        LongStream.range(0, 50)
            .mapToObj(i -> i % 5 == 0 ? voice : FuzzCase.of(i, files).bytes())
            .toList();

    List<HttpResponse<String>> answers = atOnce(bodies);

    SoftAssertions softly = new SoftAssertions();
    for (int i = 0; i < bodies.size(); i++) {
      if (bodies.get(i) == voice) {
        softly.assertThat(answers.get(i).statusCode()).as(answers.get(i).body()).isEqualTo(200);
        Answers.requireSameProbabilities(
            softly, Answers.json(answers.get(i)).path("results"), alone);
      } else {
        Answers.requirePredictionOrSentence(softly, "request " + i, answers.get(i));
      }
    }
    softly.assertAll();
  }

  private List<HttpResponse<String>> atOnce(List<byte[]> bodies) throws Exception {
    CountDownLatch go = new CountDownLatch(bodies.size());
    return inThreads(
        bodies.size(),
        bodies.stream()
            .map(
                body ->
                    (Callable<HttpResponse<String>>)
                        () -> {
                          go.countDown();
                          go.await();
                          return server.post(PREDICT, body);
                        })
            .toList());
  }

  private void postDamaged(List<FuzzFiles.Original> files, long from, long to) throws Exception {
    List<Callable<HttpResponse<String>>> posts = new ArrayList<>();
    for (long seed = from; seed < to; seed++) {
      FuzzCase damaged = FuzzCase.of(seed, files);
      String path = seed % 4 == 0 ? WITH_PICTURES : PREDICT;
      posts.add(() -> server.post(path, damaged.bytes()));
    }
    List<HttpResponse<String>> answers = inThreads(8, posts);
    SoftAssertions softly = new SoftAssertions();
    for (int i = 0; i < answers.size(); i++) {
      Answers.requirePredictionOrSentence(softly, "seed " + (from + i), answers.get(i));
    }
    softly.assertAll();
  }

  private static <T> List<T> inThreads(int count, List<Callable<T>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** What the process holds after a collection. */
  private record Memory(long heapMb, long nativeMb, int threads) {
    static Memory inUse() {
      System.gc();
      return new Memory(
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
          Pointer.totalBytes() >> 20,
          ManagementFactory.getThreadMXBean().getThreadCount());
    }
  }
}
