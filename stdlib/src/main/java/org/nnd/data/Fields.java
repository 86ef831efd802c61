package org.nnd.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nnd.ir.NndException;

/** Checks and look-ups on the fields of a data set. */
final class Fields {
  private Fields() {}

  static Field single(List<Field> fields, Field.Role role) {
    List<Field> found = fields.stream().filter(f -> f.role() == role).toList();
    if (found.size() != 1) {
      String what = role == Field.Role.INPUT ? "input" : "target";
      throw new NndException(
          "the data set has %d %ss %s, expected one; ask for a column by name with field(name)"
              .formatted(found.size(), what, found.stream().map(Field::name).toList()));
    }
    return found.get(0);
  }

  static List<Field> replace(List<Field> fields, Field replacement) {
    List<Field> out = new ArrayList<>(fields);
    out.replaceAll(f -> f.name().equals(replacement.name()) ? replacement : f);
    return List.copyOf(out);
  }

  /** The input {@code [C, H, W]} f32 that distortions of pictures work on. */
  static Field picture(List<Field> fields, String who) {
    Field field = single(fields, Field.Role.INPUT);
    if (field.kind() != Kind.F32 || field.shape().length != 3) {
      throw new NndException(
          "%s works on pictures, f32 [channels, height, width]; the input '%s' is %s%s"
              .formatted(who, field.name(), field.kind(), Arrays.toString(field.shape())));
    }
    return field;
  }

  static int part(int n, int size, String who) {
    if (n < 0 || n > size) {
      throw new NndException("%s(%d): the data set has %d examples".formatted(who, n, size));
    }
    return n;
  }

  static void checkRows(int[] rows, int size) {
    for (int row : rows) {
      if (row < 0 || row >= size) {
        throw new NndException("row %d is outside the data set's 0..%d".formatted(row, size - 1));
      }
    }
  }
}
