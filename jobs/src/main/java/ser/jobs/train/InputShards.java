package ser.jobs.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.HashPartitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;
import ser.model.Gender;
import ser.model.metrics.Subject;
import ser.model.network.NetworkShape;

/**
 * Prepared inputs as files that a single task reads one after the other, as often as it has epochs.
 * Rows are scattered over the files, and in them, by seed and name, so each file is a sample of all
 * and one at a time in memory is enough to shuffle.
 *
 * @param folder of the files
 * @param count of the files
 * @param rows of all files
 * @param values of one input
 */
record InputShards(String folder, int count, long rows, int values) implements Serializable {
  /** Of the inputs in one file, about. */
  private static final long BYTES = 32L << 20;

  private static final int BUFFER = 1 << 16;

  /**
   * Writes the inputs of one side; each file is whole before it is read.
   *
   * @param inputs gone through several times
   */
  static InputShards write(
      JavaRDD<LabelledInput> inputs,
      NetworkShape shape,
      String folder,
      long seed,
      Broadcast<SerializableConfiguration> hadoop) {
    long rows = inputs.count();
    int count = (int) Math.max(1, rows * shape.inputLength() * Float.BYTES / BYTES);
    InputShards shards = new InputShards(folder, count, rows, shape.inputLength());
    inputs
        .mapToPair(row -> new Tuple2<>(Place.of(row, seed), row))
        .repartitionAndSortWithinPartitions(new HashPartitioner(count))
        .values()
        .foreachPartition(
            partition ->
                shards.write(TaskContext.getPartitionId(), partition, hadoop.value().value()));
    return shards;
  }

  /** Rows of one file, one after the other. */
  Rows read(int shard, Configuration hadoop) {
    try {
      Path file = file(shard);
      return new Rows(
          new DataInputStream(
              new BufferedInputStream(file.getFileSystem(hadoop).open(file), BUFFER)),
          values);
    } catch (IOException e) {
      throw failed("read", shard, e);
    }
  }

  /** All rows of one file. */
  List<LabelledInput> load(int shard, Configuration hadoop) {
    List<LabelledInput> all = new ArrayList<>();
    try (Rows reader = read(shard, hadoop)) {
      reader.forEachRemaining(all::add);
    }
    return all;
  }

  void write(int shard, Iterator<LabelledInput> rows, Configuration hadoop) {
    Path file = file(shard);
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(file.getFileSystem(hadoop).create(file, true), BUFFER))) {
      ByteBuffer bytes = ByteBuffer.allocate(values * Float.BYTES);
      while (rows.hasNext()) {
        LabelledInput row = rows.next();
        out.writeBoolean(true);
        writeSubject(row.subject(), out);
        out.writeUTF(row.variant());
        out.writeInt(row.part().index());
        out.writeInt(row.part().count());
        out.writeInt(row.label());
        bytes.asFloatBuffer().put(row.values());
        out.write(bytes.array());
      }
      // A file without it was cut off.
      out.writeBoolean(false);
    } catch (IOException e) {
      throw failed("write", shard, e);
    }
  }

  private static void writeSubject(Subject subject, DataOutputStream out) throws IOException {
    out.writeUTF(subject.recording());
    out.writeUTF(subject.corpus());
    out.writeUTF(subject.speaker());
    out.writeUTF(subject.gender().label());
    out.writeUTF(subject.intensity());
  }

  private static Subject readSubject(DataInputStream in) throws IOException {
    return new Subject(
        in.readUTF(), in.readUTF(), in.readUTF(), Gender.ofLabel(in.readUTF()), in.readUTF());
  }

  private Path file(int shard) {
    return new Path(folder, "%05d.bin".formatted(shard));
  }

  private UncheckedIOException failed(String verb, int shard, IOException cause) {
    return new UncheckedIOException(
        "Cannot %s the prepared inputs %s".formatted(verb, file(shard)), cause);
  }

  /** The rows of a file in its order. */
  static final class Rows implements Iterator<LabelledInput>, AutoCloseable {
    private final DataInputStream in;
    private final byte[] bytes;
    private boolean more;

    private Rows(DataInputStream in, int values) {
      this.in = in;
      this.bytes = new byte[values * Float.BYTES];
      this.more = mark();
    }

    @Override
    public boolean hasNext() {
      return more;
    }

    @Override
    public LabelledInput next() {
      if (!more) {
        throw new NoSuchElementException();
      }
      try {
        Subject subject = readSubject(in);
        String variant = in.readUTF();
        RowPart part = new RowPart(in.readInt(), in.readInt());
        int label = in.readInt();
        in.readFully(bytes);
        float[] row = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(row);
        more = mark();
        return new LabelledInput(subject, variant, part, label, row);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read prepared inputs", e);
      }
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private boolean mark() {
      try {
        return in.readBoolean();
      } catch (IOException e) {
        throw new UncheckedIOException("Prepared inputs are cut off", e);
      }
    }
  }

  /** Where a row goes: scattered, but the same for the same row. */
  private record Place(long scattered, String row) implements Comparable<Place>, Serializable {
    static Place of(LabelledInput row, long seed) {
      String name = row.recording() + "\0" + row.variant();
      return new Place(
          new SplittableRandom(seed ^ name.hashCode()).nextLong(),
          "%s\0%08d".formatted(name, row.part().index()));
    }

    @Override
    public int hashCode() {
      return (int) (scattered >>> 33);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Place place && compareTo(place) == 0;
    }

    @Override
    public int compareTo(Place other) {
      int byPlace = Long.compare(scattered, other.scattered);
      return byPlace != 0 ? byPlace : row.compareTo(other.row);
    }
  }
}
