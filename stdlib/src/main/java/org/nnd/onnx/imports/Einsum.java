package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/** Sums of products over labelled axes: operands are contracted one after another. */
final class Einsum {
  private Einsum() {}

  /** A tensor with a label for each axis; an ellipsis has the labels '0', '1', … from its end. */
  private record Labelled(Node node, List<Character> labels) {}

  static List<Value> lower(NodeScope scope) {
    String equation = scope.text("equation", "").replace(" ", "");
    int arrow = equation.indexOf("->");
    String left = arrow < 0 ? equation : equation.substring(0, arrow);
    String[] terms = left.split(",", -1);
    if (terms.length != scope.inputs()) {
      throw scope.error(
          "the equation '%s' has %d terms for %d inputs"
              .formatted(equation, terms.length, scope.inputs()));
    }
    List<Labelled> operands = new ArrayList<>();
    for (int i = 0; i < terms.length; i++) {
      Node x = scope.node(i);
      operands.add(diagonal(scope, new Labelled(x, labels(scope, terms[i], x.rank()))));
    }
    int dots =
        operands.stream()
            .mapToInt(o -> (int) o.labels.stream().filter(Character::isDigit).count())
            .max()
            .orElse(0);
    List<Character> output =
        arrow < 0 ? implicit(left, dots) : labels(scope, equation.substring(arrow + 2), dots, true);
    return List.of(scope.like(0, contracted(scope, operands, output)));
  }

  private static List<Character> labels(NodeScope scope, String term, int rank) {
    int named = term.replace("...", "").length();
    int dots = rank - named;
    if (dots < 0 || dots > 0 && !term.contains("...")) {
      throw scope.error("the term '%s' for a tensor of rank %d".formatted(term, rank));
    }
    return labels(scope, term, dots, false);
  }

  private static List<Character> labels(NodeScope scope, String term, int dots, boolean output) {
    List<Character> labels = new ArrayList<>();
    for (int i = 0; i < term.length(); i++) {
      char c = term.charAt(i);
      if (term.startsWith("...", i)) {
        for (int k = dots - 1; k >= 0; k--) {
          labels.add((char) ('0' + k));
        }
        i += 2;
      } else if (Character.isLetter(c) && !(output && labels.contains(c))) {
        labels.add(c);
      } else {
        throw scope.error("the term '%s' of the equation".formatted(term));
      }
    }
    return labels;
  }

  /** Without an arrow: the ellipsis, then the labels that are there once, in alphabetical order. */
  private static List<Character> implicit(String left, int dots) {
    Map<Character, Integer> counts = new TreeMap<>();
    for (char c : left.replace("...", "").replace(",", "").toCharArray()) {
      counts.merge(c, 1, Integer::sum);
    }
    List<Character> labels = new ArrayList<>();
    for (int k = dots - 1; k >= 0; k--) {
      labels.add((char) ('0' + k));
    }
    counts.forEach(
        (label, count) -> {
          if (count == 1) {
            labels.add(label);
          }
        });
    return labels;
  }

  /** A label that a term has twice takes the diagonal. */
  private static Labelled diagonal(NodeScope scope, Labelled x) {
    for (int i = 0; i < x.labels.size(); i++) {
      int again = x.labels.lastIndexOf(x.labels.get(i));
      if (again == i) {
        continue;
      }
      Shape shape = x.node.shape();
      if (!shape.dim(i).equals(shape.dim(again))) {
        throw scope.error("the diagonal of " + shape);
      }
      Node same =
          Operations.compare(
              Comparison.EQ,
              Operations.iota(DType.I32, shape, i),
              Operations.iota(DType.I32, shape, again));
      Node masked = Operations.select(same, x.node, Operations.full(x.node.type(), 0));
      List<Character> labels = new ArrayList<>(x.labels);
      labels.remove(again);
      return diagonal(scope, new Labelled(Operations.sum(masked, List.of(again)), labels));
    }
    return x;
  }

  private static Node contracted(NodeScope scope, List<Labelled> operands, List<Character> output) {
    Labelled result = operands.get(0);
    for (int i = 1; i < operands.size(); i++) {
      Set<Character> wanted = new HashSet<>(output);
      operands.subList(i + 1, operands.size()).forEach(o -> wanted.addAll(o.labels));
      result = product(result, operands.get(i), wanted);
    }
    Labelled last = summed(result, new HashSet<>(output));
    if (!new HashSet<>(last.labels).equals(new HashSet<>(output))) {
      throw scope.error("the result has labels that no term has");
    }
    return Operations.transpose(
        last.node, output.stream().map(label -> last.labels.indexOf(label)).toList());
  }

  /** Sums over the axes whose labels nobody wants. */
  private static Labelled summed(Labelled x, Set<Character> wanted) {
    List<Integer> axes = new ArrayList<>();
    List<Character> labels = new ArrayList<>();
    for (int i = 0; i < x.labels.size(); i++) {
      if (wanted.contains(x.labels.get(i))) {
        labels.add(x.labels.get(i));
      } else {
        axes.add(i);
      }
    }
    return new Labelled(Operations.sum(x.node, axes), labels);
  }

  private static Labelled product(Labelled left, Labelled right, Set<Character> wanted) {
    Set<Character> forLeft = new HashSet<>(wanted);
    forLeft.addAll(right.labels);
    Set<Character> forRight = new HashSet<>(wanted);
    forRight.addAll(left.labels);
    Map<Character, Dim> extents = new LinkedHashMap<>();
    for (Labelled x : List.of(left, right)) {
      for (int i = 0; i < x.labels.size(); i++) {
        Dim dim = x.node.shape().dim(i);
        extents.merge(x.labels.get(i), dim, (a, b) -> a.is(1) ? b : a);
      }
    }
    Labelled x = repeated(summed(left, forLeft), extents);
    Labelled y = repeated(summed(right, forRight), extents);
    List<Character> shared = x.labels.stream().filter(y.labels::contains).toList();
    List<Character> batch = shared.stream().filter(wanted::contains).toList();
    List<Character> gone = shared.stream().filter(label -> !wanted.contains(label)).toList();
    Node dot =
        Operations.dot(
            x.node, y.node, axes(x, batch), axes(y, batch), axes(x, gone), axes(y, gone));
    List<Character> labels = new ArrayList<>(batch);
    x.labels.stream().filter(label -> !shared.contains(label)).forEach(labels::add);
    y.labels.stream().filter(label -> !shared.contains(label)).forEach(labels::add);
    return new Labelled(dot, labels);
  }

  /** Axes of extent 1 broadcast. */
  private static Labelled repeated(Labelled x, Map<Character, Dim> extents) {
    Shape shape = new Shape(x.labels.stream().map(extents::get).toList());
    return new Labelled(
        Operations.broadcast(x.node, shape, Operations.axes(x.labels.size())), x.labels);
  }

  private static List<Integer> axes(Labelled x, List<Character> labels) {
    return labels.stream().map(label -> x.labels.indexOf(label)).toList();
  }
}
