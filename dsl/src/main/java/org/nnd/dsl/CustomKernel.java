package org.nnd.dsl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.nnd.ir.CustomCode;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Origin;
import org.nnd.ir.TensorType;

/**
 * An operation whose kernel is written by hand in OpenCL C 1.2: a layer without variables, to be
 * put between others, or applied to tensors.
 *
 * <pre>{@code
 * var swish = kernel("swish", """
 *     __kernel void swish(__global const float* x, __global float* y) {
 *       const int i = get_global_id(0);
 *       y[i] = x[i] / (1 + exp(-x[i]));
 *     }
 *     """)
 *     .in("x", "f32[...]")
 *     .out("y", "f32[...]")
 *     .reference(x -> x.mul(x.sigmoid()));
 * println(swish.apply(tensor(-1, 0, 1)));
 * }</pre>
 *
 * <p>The function of that name takes a {@code __global} pointer for every declared tensor, which
 * lies in row-major order, and may take numbers: the sizes that the declared shapes name, and
 * values. What is what goes by the names of the parameters. Sizes are found by comparing the
 * declared shapes with those of the tensors; {@code ...} stands for any axes. They are constants of
 * the kernel's text ({@code const int C} may be the extent of an array), but for what depends on
 * the batch size {@code N}: another batch size compiles nothing.
 *
 * <p>The kernel runs over exactly as many work-items as {@link #global} says, by default one for
 * each element of the first output. It must write every element of its outputs, unless these start
 * with a number, and must not write elsewhere, which nobody checks. Work-groups run in any order.
 *
 * <p>Training differentiates it by {@link #gradient(CustomKernel)}, or else by the reference; with
 * neither it is refused where a gradient is needed. The reference is also what stands for the
 * kernel in f64 and in ONNX.
 *
 * @param code what was written
 * @param inputs tensors that the kernel reads, in the order in which they are given
 * @param values numbers and sizes as text, by name
 * @param work over how much it runs
 * @param rules what else is known of it
 */
public record CustomKernel(
    Code code,
    List<Declared> inputs,
    List<Declared> outputs,
    Map<String, String> values,
    Work work,
    Rules rules)
    implements Layer {

  /**
   * The kernel's text.
   *
   * @param name of the function in it
   * @param site where it was declared
   * @param lines where it stands
   */
  public record Code(String name, String source, Site site, Site lines) {}

  /** See {@link #global}, {@link #local(String...)} and {@link #flops}; none: not told. */
  public record Work(List<String> global, List<String> local, String flops) {}

  /**
   * What is known of a kernel besides its code.
   *
   * @param gradient from the inputs, the outputs and the cotangents {@code d_y} of outputs {@code
   *     y} to the cotangents {@code d_x} of inputs {@code x}
   * @param reference from the inputs to the outputs
   */
  public record Rules(
      Optional<UnaryOperator<Tensors>> gradient, Optional<UnaryOperator<Tensors>> reference) {}

  /**
   * A tensor that the kernel reads or writes.
   *
   * @param type such as {@code f32[N, C, H * W]}
   * @param initial what an output holds before the kernel runs; empty: anything
   */
  public record Declared(String name, String type, OptionalDouble initial) {
    TensorPattern pattern() {
      return TensorPattern.parse(type);
    }

    @Override
    public String toString() {
      return name + ": " + type;
    }
  }

  public CustomKernel {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    values = new LinkedHashMap<>(values);
  }

  static CustomKernel of(String name, String source) {
    CustomDeclaration.checkName(name, "kernel");
    Site site = Site.here();
    return new CustomKernel(
        new Code(name, source, site, site.of(source)),
        List.of(),
        List.of(),
        Map.of(),
        new Work(List.of(), List.of(), "0"),
        new Rules(Optional.empty(), Optional.empty()));
  }

  /** {@return the kernel's name} */
  public String name() {
    return code.name();
  }

  @Override
  public Site site() {
    return code.site();
  }

  // Options.

  /** {@return this reading a further tensor, such as {@code in("x", "f32[N, C]")}} */
  public CustomKernel in(String tensor, String type) {
    return with(plus(inputs, declared(tensor, type, OptionalDouble.empty())), outputs);
  }

  /** {@return this writing a further tensor, every element of it} */
  public CustomKernel out(String tensor, String type) {
    return with(inputs, plus(outputs, declared(tensor, type, OptionalDouble.empty())));
  }

  /** {@return this writing elements of a further tensor, which holds {@code initial} before} */
  public CustomKernel out(String tensor, String type, double initial) {
    return with(inputs, plus(outputs, declared(tensor, type, OptionalDouble.of(initial))));
  }

  /** {@return this with a number for the parameter, and the size if it is whole, of that name} */
  public CustomKernel value(String parameter, Number value) {
    boolean whole = value instanceof Integer || value instanceof Long;
    return value(parameter, whole ? value.toString() : "" + value.doubleValue(), whole);
  }

  /** {@return this with a size for the parameter of that name, such as {@code "N * C / 4"}} */
  public CustomKernel value(String parameter, String expression) {
    return value(parameter, expression, true);
  }

  private CustomKernel value(String parameter, String text, boolean parse) {
    CustomDeclaration.checkName(parameter, "value");
    if (values.containsKey(parameter)) {
      throw Check.error("kernel '%s': the value '%s' is given twice", name(), parameter);
    }
    if (parse) {
      expression(text);
    }
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(parameter, text);
    return new CustomKernel(code, inputs, outputs, more, work, rules);
  }

  /**
   * {@return this running over so many work-items in one to three dimensions} For instance {@code
   * global("W", "H", "N * C")}, or {@code global("roundUp(count(y), 64)").local(64)} where the
   * kernel tells by itself which items have nothing to do. Expressions are integers: {@code + - *
   * /} and {@code %} round down; {@code ceilDiv}, {@code roundUp}, {@code min} and {@code max} take
   * two sizes, {@code count} the name of a tensor.
   */
  public CustomKernel global(String... sizes) {
    return with(new Work(sizes(sizes), work.local(), work.flops()));
  }

  /**
   * {@return this in work-groups of so many items in each dimension, which must divide the items of
   * all} Without it the largest divisor up to 64 in the first dimension, 1 in the others.
   */
  public CustomKernel local(String... sizes) {
    return with(new Work(work.global(), sizes(sizes), work.flops()));
  }

  /** {@return this in work-groups of these sizes} */
  public CustomKernel local(int... sizes) {
    return local(Arrays.stream(sizes).mapToObj(String::valueOf).toArray(String[]::new));
  }

  /** {@return this needing so many floating-point operations, for profiles} */
  public CustomKernel flops(String expression) {
    expression(expression);
    return with(new Work(work.global(), work.local(), expression));
  }

  /**
   * {@return this with a kernel for its gradient} That one takes what it needs of the inputs, the
   * outputs and the cotangents of the outputs by name ({@code d_y} for an output {@code y}), and
   * writes {@code d_x} for every input {@code x} that has a gradient.
   */
  public CustomKernel gradient(CustomKernel kernel) {
    return gradientOf(kernel::byName);
  }

  /** {@return this, of one input and one output, with its gradient: {@code (x, dy) -> dx}} */
  public CustomKernel gradient(BinaryOperator<Tensor> function) {
    return gradientOf(t -> Tensors.of(function.apply(t.get(0), t.get(t.size() - 1))));
  }

  /**
   * {@return this with its gradient: from inputs, outputs and cotangents {@code d_y} of outputs
   * {@code y} to cotangents {@code d_x} of inputs {@code x}, all by name}
   */
  public CustomKernel gradientOf(UnaryOperator<Tensors> function) {
    return with(new Rules(Optional.of(function), rules.reference()));
  }

  /** {@return this, of one input and one output, with the same as tensor operations} */
  public CustomKernel reference(UnaryOperator<Tensor> function) {
    return referenceOf(t -> Tensors.of(function.apply(t.one())));
  }

  /** {@return this, of two inputs and one output, with the same as tensor operations} */
  public CustomKernel reference(BinaryOperator<Tensor> function) {
    return referenceOf(t -> Tensors.of(function.apply(t.get(0), t.get(1))));
  }

  /** {@return this with the same as tensor operations, from inputs to outputs by name} */
  public CustomKernel referenceOf(UnaryOperator<Tensors> function) {
    return with(new Rules(rules.gradient(), Optional.of(function)));
  }

  private CustomKernel with(List<Declared> newInputs, List<Declared> newOutputs) {
    return new CustomKernel(code, newInputs, newOutputs, values, work, rules);
  }

  private CustomKernel with(Work newWork) {
    return new CustomKernel(code, inputs, outputs, values, newWork, rules);
  }

  private CustomKernel with(Rules newRules) {
    return new CustomKernel(code, inputs, outputs, values, work, newRules);
  }

  private Declared declared(String tensor, String type, OptionalDouble initial) {
    CustomDeclaration.checkName(tensor, "tensor");
    if (Stream.of(inputs, outputs).flatMap(List::stream).anyMatch(d -> d.name().equals(tensor))) {
      throw Check.error("kernel '%s': the tensor '%s' is declared twice", name(), tensor);
    }
    Declared declared = new Declared(tensor, type, initial);
    try {
      declared.pattern();
    } catch (NndException e) {
      throw Check.error("kernel '%s': the tensor '%s': %s", name(), tensor, e.getMessage());
    }
    return declared;
  }

  private static List<Declared> plus(List<Declared> some, Declared one) {
    List<Declared> more = new ArrayList<>(some);
    more.add(one);
    return more;
  }

  private List<String> sizes(String... sizes) {
    if (sizes.length < 1 || sizes.length > 3) {
      throw Check.error(
          "kernel '%s': work-items have 1 to 3 dimensions, not %d", name(), sizes.length);
    }
    Arrays.stream(sizes).forEach(this::expression);
    return List.of(sizes);
  }

  private void expression(String text) {
    try {
      SizeExpression.parse(text);
    } catch (NndException e) {
      throw Check.error("kernel '%s': %s", name(), e.getMessage());
    }
  }

  // Lowering.

  @Override
  public Tensors lower(Lowering at, Tensors given) {
    boolean masksToo = given.main().size() != inputs.size() && given.size() == inputs.size();
    List<Tensor> tensors = (masksToo ? given : given.main()).list();
    List<TensorType> types = tensors.stream().map(Tensor::type).toList();
    Tensors results = tensorsOf(inForm(at, tensors, types));
    return masksToo ? results : results.with(given.masks());
  }

  /** In f64 the reference itself, else the kernel with its rules. */
  private List<Node> inForm(Lowering at, List<Tensor> tensors, List<TensorType> types) {
    boolean wide = types.stream().anyMatch(type -> type.dtype() == DType.F64);
    CustomRules traced = new CustomRules(this, at.mode());
    List<Node> nodes = tensors.stream().map(Tensor::node).toList();
    if (wide && types.size() == inputs.size()) {
      return traced.inDoublePrecision(types).apply(nodes);
    }
    CustomCode bound = CustomBinding.of(this, types);
    Optional<Graph> gradient = traced.gradient(bound);
    Op.Custom op = new Op.Custom(bound, gradient, traced.reference(bound));
    // The origin tells the lines of the source, for what the driver finds in them.
    return new Origin(at.path(), code.lines().text())
        .during(() -> Operations.results(Node.of(op, nodes)));
  }

  private Tensors tensorsOf(List<Node> results) {
    if (results.size() == 1) {
      return Tensors.of(Tensor.of(results.get(0)));
    }
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      named.put(outputs.get(i).name(), Tensor.of(results.get(i)));
    }
    return Tensors.of(named);
  }

  /** Applies this to those of some tensors that have the names of its inputs. */
  private Tensors byName(Tensors among) {
    Map<String, Tensor> chosen = new LinkedHashMap<>();
    for (Declared input : inputs) {
      Tensor tensor =
          among
              .find(input.name())
              .orElseThrow(
                  () ->
                      new NndException(
                          "kernel '%s' takes '%s'; a gradient can take %s"
                              .formatted(name(), input.name(), String.join(", ", among.names()))));
      chosen.put(input.name(), tensor);
    }
    Tensors results = apply(Tensors.of(chosen));
    return results.size() == 1 ? Tensors.of(outputs.get(0).name(), results.get(0)) : results;
  }

  @Override
  public String kind() {
    return "kernel";
  }

  @Override
  public String toString() {
    return "kernel(\"%s\")".formatted(name());
  }
}
