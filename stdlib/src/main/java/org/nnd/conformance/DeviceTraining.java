package org.nnd.conformance;

import static org.nnd.train.Loss.crossEntropy;
import static org.nnd.train.ParameterGroup.group;
import static org.nnd.train.Training.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nnd.data.Column;
import org.nnd.data.DataSet;
import org.nnd.data.Field;
import org.nnd.data.Kind;
import org.nnd.dsl.Mode;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.model.Model;
import org.nnd.opencl.jocl.Device;
import org.nnd.train.History;

/** Trains on a device, as scripts do. */
final class DeviceTraining {
  private DeviceTraining() {}

  /** {@return {@code ref.losses}, {@code after.p.*} and {@code out.train_logits_after}} */
  static Map<String, Literal> run(Vector vector, Trajectory trajectory, Device device) {
    Map<String, Literal> inputs = vector.under("in");
    int batch = Math.toIntExact(VectorGraph.batch(inputs));
    Literal target = inputs.remove("target");
    Model model =
        Model.of(trajectory.network(), VectorGraph.specs(inputs, DType.F32), List.of()).on(device);
    vector.variables().forEach(model::setParameter);
    double first = trajectory.optimizer().learningRate();
    History history =
        train(model, data(vector, inputs, target))
            .loss(crossEntropy().smoothing(trajectory.smoothing()))
            .optimizer(trajectory.optimizer())
            .schedule(at -> trajectory.rates()[Math.toIntExact(at.step())] / first)
            .groups(group("*").weightDecay(trajectory.weightDecay()))
            .batchSize(batch)
            .epochs(trajectory.rates().length)
            .quiet()
            .run();

    double[] losses = history.epochs().stream().mapToDouble(epoch -> epoch.get("loss")).toArray();
    Map<String, Literal> results = new LinkedHashMap<>();
    results.put("ref.losses", Literal.of(losses, losses.length));
    model.weights().forEach((path, value) -> results.put("after.p." + path, value));
    model
        .run(model.lowered(Mode.TRAINING).graph(), inputs, batch)
        .forEach((name, value) -> results.put("out.train_logits_after", value));
    return results;
  }

  private static DataSet data(Vector vector, Map<String, Literal> inputs, Literal target) {
    int classes = vector.shape("out.train_logits_after")[1];
    List<Field> fields = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    inputs.forEach(
        (name, value) -> {
          int[] shape = value.shape();
          fields.add(Field.input(name, Kind.F32, Arrays.copyOfRange(shape, 1, shape.length)));
          columns.add(Column.of(name, shape, value.toFloats()));
        });
    List<String> labels = IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    fields.add(Field.classes("target", labels));
    columns.add(Column.of("target", target.shape(), (int[]) target.array()));
    return DataSet.of(fields, columns);
  }
}
