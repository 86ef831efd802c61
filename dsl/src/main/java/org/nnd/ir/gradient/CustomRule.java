package org.nnd.ir.gradient;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.CustomCode;
import org.nnd.ir.Graph;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;

/**
 * The gradient of a kernel written by hand: what was given as such, or else that of its reference.
 */
final class CustomRule {
  private CustomRule() {}

  static void apply(Op.Custom op, Node node, Sweep to) {
    if (op.gradient().isPresent()) {
      given(op, op.gradient().get(), node, to);
    } else if (op.reference().isPresent()) {
      List<Node> results = op.reference().get().apply(node.operands());
      for (int i = 0; i < results.size(); i++) {
        Node result = results.get(i);
        to.cotangent(node, i).ifPresent(g -> to.add(result, g));
      }
    } else {
      for (int i = 0; i < node.operands().size(); i++) {
        if (to.wants(node, i)) {
          throw refused(op.code(), i, node, "has no gradient");
        }
      }
    }
  }

  private static void given(Op.Custom op, Graph gradient, Node node, Sweep to) {
    List<String> names = List.copyOf(gradient.outputs().keySet());
    List<Node> cotangents = List.of();
    for (int i = 0; i < node.operands().size(); i++) {
      if (!to.wants(node, i)) {
        continue;
      }
      int given = names.indexOf("d_" + op.code().inputs().get(i).name());
      if (given < 0) {
        throw refused(op.code(), i, node, "gives no gradient for its input '%s'");
      }
      if (cotangents.isEmpty()) {
        cotangents = gradient.apply(arguments(node, to));
      }
      to.add(node.operand(i), cotangents.get(given));
    }
  }

  /** Operands, results, and the cotangents of results, zero where nothing depends on one. */
  private static List<Node> arguments(Node node, Sweep to) {
    List<Node> arguments = new ArrayList<>(node.operands());
    arguments.addAll(Operations.results(node));
    for (int i = 0; i < node.types().size(); i++) {
      if (node.types().get(i).dtype().isFloat()) {
        int result = i;
        arguments.add(
            to.cotangent(node, i).orElseGet(() -> Operations.full(node.types().get(result), 0)));
      }
    }
    return arguments;
  }

  private static NndException refused(CustomCode code, int input, Node node, String what) {
    String name = code.inputs().get(input).name();
    return new NndException(
        "%s: the kernel '%s' %s, and training needs that of '%s'; give it with .gradient(…), or put"
                .formatted(Pullback.place(node), code.name(), what.formatted(name), name)
            + " .stopGradient() behind the tensor that goes in there");
  }
}
