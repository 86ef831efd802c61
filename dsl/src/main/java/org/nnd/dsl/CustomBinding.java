package org.nnd.dsl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nnd.ir.CustomCode;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.WorkSize;

/** Finds the sizes of a kernel's declaration from the tensors that it is given. */
final class CustomBinding {
  /** Items of a work-group where nobody has said: enough to be worth a group's start. */
  private static final int USUAL_GROUP = 64;

  private final CustomKernel kernel;
  private final Map<String, Dim> sizes = new LinkedHashMap<>();

  /** Where a size was found, for messages. */
  private final Map<String, String> sources = new LinkedHashMap<>();

  /** What {@code ...} stands for, where an input has it. */
  private Optional<Shape> rest = Optional.empty();

  private CustomBinding(CustomKernel kernel) {
    this.kernel = kernel;
  }

  /**
   * {@return the kernel for tensors of the given types}
   *
   * @throws NndException if they are not what was declared, or the declaration not what the source
   *     says
   */
  static CustomCode of(CustomKernel kernel, List<TensorType> types) {
    try {
      return new CustomBinding(kernel).bind(types);
    } catch (ArithmeticException e) {
      throw new NndException(
          "kernel '%s': a size is too large for %s".formatted(kernel.name(), types), e);
    } catch (NndException e) {
      throw new NndException("kernel '%s': %s".formatted(kernel.name(), e.getMessage()), e);
    }
  }

  private CustomCode bind(List<TensorType> types) {
    CustomDeclaration declaration = CustomDeclaration.of(kernel);
    checkKinds(types);
    kernel.values().forEach(this::bindNumber);
    List<CustomCode.Argument> inputs = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      bindAxes(kernel.inputs().get(i), types.get(i));
      inputs.add(new CustomCode.Argument(kernel.inputs().get(i).name(), types.get(i)));
    }
    kernel.values().forEach(this::bindExpression);
    for (int i = 0; i < types.size(); i++) {
      checkAxes(kernel.inputs().get(i), types.get(i));
    }
    List<CustomCode.Argument> outputs = new ArrayList<>();
    for (CustomKernel.Declared output : kernel.outputs()) {
      TensorType type = output.pattern().type(sizes, restFor(output));
      checkExtents(output, type);
      sizes.put(countOf(output.name()), type.shape().count());
      outputs.add(new CustomCode.Argument(output.name(), type, output.initial()));
    }
    List<WorkSize> global = global(outputs);
    return new CustomCode(
        kernel.name(),
        kernel.code().source(),
        inputs,
        outputs,
        declaration.scalars(sizes),
        global,
        local(global),
        SizeExpression.parse(kernel.work().flops()).dim(sizes));
  }

  private static String countOf(String tensor) {
    return "count(" + tensor + ")";
  }

  private void checkKinds(List<TensorType> types) {
    if (types.size() != kernel.inputs().size()) {
      throw new NndException(
          "it takes %s (%s), got %d (%s)"
              .formatted(
                  kernel.inputs().size() == 1 ? "1 tensor" : kernel.inputs().size() + " tensors",
                  join(kernel.inputs()),
                  types.size(),
                  join(types)));
    }
    for (int i = 0; i < types.size(); i++) {
      CustomKernel.Declared input = kernel.inputs().get(i);
      if (!input.pattern().admits(types.get(i))) {
        throw new NndException(
            "the input '%s' is %s, declared as %s"
                .formatted(input.name(), types.get(i), input.type()));
      }
    }
  }

  private static String join(List<?> parts) {
    return parts.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  /** A value that is a whole number is a size from the beginning. */
  private void bindNumber(String name, String text) {
    if (text.matches("-?[0-9]+")) {
      bind(name, Dim.of(Long.parseLong(text)), ".value(\"%s\", …)".formatted(name));
    }
  }

  private void bindExpression(String name, String text) {
    if (!text.matches("-?[0-9]+") && !CustomDeclaration.isReal(text)) {
      Dim dim = SizeExpression.parse(text).dim(sizes);
      bind(name, dim, ".value(\"%s\", \"%s\")".formatted(name, text));
    }
  }

  private void bind(String name, Dim dim, String source) {
    Dim before = sizes.putIfAbsent(name, dim);
    if (before != null && !before.equals(dim)) {
      throw new NndException(
          "%s is %s in %s and %s in %s".formatted(name, before, sources.get(name), dim, source));
    }
    sources.putIfAbsent(name, source);
  }

  private void bindAxes(CustomKernel.Declared input, TensorType type) {
    TensorPattern pattern = input.pattern();
    String source = "'%s' (%s)".formatted(input.name(), type);
    for (int i = 0; i < pattern.axes().size(); i++) {
      String name = pattern.axes().get(i).plainName();
      if (!name.isEmpty()) {
        bind(name, pattern.extent(type.shape(), i), source);
      }
    }
    if (pattern.rest() >= 0) {
      Shape here = pattern.rest(type.shape());
      if (rest.isPresent() && !rest.get().equals(here)) {
        throw new NndException("... is %s before and %s in %s".formatted(rest.get(), here, source));
      }
      rest = Optional.of(here);
    }
    sizes.put(countOf(input.name()), type.shape().count());
  }

  private void checkAxes(CustomKernel.Declared input, TensorType type) {
    TensorPattern pattern = input.pattern();
    for (int i = 0; i < pattern.axes().size(); i++) {
      Dim wanted = pattern.axes().get(i).dim(sizes);
      Dim given = pattern.extent(type.shape(), i);
      if (!wanted.equals(given)) {
        throw new NndException(
            "the input '%s' is %s, declared as %s: %s is %s, not %s"
                .formatted(input.name(), type, input.type(), pattern.axes().get(i), wanted, given));
      }
    }
  }

  private Shape restFor(CustomKernel.Declared output) {
    if (output.pattern().rest() >= 0 && rest.isEmpty()) {
      throw new NndException(
          "the output '%s' is %s, and no input has the axes ..."
              .formatted(output.name(), output.type()));
    }
    return rest.orElse(Shape.SCALAR);
  }

  private static void checkExtents(CustomKernel.Declared output, TensorType type) {
    for (Dim dim : type.shape().dims()) {
      if (dim.isFixed() && dim.fixed() < 0) {
        throw new NndException(
            "the output '%s', declared as %s, would be %s"
                .formatted(output.name(), output.type(), type));
      }
    }
  }

  // Work-items.

  private List<WorkSize> global(List<CustomCode.Argument> outputs) {
    List<String> texts =
        kernel.work().global().isEmpty()
            ? List.of(countOf(kernel.outputs().get(0).name()))
            : kernel.work().global();
    List<WorkSize> global = new ArrayList<>();
    for (String text : texts) {
      WorkSize size = SizeExpression.parse(text).workSize(sizes);
      if (size.items().isFixed() && size.items().fixed() < 0) {
        throw new NndException("it would run over %s = %s work-items".formatted(text, size));
      }
      global.add(size);
    }
    boolean nothing = global.stream().anyMatch(size -> size.items().is(0));
    for (CustomCode.Argument output : outputs) {
      boolean written = output.initial().isEmpty() && !output.type().shape().count().is(0);
      if (nothing && written) {
        throw new NndException(
            "it runs over %s work-items, so that nothing would write '%s' (%s)"
                .formatted(join(global), output.name(), output.type()));
      }
    }
    return global;
  }

  private List<Integer> local(List<WorkSize> global) {
    if (kernel.work().local().size() > global.size()) {
      throw new NndException(
          "its work-groups have %d dimensions, its work-items %d"
              .formatted(kernel.work().local().size(), global.size()));
    }
    List<Integer> local = new ArrayList<>();
    for (int i = 0; i < global.size(); i++) {
      WorkSize all = global.get(i);
      int size = kernel.work().local().isEmpty() ? (i == 0 ? usual(all) : 1) : given(i);
      if (unit(all) % size != 0) {
        throw new NndException(
            "work-groups of %d items do not divide the %s work-items%s; give"
                    .formatted(size, all, all.items().isFixed() ? "" : " for every batch size N")
                + " .global(\"roundUp(…, %d)\"), and have the kernel leave out the items beyond"
                    .formatted(size));
      }
      local.add(size);
    }
    return local;
  }

  private int given(int dimension) {
    if (dimension >= kernel.work().local().size()) {
      return 1;
    }
    String text = kernel.work().local().get(dimension);
    Dim size = SizeExpression.parse(text).dim(sizes);
    if (!size.isFixed() || size.fixed() < 1) {
      throw new NndException(
          "a work-group of %s = %s items; expected a number from 1".formatted(text, size));
    }
    return size.fixed();
  }

  private static int usual(WorkSize all) {
    long unit = unit(all);
    int size = USUAL_GROUP;
    while (unit % size != 0) {
      size--;
    }
    return size;
  }

  /** The largest number that divides a size whatever the batch size. */
  private static long unit(WorkSize all) {
    if (!all.isExact()) {
      return all.times();
    }
    long unit = 0;
    for (int power = 0; power <= all.items().degree(); power++) {
      long other = Math.abs(all.items().coefficient(power));
      while (other != 0) {
        long remainder = unit % other;
        unit = other;
        other = remainder;
      }
    }
    return unit; // 0, which everything divides, if there are no items
  }
}
