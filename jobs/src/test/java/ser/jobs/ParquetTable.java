package ser.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** A table as other programs see it: the Parquet files of a folder, read without Spark. */
record ParquetTable(Path folder) {

  /**
   * All rows, in the order of some of their columns. Lists of floats are {@link ByteBuffer}s, which
   * are equal if every bit is; columns keep the file's order.
   */
  List<Map<String, Object>> rowsBy(String... columns) {
    List<Map<String, Object>> rows = new ArrayList<>();
    files().forEach(file -> rows.addAll(rowsOf(file)));
    Comparator<Map<String, Object>> order = (one, other) -> 0;
    for (String column : columns) {
      order = order.thenComparing(row -> comparable(row.get(column)));
    }
    rows.sort(order);
    return rows;
  }

  /** The rows without what differs from run to run. */
  static List<Map<String, Object>> without(List<Map<String, Object>> rows, String... columns) {
    return rows.stream()
        .map(
            row -> {
              Map<String, Object> rest = new LinkedHashMap<>(row);
              rest.keySet().removeAll(List.of(columns));
              return rest;
            })
        .toList();
  }

  List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Columns as {@code name type}, with the types of Parquet. */
  List<String> columns() {
    MessageType schema = metadata(files().get(0)).getSchema();
    return schema.getFields().stream().map(ParquetTable::describe).toList();
  }

  static FileMetaData metadata(Path file) {
    try (ParquetFileReader reader = ParquetFileReader.open(input(file))) {
      return reader.getFooter().getFileMetaData();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static List<Map<String, Object>> rowsOf(Path file) {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
            .build()) {
      for (Group group = reader.read(); group != null; group = reader.read()) {
        rows.add(row(group));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static InputFile input(Path file) throws IOException {
    return HadoopInputFile.fromPath(
        new org.apache.hadoop.fs.Path(file.toUri()), new Configuration());
  }

  private static Map<String, Object> row(Group group) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (Type field : group.getType().getFields()) {
      String name = field.getName();
      row.put(name, group.getFieldRepetitionCount(name) == 0 ? null : value(group, field));
    }
    return row;
  }

  private static Object value(Group group, Type field) {
    String name = field.getName();
    if (!field.isPrimitive()) {
      return floats(group.getGroup(name, 0));
    }
    return switch (field.asPrimitiveType().getPrimitiveTypeName()) {
      case BINARY -> group.getString(name, 0);
      case BOOLEAN -> group.getBoolean(name, 0);
      case INT32 -> group.getInteger(name, 0);
      case INT64 -> group.getLong(name, 0);
      case DOUBLE -> group.getDouble(name, 0);
      default -> throw new AssertionError("No table has a column like " + field);
    };
  }

  private static ByteBuffer floats(Group list) {
    int length = list.getFieldRepetitionCount(0);
    ByteBuffer values = ByteBuffer.allocate(length * Float.BYTES);
    for (int i = 0; i < length; i++) {
      values.putFloat(list.getGroup(0, i).getFloat(0, 0));
    }
    return values.flip();
  }

  private static String describe(Type field) {
    if (!field.isPrimitive()) {
      Type element = field.asGroupType().getType(0).asGroupType().getType(0);
      return "%s list of %s".formatted(field.getName(), typeOf(element));
    }
    return "%s %s".formatted(field.getName(), typeOf(field));
  }

  private static String typeOf(Type field) {
    LogicalTypeAnnotation logical = field.getLogicalTypeAnnotation();
    return logical == null
        ? field
            .asPrimitiveType()
            .getPrimitiveTypeName()
            .toString()
            .toLowerCase(java.util.Locale.ROOT)
        : logical.toString().toLowerCase(java.util.Locale.ROOT);
  }

  @SuppressWarnings("unchecked")
  private static Comparable<Object> comparable(Object value) {
    return (Comparable<Object>) value;
  }
}
