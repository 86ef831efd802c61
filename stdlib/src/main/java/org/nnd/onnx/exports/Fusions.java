package org.nnd.onnx.exports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.nnd.ir.Literal;

/**
 * Calls that an operator does along with another: biases of convolutions and products, and axes
 * that a reduction keeps.
 *
 * @param initializers values by name
 * @param keeping results of reshapes that only give a reduction its axes back
 */
record Fusions(Map<String, Literal> initializers, Set<String> keeping) {

  /** {@return a body, and the bodies inside, with such calls written as one} */
  Body apply(Body body) {
    Map<String, Call> made = new HashMap<>();
    body.calls().forEach(call -> call.outputs().forEach(output -> made.put(output, call)));
    Map<String, Integer> uses = body.uses();
    Set<String> outputs = body.outputs().stream().map(Typed::name).collect(Collectors.toSet());
    Map<Call, Call> changed = new IdentityHashMap<>();
    Map<String, String> renamed = new HashMap<>();
    for (Call call : body.calls()) {
      for (String input : call.inputs()) {
        Call before = made.get(input);
        boolean alone = before != null && uses.get(input) == 1 && !changed.containsKey(before);
        Optional<Call> both = alone ? fused(before, call, made) : Optional.empty();
        if (both.isPresent()) {
          String result = call.outputs().get(0);
          boolean known = outputs.contains(result);
          renamed.put(known ? input : result, known ? result : input);
          changed.put(before, both.get());
          changed.put(call, call);
          break;
        }
      }
    }
    List<Call> calls = new ArrayList<>();
    for (Call call : body.calls()) {
      Call now = changed.getOrDefault(call, call);
      boolean gone = now == call && changed.containsKey(call);
      if (!gone) {
        calls.add(now.mapBodies(this::apply));
      }
    }
    return new Body(body.inputs(), calls, body.outputs()).renamed(renamed).pruned();
  }

  /** {@return one call for a call and the next, which alone reads its result} */
  private Optional<Call> fused(Call call, Call next, Map<String, Call> made) {
    return switch (call.operator()) {
      case "Conv", "ConvTranspose", "Gemm" ->
          next.operator().equals("Add") && call.inputs().size() == 2
              ? biased(call, other(next, call.outputs().get(0)), made)
              : Optional.empty();
      case "ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd" ->
          keeping.contains(next.outputs().get(0))
              ? Optional.of(call.with("keepdims", 1L))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static String other(Call call, String input) {
    return call.inputs().get(call.inputs().get(0).equals(input) ? 1 : 0);
  }

  /** A vector of one number for each channel is added to the result. */
  private Optional<Call> biased(Call call, String summand, Map<String, Call> made) {
    Literal weight = initializers.get(call.inputs().get(1));
    Call reshape = made.get(summand);
    boolean aligned = reshape != null && reshape.operator().equals("Reshape");
    String name = aligned ? reshape.inputs().get(0) : summand;
    Literal vector = initializers.get(name);
    if (weight == null || vector == null || vector.shape().length != 1) {
      return Optional.empty();
    }
    long[] wanted = new long[Math.max(1, weight.shape().length - 1)];
    Arrays.fill(wanted, 1);
    wanted[0] = channels(call, weight.shape());
    long[] actual =
        aligned && initializers.get(reshape.inputs().get(1)) instanceof Literal shape
            ? (long[]) shape.array()
            : new long[] {vector.count()};
    boolean fits = Arrays.equals(wanted, actual) && aligned == wanted.length > 1;
    boolean one = wanted[0] == 1 && vector.count() == 1; // of any rank, that is
    return fits || one ? Optional.of(call.taking(name)) : Optional.empty();
  }

  private static long channels(Call call, int[] weight) {
    return switch (call.operator()) {
      case "Conv" -> weight[0];
      case "ConvTranspose" -> weight[1] * (long) call.attributes().getOrDefault("group", 1L);
      default -> weight[call.attributes().containsKey("transB") ? 0 : 1];
    };
  }
}
