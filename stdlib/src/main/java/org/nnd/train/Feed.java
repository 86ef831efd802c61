package org.nnd.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.data.Batch;
import org.nnd.data.DataSet;
import org.nnd.data.Field;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Mode;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.model.Columns;
import org.nnd.model.Model;

/**
 * Which column of a data set goes into which input of a model, and which are targets.
 *
 * @param columns the column's name by the input's
 */
record Feed(Map<String, String> columns, List<Target> targets) {
  static Feed of(Model model, DataSet data) {
    List<Field> inputs = fields(data, Field.Role.INPUT);
    Map<String, String> columns = new LinkedHashMap<>();
    for (InputSpec input : model.inputs()) {
      Field field = source(input, model, inputs);
      InputSpec given = Columns.spec(field);
      if (!given.type().equals(input.type())) {
        throw new NndException(
            "the model's input '%s' takes %s, the data's '%s' is %s"
                .formatted(input.name(), input.type(), field.name(), given.type()));
      }
      columns.put(input.name(), field.name());
    }
    List<Target> targets = new ArrayList<>();
    for (Field field : fields(data, Field.Role.TARGET)) {
      if (columns.containsKey(field.name())) {
        throw new NndException(
            "'%s' is the name of an input and of a target; rename the model's input"
                .formatted(field.name()));
      }
      targets.add(new Target(field.name(), Columns.spec(field).type()));
      columns.put(field.name(), field.name());
    }
    if (targets.isEmpty()) {
      throw new NndException("the data has no target, only " + data.fields());
    }
    checkClasses(model, data);
    return new Feed(columns, targets);
  }

  /** By name; where there is one of each, that one. */
  private static Field source(InputSpec input, Model model, List<Field> fields) {
    return fields.stream()
        .filter(
            f -> f.name().equals(input.name()) || fields.size() == 1 && model.inputs().size() == 1)
        .findFirst()
        .orElseThrow(
            () ->
                new NndException(
                    "the data has no column for the model's input '%s'; its inputs are %s"
                        .formatted(input.name(), fields.stream().map(Field::name).toList())));
  }

  /** Class numbers that the network cannot give would silently count as no class at all. */
  private static void checkClasses(Model model, DataSet data) {
    Field target = target(data);
    for (Map.Entry<String, Node> output :
        model.lowered(Mode.INFERENCE).graph().outputs().entrySet()) {
      Node node = output.getValue();
      boolean logits = node.rank() == 2 && node.shape().dim(1).isFixed();
      if (logits && !target.labels().isEmpty() && node.shape().size(1) < target.labels().size()) {
        throw new NndException(
            "the network tells %d classes apart, the data's '%s' has %d: %s"
                .formatted(
                    node.shape().size(1), target.name(), target.labels().size(), target.labels()));
      }
    }
  }

  private static List<Field> fields(DataSet data, Field.Role role) {
    return data.fields().stream().filter(f -> f.role() == role).toList();
  }

  /** {@return the first target: it says what kind of task this is} */
  static Field target(DataSet data) {
    List<Field> targets = fields(data, Field.Role.TARGET);
    if (targets.isEmpty()) {
      throw new NndException("the data has no target, only " + data.fields());
    }
    return targets.get(0);
  }

  /** {@return inputs and targets of a batch, by the names that the graph knows} */
  Map<String, Literal> values(Batch batch) {
    Map<String, Literal> values = new LinkedHashMap<>();
    columns.forEach((name, column) -> values.put(name, Columns.literal(batch.column(column))));
    return values;
  }
}
