package ser.jobs.score;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import ser.features.audio.RecordingReader;
import ser.features.audio.UnreadableAudioException;
import ser.jobs.run.RunMetrics;
import ser.jobs.score.report.HeardSums;
import ser.jobs.storage.PartialReads;
import ser.jobs.storage.ReadAhead;
import ser.jobs.storage.RecordingFile;
import ser.jobs.storage.Storage;
import ser.jobs.storage.VanishedRecordings;
import ser.jobs.tables.QuarantineTable;
import ser.jobs.tables.WindowTable;
import ser.model.Emotion;
import ser.model.drift.InputLevels;
import ser.model.file.ModelFile;
import ser.model.file.ModelInput;
import ser.model.input.InputMatrix;
import ser.model.input.Normaliser;
import ser.model.output.ScoreNormalisation;
import ser.model.scoring.ChannelChoice;
import ser.model.scoring.ChannelScores;
import ser.model.scoring.RecordingWindows;
import ser.model.scoring.SampledWindow;
import ser.model.scoring.ScoringEngine;
import ser.model.scoring.SpeakerStatistics;
import ser.model.scoring.SpeechDetector;
import ser.model.scoring.WindowFeatures;
import ser.model.scoring.WindowPlan;

/** What a task does with its recordings: windows of all of them share the network's batches. */
final class RecordingScorer implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<ModelFile> model;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final Rules rules;
  private final PartialReads partialReads;
  private final VanishedRecordings vanished;
  private final RunMetrics metrics;

  /**
   * @param reader opens recordings
   * @param readAhead recordings that a task fetches while it works on another
   * @param plan how recordings are cut
   * @param gate which windows are scored
   * @param customerChannel of recordings with several channels of which nothing else is said
   * @param abstainBelow least probability of an emotion that is named, from 0 to 1
   * @param engine what runs the network
   * @param origin stands in every row
   */
  record Rules(
      RecordingReader reader,
      int readAhead,
      WindowPlan plan,
      SpeechDetector gate,
      ChannelChoice customerChannel,
      double abstainBelow,
      ScoringEngine engine,
      WindowTable.Origin origin)
      implements Serializable {}

  RecordingScorer(
      Broadcast<ModelFile> model,
      Broadcast<SerializableConfiguration> hadoop,
      Rules rules,
      PartialReads partialReads,
      VanishedRecordings vanished,
      RunMetrics metrics) {
    this.model = model;
    this.hadoop = hadoop;
    this.rules = rules;
    this.partialReads = partialReads;
    this.vanished = vanished;
    this.metrics = metrics;
  }

  /** Rows of {@link ScoredRows}: the windows of each slice in time, or its quarantine row. */
  Iterator<Row> rows(Iterator<RecordingSlice> recordings) {
    return new Rows(recordings);
  }

  private final class Rows implements Iterator<Row> {
    private final Storage storage = new Storage(hadoop.value().value());
    private final ReadAhead<RecordingSlice> recordings;
    private final List<Emotion> labels = model.value().labels();
    private final ModelInput input = model.value().input();
    private final WindowFeatures features = new WindowFeatures(input);
    private final SpeakerStatistics statistics =
        new SpeakerStatistics(input, rules.gate(), features);
    private final ScoringBatch batch =
        new ScoringBatch(TaskClassifier.open(rules.engine(), model.value()));
    private final Queue<List<PendingWindow>> scored = new ArrayDeque<>();
    // Made to rows one by one: those of a long recording would be many times as large.
    private Iterator<PendingWindow> giving = Collections.emptyIterator();
    private final Queue<Row> ready = new ArrayDeque<>();
    private final InputLevels levels = new InputLevels(input.inputSpec().allRows());
    private final HeardSums heard = new HeardSums(input.inputSpec().allRows(), labels.size());
    private boolean heardGiven;

    private Rows(Iterator<RecordingSlice> recordings) {
      this.recordings =
          ReadAhead.ofTask(storage, recordings, RecordingSlice::whole, rules.readAhead());
    }

    @Override
    public boolean hasNext() {
      while (!giving.hasNext() && ready.isEmpty()) {
        if (!scored.isEmpty() && scored.peek().stream().allMatch(PendingWindow::done)) {
          List<PendingWindow> ofRecording = scored.remove();
          normalise(ofRecording);
          giving = ofRecording.iterator();
        } else if (recordings.hasNext()) {
          read(recordings.next());
        } else if (!scored.isEmpty()) {
          batch.flush();
        } else if (!heardGiven) {
          heardGiven = true;
          ready.add(ScoredRows.heard(heard));
        } else {
          return false;
        }
      }
      return true;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return giving.hasNext() ? row(giving.next()) : ready.remove();
    }

    /** Of a model whose scores are normalised by speaker, once all of a recording is scored. */
    private void normalise(List<PendingWindow> ofRecording) {
      ScoreNormalisation scores = model.value().scores();
      if (!scores.bySpeaker()) {
        return;
      }
      ChannelScores ofChannel = new ChannelScores();
      for (PendingWindow window : ofRecording) {
        window
            .probabilities()
            .ifPresent(p -> ofChannel.add(window.place().startS(), window.place().endS(), p));
      }
      Iterator<float[]> normalised = ofChannel.normalised(scores).iterator();
      ofRecording.stream()
          .filter(window -> window.probabilities().isPresent())
          .forEach(window -> window.score(normalised.next()));
    }

    /** Rows only of recordings that were read to their end: half a recording is never visible. */
    private void read(ReadAhead.Fetched<RecordingSlice> fetched) {
      RecordingSlice slice = fetched.item();
      RecordingFile recording = slice.recording().file();
      try {
        score(fetched, normaliserOf(fetched));
      } catch (UnreadableAudioException e) {
        if (!slice.windows().isWhole()) {
          throw slice.changed(e);
        }
        metrics.quarantined();
        ready.add(
            ScoredRows.quarantined(QuarantineTable.row(recording, e, rules.origin().runId())));
      } catch (IOException e) {
        // Of one that is read in slices, others may have found it.
        if (!slice.windows().isWhole() || !vanished.note(storage, recording, e)) {
          throw new UncheckedIOException("Cannot read " + recording.uri(), e);
        }
      }
      if (slice.windows().isLast()) {
        metrics.finished(recording.sizeBytes());
      }
    }

    /** Of a model normalised by speaker, a first pass: statistics first, scores second. */
    private Normaliser normaliserOf(ReadAhead.Fetched<RecordingSlice> fetched)
        throws IOException, UnreadableAudioException {
      RecordingSlice slice = fetched.item();
      if (!input.bySpeaker()) {
        return input.normaliser();
      }
      if (slice.ofSpeaker().isPresent()) {
        return slice.ofSpeaker().get();
      }
      try (OpenSlice open = open(fetched)) {
        return statistics.normaliser(open.windows());
      }
    }

    private OpenSlice open(ReadAhead.Fetched<RecordingSlice> fetched)
        throws IOException, UnreadableAudioException {
      RecordingSlice slice = fetched.item();
      return slice.whole().isPresent()
          ? OpenSlice.of(fetched.open(), rules, slice)
          : OpenSlice.of(storage, rules, slice);
    }

    private void score(ReadAhead.Fetched<RecordingSlice> fetched, Normaliser normaliser)
        throws IOException, UnreadableAudioException {
      RecordingSlice slice = fetched.item();
      try (OpenSlice open = open(fetched)) {
        RecordingWindows windows = open.windows();
        List<PendingWindow> pending = new ArrayList<>();
        levels.clear();
        double heardUntilS = -1;
        for (Optional<SampledWindow> window = windows.next();
            window.isPresent();
            window = windows.next()) {
          pending.add(take(slice.recording().file(), open.channel(), window.get(), normaliser));
          double fromS = Math.max(heardUntilS, window.get().startS());
          metrics.heard(window.get().endS() - fromS);
          heardUntilS = window.get().endS();
        }
        partialReads.note(slice.recording().file(), open.defect());
        heard.add(levels);
        if (slice.windows().isLast()) {
          heard.read(open.sampleRateHz());
        }
        scored.add(pending);
      }
    }

    private PendingWindow take(
        RecordingFile recording, int channel, SampledWindow window, Normaliser normaliser) {
      WindowTable.Place place =
          new WindowTable.Place(recording.recording(), channel, window.startS(), window.endS());
      if (!rules.gate().passes(window)) {
        return PendingWindow.withoutSpeech(place);
      }
      PendingWindow pending = PendingWindow.withSpeech(place);
      InputMatrix cut = features.cut(window);
      levels.add(cut);
      normaliser.apply(cut);
      batch.add(pending, cut.values());
      return pending;
    }

    private Row row(PendingWindow window) {
      Row row =
          WindowTable.row(
              window.place(), labels, window.probabilities(), rules.abstainBelow(), rules.origin());
      window.probabilities().ifPresent(p -> heard.scored(p));
      metrics.count(ScoreCounters.WINDOWS);
      metrics.count(ScoreCounters.of(row, window.probabilities()));
      return ScoredRows.window(row);
    }
  }
}
