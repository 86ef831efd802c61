package org.nnd.onnx.exports;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A graph of calls, in an order in which they can run. It sees the values of graphs around it. */
public record Body(List<Typed> inputs, List<Call> calls, List<Typed> outputs) {
  public Body {
    inputs = List.copyOf(inputs);
    calls = List.copyOf(calls);
    outputs = List.copyOf(outputs);
  }

  /** {@return this without the calls that no output needs} */
  Body pruned() {
    Set<String> needed = new HashSet<>();
    outputs.forEach(output -> needed.add(output.name()));
    List<Call> kept = new ArrayList<>();
    for (int i = calls.size() - 1; i >= 0; i--) {
      Call call = calls.get(i);
      if (call.outputs().stream().anyMatch(needed::contains)) {
        kept.add(call);
        needed.addAll(call.inputs());
        bodies(call).forEach(body -> needed.addAll(body.read()));
      }
    }
    Collections.reverse(kept);
    return new Body(inputs, kept, outputs);
  }

  /** {@return this with other outputs} */
  Body returning(List<Typed> others) {
    return new Body(inputs, calls, others);
  }

  /** {@return the names of all values that are read here or in bodies inside} */
  Set<String> read() {
    return uses().keySet();
  }

  /** {@return how often values are read, here and in bodies inside} */
  Map<String, Integer> uses() {
    Map<String, Integer> uses = new HashMap<>();
    count(uses);
    return uses;
  }

  private void count(Map<String, Integer> uses) {
    outputs.forEach(output -> uses.merge(output.name(), 1, Integer::sum));
    for (Call call : calls) {
      call.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
      bodies(call).forEach(body -> body.count(uses));
    }
  }

  /** {@return this with values under other names, here and in bodies inside} */
  Body renamed(Map<String, String> names) {
    return new Body(
        inputs,
        calls.stream().map(call -> renamed(call, names)).toList(),
        outputs.stream().map(o -> o.renamed(renamed(o.name(), names))).toList());
  }

  private static Call renamed(Call call, Map<String, String> names) {
    return new Call(
            call.name(),
            call.operator(),
            renamed(call.inputs(), names),
            renamed(call.outputs(), names),
            call.attributes(),
            call.path())
        .mapBodies(body -> body.renamed(names));
  }

  private static List<String> renamed(Collection<String> values, Map<String, String> names) {
    return values.stream().map(value -> renamed(value, names)).toList();
  }

  private static String renamed(String value, Map<String, String> names) {
    return names.getOrDefault(value, value);
  }

  private static Stream<Body> bodies(Call call) {
    return call.attributes().values().stream().filter(Body.class::isInstance).map(Body.class::cast);
  }
}
