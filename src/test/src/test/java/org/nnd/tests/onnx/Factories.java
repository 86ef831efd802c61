package org.nnd.tests.onnx;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.ir.DType;
import org.nnd.ir.NndException;
import org.nnd.layers.Conv;
import org.nnd.layers.Layers;
import org.nnd.layers.associative.Associative;
import org.nnd.layers.associative.Concept;
import org.nnd.layers.associative.Interaction;
import org.nnd.layers.convnets.ConvNets;
import org.nnd.layers.kernels.Kernels;
import org.nnd.layers.linear.LinearAttentions;
import org.nnd.layers.memory.Memories;
import org.nnd.layers.memory.MemoryPlus;
import org.nnd.layers.memory.Pkm;
import org.nnd.layers.memory.ProductKeyMemory;
import org.nnd.layers.nested.Choice;
import org.nnd.layers.nested.Configuration;
import org.nnd.layers.nested.Nested;
import org.nnd.layers.snnk.CsrGraph;
import org.nnd.layers.snnk.Snnk;
import org.nnd.layers.structured.Structured;

/** Every factory of a layer in the standard library, with arguments and inputs that fit. */
final class Factories {
  /** The values of the numbers a factory wants, in turn. */
  private static final List<IntFunction<Integer>> NUMBERS =
      List.of(i -> 5, i -> 4, i -> 2, i -> i == 1 ? 4 : 2, i -> i == 0 ? 2 : 4, i -> 8, i -> 64);

  private static final List<List<InputSpec>> INPUTS =
      Stream.of(
              List.of(InputSpec.of(20, 8, 8)),
              List.of(InputSpec.of(16, 8, 8)),
              List.of(InputSpec.of(16, 20)),
              List.of(InputSpec.of(16, 8)),
              List.of(InputSpec.of(20)),
              List.of(InputSpec.of(16)),
              List.of(InputSpec.of(4, 6, 6, 6)),
              List.of(InputSpec.of(9)),
              List.of(InputSpec.of(20, 20)),
              List.of(InputSpec.of(5, 5)),
              List.of(InputSpec.of(5, 8)),
              List.of(new InputSpec("x", DType.I32, 7)),
              List.of(new InputSpec("x", DType.F32, 6, 2), new InputSpec("mask", DType.BOOL, 6)))
          .toList();

  private Factories() {}

  static List<Method> all() {
    return Stream.of(
            Layers.class,
            ConvNets.class,
            Kernels.class,
            LinearAttentions.class,
            Memories.class,
            Nested.class,
            Snnk.class,
            Structured.class,
            Associative.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> Layer.class.isAssignableFrom(method.getReturnType()))
        .sorted(Comparator.comparing(Method::toString))
        .toList();
  }

  /** A layer and inputs that it takes. */
  record Example(Layer layer, List<InputSpec> inputs) {
    Lowered lowered(Mode mode) {
      return Lower.lower(layer, inputs, mode);
    }
  }

  static Optional<Example> example(Method factory) throws ReflectiveOperationException {
    for (IntFunction<Integer> numbers : NUMBERS) {
      Optional<Layer> layer = layer(factory, numbers);
      for (List<InputSpec> inputs : layer.isEmpty() ? List.<List<InputSpec>>of() : INPUTS) {
        try {
          Lower.lower(layer.get(), inputs, Mode.INFERENCE);
          Lower.lower(layer.get(), inputs, Mode.TRAINING);
          return Optional.of(new Example(layer.get(), inputs));
        } catch (NndException e) {
          continue; // the next inputs
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Layer> layer(Method factory, IntFunction<Integer> numbers)
      throws ReflectiveOperationException {
    List<Object> arguments = new ArrayList<>();
    for (Class<?> type : factory.getParameterTypes()) {
      arguments.add(argument(factory, type, numbers.apply(arguments.size())));
    }
    try {
      return Optional.of(small((Layer) factory.invoke(null, arguments.toArray())));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof NndException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Memories of hundreds of keys say no more than those of a few. */
  private static Layer small(Layer layer) {
    return switch (layer) {
      case MemoryPlus memory -> memory.keys(16).keySize(8).knn(4);
      case ProductKeyMemory memory -> memory.keys(16).keySize(8).knn(4);
      case Pkm memory -> memory.keys(16).headSize(8).topk(4);
      default -> layer;
    };
  }

  private static Object argument(Method factory, Class<?> type, int number) {
    String name = factory.getName();
    if (type == int.class) {
      // Convolutions with the number of their axes.
      boolean axes = List.of("conv", "depthwise").contains(name);
      return axes && factory.getParameterCount() == 2 ? Math.min(2, number) : number;
    }
    if (type == double.class) {
      return 0.5;
    }
    if (type == int[].class) {
      return name.equals("permute") ? new int[] {0, 2, 1, 3} : new int[] {2, 4};
    }
    if (type == long[].class) {
      return new long[] {5, 4};
    }
    if (type == String.class) {
      return "gelu";
    }
    if (type == Choice.class) {
      return Nested.choice("size", 3, 5);
    }
    if (type == IntFunction.class) {
      return (IntFunction<Layer>) Layers::dense;
    }
    if (type == Configuration.class) {
      return Nested.full();
    }
    if (type == List.class) {
      return List.of(Nested.full().with("width", 3));
    }
    if (type == Interaction.class) {
      return Interaction.power(3);
    }
    if (type == Conv.class) {
      return Layers.conv(4);
    }
    if (type == CsrGraph.class) {
      return CsrGraph.undirected(5, new int[][] {{0, 1}, {1, 2}, {3, 4}});
    }
    if (type == Concept[].class) {
      return new Concept[] {Associative.concept("a", 2), Associative.concept("b", 3)};
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    return name.equals("supernet")
        ? Nested.elastic(Nested.choice("width", 3, 5), Layers::dense)
        : Layers.dense(20);
  }
}
