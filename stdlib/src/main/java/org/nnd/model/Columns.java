package org.nnd.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nnd.data.Batch;
import org.nnd.data.Column;
import org.nnd.data.DataSet;
import org.nnd.data.Field;
import org.nnd.data.Kind;
import org.nnd.dsl.InputSpec;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/** Columns of data sets as inputs of graphs. */
public final class Columns {
  private Columns() {}

  /** {@return the input of a network that takes this field} */
  public static InputSpec spec(Field field) {
    return new InputSpec(
        field.name(), dtype(field.kind()), Arrays.stream(field.shape()).asLongStream().toArray());
  }

  /** {@return the rows of a column, {@code [rows, shape...]}; numbers are not copied} */
  public static Literal literal(Column column) {
    Object array = column.array();
    if (array instanceof boolean[] flags) {
      byte[] bytes = new byte[flags.length];
      for (int i = 0; i < flags.length; i++) {
        bytes[i] = (byte) (flags[i] ? 1 : 0);
      }
      array = bytes;
    }
    return new Literal(dtype(column.kind()), column.shape(), array);
  }

  /** {@return the inputs that a data set has, all rows, by name} */
  static Map<String, Literal> inputs(DataSet data) {
    Batch rows = data.all();
    Map<String, Literal> values = new LinkedHashMap<>();
    for (Field field : data.fields()) {
      if (field.role() == Field.Role.INPUT) {
        values.put(field.name(), literal(rows.column(field.name())));
      }
    }
    return values;
  }

  private static DType dtype(Kind kind) {
    return switch (kind) {
      case F32 -> DType.F32;
      case I32 -> DType.I32;
      case I64 -> DType.I64;
      case U8 -> DType.U8;
      case BOOL -> DType.BOOL;
    };
  }
}
