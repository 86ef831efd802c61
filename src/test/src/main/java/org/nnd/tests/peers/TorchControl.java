package org.nnd.tests.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/** Loops and branches, as Python's own. */
final class TorchControl {
  private TorchControl() {}

  static List<String> scan(TorchScope s, Node node, Op.Scan scan) {
    String body = s.function(scan.body());
    List<String> operands = node.operands().stream().map(s::value).toList();
    int sequences = scan.carries() + scan.sequences();
    List<String> carries = new ArrayList<>();
    operands.subList(0, scan.carries()).forEach(carry -> carries.add(s.let(carry)));
    int rows = node.types().size() - scan.carries();
    List<String> lists = IntStream.range(0, rows).mapToObj(i -> s.let("[]")).toList();
    String at = s.fresh("t");
    String range = "range(%d)".formatted(scan.length());
    s.statement("for %s in %s:".formatted(at, scan.reverse() ? "reversed(" + range + ")" : range));
    List<String> arguments = new ArrayList<>(carries);
    operands
        .subList(scan.carries(), sequences)
        .forEach(sequence -> arguments.add(sequence + "[" + at + "]"));
    arguments.addAll(operands.subList(sequences, operands.size()));
    String all = s.fresh("r");
    s.statement("    %s = %s(%s)".formatted(all, body, String.join(", ", arguments)));
    for (int i = 0; i < carries.size(); i++) {
      s.statement("    %s = %s[%d]".formatted(carries.get(i), all, i));
    }
    for (int i = 0; i < rows; i++) {
      s.statement("    %s.append(%s[%d])".formatted(lists.get(i), all, scan.carries() + i));
    }
    List<String> results = new ArrayList<>(carries);
    for (int i = 0; i < rows; i++) {
      String list = lists.get(i) + (scan.reverse() ? "[::-1]" : "");
      results.add(
          scan.length() == 0
              ? s.full(
                  node.types().get(scan.carries() + i).dtype(),
                  "0",
                  node.types().get(scan.carries() + i).shape())
              : s.let("torch.stack(" + list + ")"));
    }
    return results;
  }

  static List<String> loop(TorchScope s, Node node, Op.While loop) {
    String condition = s.function(loop.condition());
    String body = s.function(loop.body());
    String state = s.let(TorchText.tuple(node.operands().stream().map(s::value).toList()));
    s.statement("while bool(%s(*%s)[0]):".formatted(condition, state));
    s.statement("    %1$s = %2$s(*%1$s)".formatted(state, body));
    return s.let(state, node.types().size());
  }

  static List<String> cond(TorchScope s, Node node, Op.Cond cond) {
    String then = s.function(cond.then());
    String otherwise = s.function(cond.otherwise());
    List<String> operands = node.operands().stream().map(s::value).toList();
    String arguments = String.join(", ", operands.subList(1, operands.size()));
    return s.let(
        "(%s if bool(%s) else %s)(%s)".formatted(then, operands.get(0), otherwise, arguments),
        node.types().size());
  }
}
