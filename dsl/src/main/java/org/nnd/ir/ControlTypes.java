package org.nnd.ir;

import static org.nnd.ir.TypeRules.require;
import static org.nnd.ir.TypeRules.same;

import java.util.ArrayList;
import java.util.List;

/**
 * The type rules of operations that hold graphs or code: the operands must be what the body's
 * inputs are.
 */
final class ControlTypes {
  private ControlTypes() {}

  static List<TensorType> scan(Op.Scan op, List<TensorType> given) {
    int end = op.carries() + op.sequences();
    require(given.size() >= end, "scan wants %s operands, got %s", end, given.size());
    List<TensorType> wanted = new ArrayList<>(given);
    for (int i = op.carries(); i < end; i++) {
      Shape shape = given.get(i).shape();
      require(
          shape.rank() > 0 && shape.dim(0).is(op.length()),
          "scan of length %s over a sequence %s",
          op.length(),
          shape);
      wanted.set(i, given.get(i).withShape(shape.slice(1, shape.rank())));
    }
    List<TensorType> results = new ArrayList<>(body("scan", op.body(), wanted));
    for (int i = 0; i < results.size(); i++) {
      if (i < op.carries()) {
        same("scan: carry " + i, given.get(i), results.get(i));
      } else {
        TensorType element = results.get(i);
        results.set(i, element.withShape(element.shape().prepend(Dim.of(op.length()))));
      }
    }
    return List.copyOf(results);
  }

  static List<TensorType> repeat(Op.While op, List<TensorType> state) {
    require(
        body("while", op.condition(), state).equals(List.of(TensorType.scalar(DType.BOOL))),
        "the condition of a while must give one bool");
    List<TensorType> after = body("while", op.body(), state);
    require(after.equals(state), "the body of a while turns %s into %s", state, after);
    return state;
  }

  static List<TensorType> cond(Op.Cond op, List<TensorType> given) {
    require(
        !given.isEmpty() && given.get(0).equals(TensorType.scalar(DType.BOOL)),
        "cond wants a bool scalar first");
    List<TensorType> arguments = given.subList(1, given.size());
    List<TensorType> then = body("cond", op.then(), arguments);
    List<TensorType> otherwise = body("cond", op.otherwise(), arguments);
    require(then.equals(otherwise), "the branches of a cond give %s and %s", then, otherwise);
    return then;
  }

  static List<TensorType> custom(CustomCode code, List<TensorType> arguments) {
    List<TensorType> wanted = code.inputs().stream().map(CustomCode.Argument::type).toList();
    require(
        wanted.equals(arguments),
        "the kernel %s wants operands %s, got %s",
        code.name(),
        wanted,
        arguments);
    return code.results();
  }

  static List<TensorType> body(String name, Graph body, List<TensorType> arguments) {
    List<TensorType> wanted = body.inputs().stream().map(Node::type).toList();
    require(wanted.equals(arguments), "%s wants operands %s, got %s", name, wanted, arguments);
    return body.outputs().values().stream().map(Node::type).toList();
  }
}
