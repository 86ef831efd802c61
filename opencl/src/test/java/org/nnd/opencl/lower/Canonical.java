package org.nnd.opencl.lower;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.argReduce;
import static org.nnd.ir.Operations.argSort;
import static org.nnd.ir.Operations.broadcast;
import static org.nnd.ir.Operations.broadcastTrailing;
import static org.nnd.ir.Operations.concatenate;
import static org.nnd.ir.Operations.cumulative;
import static org.nnd.ir.Operations.divide;
import static org.nnd.ir.Operations.dot;
import static org.nnd.ir.Operations.exp;
import static org.nnd.ir.Operations.expand;
import static org.nnd.ir.Operations.fft;
import static org.nnd.ir.Operations.gather;
import static org.nnd.ir.Operations.matmul;
import static org.nnd.ir.Operations.maximum;
import static org.nnd.ir.Operations.mean;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.reduce;
import static org.nnd.ir.Operations.reduceWindow;
import static org.nnd.ir.Operations.reverse;
import static org.nnd.ir.Operations.rsqrt;
import static org.nnd.ir.Operations.scatterAdd;
import static org.nnd.ir.Operations.square;
import static org.nnd.ir.Operations.subtract;
import static org.nnd.ir.Operations.sum;
import static org.nnd.ir.Operations.topK;
import static org.nnd.ir.Operations.transpose;
import static org.nnd.ir.Operations.unary;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.Window;
import org.nnd.ir.composite.Attention;

/** Typical small graphs, one or two for each template and fusion, by name. */
public final class Canonical {
  private static final Dim N = Dim.BATCH;

  private final Map<String, Graph> graphs = new LinkedHashMap<>();

  private Canonical() {
    elementwise();
    rows();
    contractions();
    convolutions();
    windows();
    indexing();
    transforms();
    control();
  }

  /** {@return the graphs by name} */
  public static Map<String, Graph> graphs() {
    return new Canonical().graphs;
  }

  private void put(String name, Node output) {
    graphs.put(name, Graph.of(List.of(), Map.of("y", output)));
  }

  private static Node x(Object... dims) {
    return input("x", DType.F32, dims);
  }

  private static Node input(String name, DType dtype, Object... dims) {
    return Operations.input(name, new TensorType(dtype, shape(dims)));
  }

  private static Node parameter(String name, Object... dims) {
    return Operations.parameter(name, TensorType.f32(shape(dims)));
  }

  private static Shape shape(Object... dims) {
    Shape shape = Shape.SCALAR;
    for (int i = 0; i < dims.length; i++) {
      shape = shape.insert(i, dims[i] instanceof Dim dim ? dim : Dim.of((Integer) dims[i]));
    }
    return shape;
  }

  private static Node relu(Node x) {
    return maximum(x, 0);
  }

  private static Node gelu(Node x) {
    return multiply(multiply(x, 0.5), add(unary(UnaryOp.ERF, multiply(x, Math.sqrt(0.5))), 1));
  }

  /** Adds one number per feature of {@code [N, C, H, W]}. */
  private static Node biased(Node x, Node bias) {
    return add(x, broadcast(bias, x.shape(), List.of(1)));
  }

  private void elementwise() {
    put("add_relu", relu(add(x(N, 64), input("z", DType.F32, N, 64))));
    put("bias_gelu", gelu(biased(x(N, 32, 14, 14), parameter("bias", 32))));
    put("transpose", transpose(x(N, 49, 64), 0, 2, 1));
    put(
        "concatenate_pad",
        Operations.pad(
            concatenate(List.of(x(N, 3, 8), input("z", DType.F32, N, 2, 8)), 1),
            List.of(Dim.ZERO, Dim.ONE, Dim.ZERO),
            List.of(Dim.ZERO, Dim.ZERO, Dim.of(2)),
            List.of(0, 0, 0),
            0));
    put(
        "reverse_half",
        Operations.convert(reverse(input("x", DType.F16, N, 7, 12), List.of(1)), DType.F32));
    Node bits =
        Operations.randomBits(
            Operations.parameter("rng.seed", TensorType.scalar(DType.I32)),
            Operations.parameter("rng.step", TensorType.scalar(DType.I32)),
            shape(N, 96),
            7,
            0);
    Node dropped = x(N, 96);
    put(
        "dropout",
        Operations.select(
            Operations.compare(Comparison.GE, bits, 0),
            multiply(dropped, 2),
            Operations.full(dropped.type(), 0)));
    Node weight = parameter("weight", 64, 96);
    Node velocity = parameter("velocity", 64, 96);
    Node next = add(multiply(velocity, 0.9), input("gradient", DType.F32, 64, 96));
    Map<String, Node> updates = new LinkedHashMap<>();
    updates.put("velocity", next);
    updates.put("weight", subtract(weight, multiply(next, 0.1)));
    graphs.put("sgd_update", Graph.of(List.of(), Map.of(), updates));
  }

  private static Node softmax(Node x, int axis) {
    List<Integer> axes = List.of(axis);
    Node shifted = subtract(x, expand(reduce(Reduction.MAX, x, axes), x.shape(), axes));
    Node e = exp(shifted);
    return divide(e, expand(sum(e, axes), x.shape(), axes));
  }

  private void rows() {
    put("softmax", softmax(x(N, 10), 1));
    put("softmax_long", softmax(x(N, 8, 512), 2));
    put("softmax_columns", softmax(x(64, 1024), 0));
    Node x = x(N, 49, 64);
    Node centred = subtract(x, expand(mean(x, List.of(2)), x.shape(), List.of(2)));
    Node scale = rsqrt(add(mean(square(centred), List.of(2)), 1e-6));
    put(
        "layer_norm",
        multiply(
            multiply(centred, expand(scale, x.shape(), List.of(2))),
            broadcastTrailing(parameter("weight", 64), x.shape())));
    Node maps = x(N, 32, 14, 14);
    put("channel_mean", mean(maps, List.of(0, 2, 3)));
    put("global_pool", mean(maps, List.of(2, 3)));
    put("loss", sum(square(subtract(x(N, 10), input("z", DType.F32, N, 10))), List.of(0, 1)));
    put("column_max", reduce(Reduction.MAX, x(N, 33, 20), List.of(1)));
  }

  private void contractions() {
    Node dense = matmul(x(N, 256), parameter("weight", 256, 128));
    put("dense_relu", relu(add(dense, broadcastTrailing(parameter("bias", 128), dense.shape()))));
    put(
        "dense_gradient",
        dot(
            x(N, 256),
            input("z", DType.F32, N, 128),
            List.of(),
            List.of(),
            List.of(0),
            List.of(0)));
    Node queries = x(N, 4, 49, 16);
    Node keys = input("z", DType.F32, N, 4, 49, 16);
    List<Integer> heads = List.of(0, 1);
    put(
        "attention_scores",
        multiply(dot(queries, keys, heads, heads, List.of(3), List.of(3)), 0.25));
    Node values = input("v", DType.F32, N, 4, 49, 8);
    put(
        "attention_causal",
        Attention.attention(queries, keys, values, Optional.empty(), 0.25, true));
    put("matmul_ragged", matmul(x(33, 37), parameter("weight", 37, 35)));
    put(
        "matrix_vector",
        dot(parameter("weight", 300, 200), x(200), List.of(), List.of(), List.of(1), List.of(0)));
  }

  private static Node convolution(Node x, Window window, int groups, Object... kernel) {
    return Operations.convolution(x, parameter("kernel", kernel), window, Dim.of(groups), Dim.ONE);
  }

  private static Window window(int size, int stride, int padding) {
    return Window.of(List.of(size, size))
        .stride(List.of(stride, stride))
        .padding(List.of(padding, padding), List.of(padding, padding));
  }

  private void convolutions() {
    put("conv3x3", convolution(x(N, 32, 14, 14), window(3, 1, 1), 1, 64, 32, 3, 3));
    put("conv3x3_stride2", relu(convolution(x(N, 3, 32, 32), window(3, 2, 1), 1, 16, 3, 3, 3)));
    Node pointwise = convolution(x(N, 64, 7, 7), window(1, 1, 0), 1, 256, 64, 1, 1);
    put("conv1x1_gelu", gelu(biased(pointwise, parameter("bias", 256))));
    put("conv_grouped", convolution(x(N, 32, 8, 8), window(3, 1, 1), 4, 32, 8, 3, 3));
    put("depthwise7", convolution(x(N, 32, 14, 14), window(7, 1, 3), 32, 32, 1, 7, 7));
    put("depthwise31", convolution(x(N, 16, 64, 64), window(31, 1, 15), 16, 16, 1, 31, 31));
    put("depthwise13_small", convolution(x(N, 32, 7, 7), window(13, 1, 6), 32, 32, 1, 13, 13));
    put(
        "depthwise1d_folded",
        convolution(
            x(N, 16, 300),
            Window.of(List.of(100)).padding(List.of(99), List.of(0)),
            16,
            16,
            1,
            100));
    put(
        "conv_transposed",
        convolution(x(N, 16, 7, 7), window(2, 1, 1).inputDilation(List.of(2, 2)), 1, 8, 16, 2, 2));
    put(
        "conv1d_dilated",
        convolution(x(N, 8, 50), Window.of(List.of(3)).dilation(List.of(4)), 1, 12, 8, 3));
  }

  private void windows() {
    Window pool =
        Window.of(List.of(1, 1, 3, 3))
            .stride(List.of(1, 1, 2, 2))
            .padding(List.of(0, 0, 1, 1), List.of(0, 0, 1, 1));
    put("max_pool", reduceWindow(Reduction.MAX, x(N, 16, 28, 28), pool));
    Window across =
        Window.of(List.of(1, 5, 1, 1)).padding(List.of(0, 2, 0, 0), List.of(0, 2, 0, 0));
    put("sum_across_channels", reduceWindow(Reduction.SUM, x(N, 16, 8, 8), across));
    put("arg_max", argReduce(Reduction.MAX, x(N, 10), 1));
    put("running_sum", cumulative(Reduction.SUM, x(N, 40, 16), 1, false));
  }

  private void indexing() {
    Node tokens = input("tokens", DType.I32, N, 12);
    put("embedding", gather(parameter("table", 500, 64), tokens, 0));
    Node table = parameter("table", 500, 64);
    Node gradient = input("gradient", DType.F32, N, 12, 64);
    put("embedding_gradient", scatterAdd(table, tokens, gradient, 0));
    put(
        "scatter_few",
        scatterAdd(table, input("rows", DType.I32, 6), input("gradient", DType.F32, 6, 64), 0));
    put("sort_short", argSort(x(N, 40), 1, true));
    put("sort_long", argSort(x(N, 2000), 1, false));
    put("top_few", topK(x(N, 2000), 5));
  }

  private void transforms() {
    put("fft_64", fft(x(N, 16, 64, 2), false));
    put("fft_60", fft(x(N, 60, 2), true));
    put("fft_97", fft(x(N, 97, 2), false));
    put("fft_4096", fft(x(N, 4096, 2), false));
  }

  private void control() {
    TensorType state = TensorType.f32(shape(N, 32));
    Node weight = parameter("recurrent", 32, 32);
    Graph body =
        Operations.trace(
            List.of(state, state, weight.type()),
            x -> {
              Node next = unary(UnaryOp.TANH, add(x.get(1), matmul(x.get(0), x.get(2))));
              return List.of(next, next);
            });
    Node scan =
        Node.of(
            new Op.Scan(body, 1, 1, 20, false), x(N, 32), input("z", DType.F32, 20, N, 32), weight);
    put("recurrent", Operations.results(scan).get(1));
  }
}
