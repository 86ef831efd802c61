package org.nnd.opencl.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.TensorType;
import org.nnd.ir.testing.SumAndDifference;
import org.nnd.opencl.kernel.Interpreter;
import org.nnd.opencl.kernel.Memory;
import org.nnd.opencl.lower.KernelCall;
import org.nnd.opencl.lower.KernelCall.Slot;
import org.nnd.opencl.lower.KernelPlan;
import org.nnd.opencl.lower.Step;

/** Runs a plan by the kernel interpreter, every value in memory of exactly its size. */
final class HostRun {
  private final KernelPlan plan;
  private final long batch;
  private final Map<String, Memory> variables;
  private final Map<Slot, Memory> values = new HashMap<>();

  private HostRun(KernelPlan plan, long batch, Map<String, Memory> variables) {
    this.plan = plan;
    this.batch = batch;
    this.variables = variables;
  }

  /** {@return the outputs of a plan} */
  static Map<String, Literal> run(
      KernelPlan plan, long batch, Map<String, Literal> inputs, Map<String, Literal> parameters) {
    Map<String, Memory> variables = new HashMap<>();
    parameters.forEach((name, value) -> variables.put(name, memory(name, value)));
    HostRun run = new HostRun(plan, batch, variables);
    for (Node input : plan.graph().inputs()) {
      String name = ((Op.Input) input.op()).name();
      run.values.put(KernelCall.slot(input), memory(name, inputs.get(name)));
    }
    run.steps();
    Map<String, Literal> outputs = new LinkedHashMap<>();
    plan.graph().outputs().forEach((name, node) -> outputs.put(name, run.literal(node)));
    return outputs;
  }

  private static Memory memory(String name, Literal value) {
    Memory memory = new Memory(name, value.dtype(), value.count(), true);
    for (int i = 0; i < value.count(); i++) {
      if (value.array() instanceof long[] longs) {
        memory.setInteger(i, longs[i]);
      } else {
        memory.set(i, value.get(i));
      }
    }
    return memory;
  }

  private Literal literal(Node node) {
    Memory memory = memory(KernelCall.slot(node));
    int[] shape = node.shape().at(batch);
    if (node.dtype() == DType.I64) {
      long[] values = new long[memory.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = memory.getInteger(i);
      }
      return Literal.of(values, shape);
    }
    double[] values = new double[memory.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = memory.get(i);
    }
    return Literal.ofDoubles(node.dtype(), values, shape);
  }

  private Memory memory(Slot slot) {
    return values.computeIfAbsent(slot, this::allocate);
  }

  private Memory allocate(Slot slot) {
    return switch (slot) {
      case KernelCall.ValueOf(Node node) ->
          switch (node.op()) {
            case Op.Parameter parameter -> variables.get(parameter.name());
            case Op.Constant constant when node.rank() > 0 -> memory("constant", constant.value());
            default -> {
              Node variable = plan.inPlace().get(node);
              yield variable == null ? fresh(node.type()) : memory(KernelCall.slot(variable));
            }
          };
      case KernelCall.ResultOf result -> fresh(result.node().types().get(result.index()));
      case KernelCall.Scratch scratch ->
          new Memory(
              scratch.name(),
              scratch.dtype(),
              Math.toIntExact(scratch.elements().at(batch)),
              false);
    };
  }

  private Memory fresh(TensorType type) {
    return new Memory(
        "value", type.dtype(), Math.toIntExact(type.shape().count().at(batch)), false);
  }

  private void steps() {
    for (Step step : plan.steps()) {
      switch (step) {
        case KernelCall call when call.kernel().name().equals(SumAndDifference.NAME) ->
            sumAndDifference(call.arguments().stream().map(this::memory).toList());
        case KernelCall call ->
            Interpreter.run(
                call.kernel(),
                call.arguments().stream().map(this::memory).toList(),
                call.n().at(batch));
        case Step.ScanLoop loop -> scan(loop);
        case Step.WhileLoop loop -> repeat(loop);
        case Step.Branch branch -> {
          List<Memory> operands = operands(branch.node());
          boolean holds = operands.get(0).getInteger(0) != 0;
          KernelPlan body = holds ? branch.then() : branch.otherwise();
          results(branch.node(), call(body, operands.subList(1, operands.size())));
        }
      }
    }
  }

  /** What is written by hand is not interpreted. */
  private static void sumAndDifference(List<Memory> x) {
    for (int i = 0; i < x.get(0).size(); i++) {
      float a = (float) x.get(0).get(i);
      float b = (float) x.get(1).get(i);
      x.get(2).set(i, a + b);
      x.get(3).set(i, a - b);
    }
  }

  private List<Memory> operands(Node node) {
    return node.operands().stream().map(operand -> memory(KernelCall.slot(operand))).toList();
  }

  private List<Memory> call(KernelPlan body, List<Memory> arguments) {
    HostRun run = new HostRun(body, batch, variables);
    for (int i = 0; i < arguments.size(); i++) {
      run.values.put(KernelCall.slot(body.graph().inputs().get(i)), arguments.get(i));
    }
    run.steps();
    return body.graph().outputs().values().stream()
        .map(node -> run.memory(KernelCall.slot(node)))
        .toList();
  }

  private void results(Node node, List<Memory> results) {
    for (int i = 0; i < results.size(); i++) {
      values.put(new KernelCall.ResultOf(node, i), results.get(i));
    }
  }

  private void repeat(Step.WhileLoop loop) {
    List<Memory> state = operands(loop.node());
    while (call(loop.condition(), state).get(0).getInteger(0) != 0) {
      state = call(loop.body(), state);
    }
    results(loop.node(), state);
  }

  private void scan(Step.ScanLoop loop) {
    Op.Scan scan = (Op.Scan) loop.node().op();
    List<Memory> operands = operands(loop.node());
    List<Memory> carries = operands.subList(0, scan.carries());
    List<Memory> sequences = new ArrayList<>();
    for (TensorType type :
        loop.node().types().subList(scan.carries(), loop.node().types().size())) {
      sequences.add(fresh(type));
    }
    for (int step = 0; step < scan.length(); step++) {
      int t = scan.reverse() ? scan.length() - 1 - step : step;
      List<Memory> arguments = new ArrayList<>(carries);
      for (int i = scan.carries(); i < operands.size(); i++) {
        boolean sequence = i < scan.carries() + scan.sequences();
        arguments.add(sequence ? element(operands.get(i), t, scan.length()) : operands.get(i));
      }
      List<Memory> after = call(loop.body(), arguments);
      carries = after.subList(0, scan.carries());
      for (int r = 0; r < sequences.size(); r++) {
        Memory element = after.get(scan.carries() + r);
        copy(element, 0, sequences.get(r), t * element.size(), element.size());
      }
    }
    List<Memory> all = new ArrayList<>(carries);
    all.addAll(sequences);
    results(loop.node(), all);
  }

  private static Memory element(Memory sequence, int t, int length) {
    int size = sequence.size() / length;
    Memory element = new Memory("element", sequence.dtype(), size, false);
    copy(sequence, t * size, element, 0, size);
    return element;
  }

  private static void copy(Memory from, int at, Memory to, int start, int count) {
    for (int i = 0; i < count; i++) {
      if (from.dtype().isFloat()) {
        to.set(start + i, from.get(at + i));
      } else {
        to.setInteger(start + i, from.getInteger(at + i));
      }
    }
  }
}
