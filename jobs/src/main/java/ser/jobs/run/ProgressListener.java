package ser.jobs.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple4;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Says in the log how far the tasks are, as they end and with their heartbeats in between: every
 * few seconds where somebody looks on, every minute where not. It has no thread of its own.
 */
public final class ProgressListener extends SparkListener {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressListener.class);

  /** submit/ser sets it where standard error is a terminal. */
  private static final String TERMINAL = "spark.ui.showConsoleProgress";

  private static final Duration ON_TERMINAL = Duration.ofSeconds(5);
  private static final Duration IN_LOG = Duration.ofMinutes(1);

  private final Progress progress;
  private final RunMetrics metrics;
  private final Duration every;
  private final LongSupplier nanoTime;
  private final Consumer<String> said;
  private final long began;
  private final Map<Long, Progress.Done> running = new HashMap<>();
  private Progress.Done ended = Progress.Done.NOTHING;
  private Progress.Done lastSaid = Progress.Done.NOTHING;
  private long lastSaidAt;

  ProgressListener(
      Progress progress,
      RunMetrics metrics,
      Duration every,
      LongSupplier nanoTime,
      Consumer<String> said) {
    this.progress = progress;
    this.metrics = metrics;
    this.every = every;
    this.nanoTime = nanoTime;
    this.said = said;
    this.began = nanoTime.getAsLong();
    this.lastSaidAt = began;
  }

  /** Does some work, and listens to its tasks. */
  public static <T> T during(
      Supplier<T> work, JobContext context, RunMetrics metrics, PendingRecordings pending) {
    SparkContext spark = context.spark().sparkContext();
    ProgressListener listener =
        new ProgressListener(
            new Progress(pending.count(), pending.bytes()),
            metrics,
            spark.conf().getBoolean(TERMINAL, false) ? ON_TERMINAL : IN_LOG,
            System::nanoTime,
            LOG::info);
    spark.addSparkListener(listener);
    try {
      return work.get();
    } finally {
      spark.removeSparkListener(listener);
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    running.remove(end.taskInfo().taskId());
    if (end.taskInfo().successful()) {
      ended = ended.plus(done(end.taskInfo().accumulables()));
    }
    say();
  }

  @Override
  public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    for (Tuple4<Object, Object, Object, Seq<AccumulableInfo>> task :
        JavaConverters.seqAsJavaListConverter(update.accumUpdates()).asJava()) {
      Progress.Done done = done(task._4());
      if (!done.equals(Progress.Done.NOTHING)) {
        running.put((Long) task._1(), done);
      }
    }
    say();
  }

  private void say() {
    long now = nanoTime.getAsLong();
    Progress.Done done = running.values().stream().reduce(ended, Progress.Done::plus);
    if (now - lastSaidAt >= every.toNanos() && !done.equals(lastSaid)) {
      said.accept(progress.line(done, Duration.ofNanos(now - began)));
      lastSaidAt = now;
      lastSaid = done;
    }
  }

  private Progress.Done done(Seq<AccumulableInfo> accumulables) {
    long recordings = 0;
    long bytes = 0;
    double audioS = 0;
    for (AccumulableInfo info : JavaConverters.seqAsJavaListConverter(accumulables).asJava()) {
      if (info.update().isDefined() && info.update().get() instanceof Number update) {
        if (info.id() == metrics.recordingsId()) {
          recordings = update.longValue();
        } else if (info.id() == metrics.bytesId()) {
          bytes = update.longValue();
        } else if (info.id() == metrics.audioSecondsId()) {
          audioS = update.doubleValue();
        }
      }
    }
    return new Progress.Done(recordings, bytes, audioS);
  }
}
