package org.nnd.conformance;

import static org.nnd.layers.kernels.Kernels.ckConv;
import static org.nnd.layers.kernels.Kernels.dclsTo;
import static org.nnd.layers.kernels.Kernels.longConv;
import static org.nnd.layers.kernels.Kernels.sgConv;
import static org.nnd.layers.kernels.Kernels.smpConv;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.layers.kernels.CkConv;
import org.nnd.layers.kernels.Dcls;
import org.nnd.layers.kernels.KernelLayer;
import org.nnd.layers.kernels.LongConv;
import org.nnd.layers.kernels.LongConvolution;
import org.nnd.layers.kernels.SgConv;
import org.nnd.layers.kernels.SmpConv;

/** Convolutions with kernels that are functions, and long convolutions. */
final class KernelModules {
  private KernelModules() {}

  static Map<String, Function<Vector, Subject>> subjects() {
    Map<String, Function<Vector, Subject>> table = new LinkedHashMap<>();
    table.put("causalconv.py:causal_fftconv", v -> causal(v, LongConvolution.Method.FFT));
    table.put("causalconv.py:causal_conv", v -> causal(v, LongConvolution.Method.DIRECT));
    table.put("ckconv.py:CKConv", KernelModules::ckConvolution);
    table.put("SMPConv.py:SMPConv", KernelModules::smp);
    table.put("modules.py:Dcls1d", v -> spacings(v, 1));
    table.put("modules.py:Dcls2d", v -> spacings(v, 2));
    table.put("modules.py:Dcls3d", v -> spacings(v, 3));
    table.put("gconv_standalone.py:GConv", KernelModules::global);
    table.put("long_conv.py:LongConv", KernelModules::free);
    return table;
  }

  /** Where a case shows the kernel, the layer does too. */
  private static Subject of(Vector v, KernelLayer layer) {
    return Subject.layer(v.contains("out.kernel") ? layer.showKernel() : layer);
  }

  private static Subject causal(Vector v, LongConvolution.Method method) {
    int[] kernel = v.shape("p.kernel");
    v.expect("cin", kernel[1]).expect("cout", kernel[0]).expect("kernel_length", kernel[2]);
    v.expect("length", v.shape("in.x")[2]).skip("double_precision");
    return Subject.function(
        nodes -> {
          Tensor taps = Tensor.of(nodes.get("p.kernel"));
          LongConvolution convolution = LongConvolution.causal(taps, 1).method(method);
          Tensor y = convolution.apply(Tensor.of(nodes.get("in.x")), taps);
          Node bias = nodes.get("p.bias");
          Tensor shifted = bias == null ? y : y.add(Tensor.of(bias).unsqueeze(-1));
          return Map.of("y", shifted.node());
        });
  }

  private static Subject ckConvolution(Vector v) {
    int[] x = v.shape("in.x");
    v.expect("cin", x[1]).expect("in_channels", x[1]).expect("length", x[2]);
    v.expect("dim_linear", 1).expect("weight_norm", true);
    int out = v.has("cout") ? v.number("cout") : v.number("out_channels");
    int hidden = v.has("hidden") ? v.number("hidden") : v.number("hidden_channels");
    CkConv layer =
        ckConv(out)
            .hidden(hidden)
            .activation(
                v.has("activation") ? v.text("activation") : v.text("activation_function", "Sine"))
            .norm(v.has("norm") ? v.text("norm") : v.text("norm_type", ""))
            .bias(v.flag("bias", v.contains("p.bias")))
            .weightDropout(v.real("weight_dropout", 0));
    OptionalDouble omega = v.optionalReal("omega_0");
    layer = omega.isPresent() && omega.getAsDouble() > 0 ? layer.omega(omega.getAsDouble()) : layer;
    if (v.contains("b.train_length") && v.tensor("b.train_length").get(0) > 0) {
      layer = layer.trainLength((int) v.tensor("b.train_length").get(0));
    }
    if (v.contains("c.rel_positions")) {
      layer = layer.positions(v.constant("rel_positions").toDoubles());
    }
    KernelLayer shown = v.contains("out.kernel") ? layer.showKernel() : layer;
    return Subject.layer(
        v.contains("b.conv_kernel")
            ? new Beside("conv_kernel", v.shape("b.conv_kernel"), shown)
            : shown);
  }

  /** A layer beside a buffer that the official module keeps and that has no part in the result. */
  private record Beside(String buffer, int[] shape, Layer layer) implements Layer {
    @Override
    public Tensors lower(Lowering at, Tensors inputs) {
      long[] sizes = Arrays.stream(shape).asLongStream().toArray();
      at.buffer(buffer, Initializer.zeros(), sizes);
      return at.call("", layer, inputs);
    }
  }

  private static Subject smp(Vector v) {
    int channels = v.shape("in.x")[1];
    int kernel = v.number("kernel_size");
    v.expect("planes", channels).expect("groups", channels).expect("stride", 1);
    v.expect("padding", kernel / 2).skip("init_radius");
    SmpConv layer = smpConv(kernel);
    return of(v, v.has("n_points") ? layer.points(v.number("n_points")) : layer);
  }

  private static Subject spacings(Vector v, int axes) {
    int in = v.shape("in.x")[1];
    v.expect("channels", in).expect("in_channels", in).skip("use_implicit_gemm");
    int[] size = perAxis(v, "dilated_kernel_size", axes);
    int out = v.number("out_channels", v.shape("p.weight")[0]);
    Dcls layer =
        dclsTo(out, v.number("kernel_count"), size)
            .version(v.text("version", "gauss"))
            .groups(v.number("groups", 1))
            .stride(perAxis(v, "stride", axes))
            .bias(v.flag("bias", v.contains("p.bias")))
            .paddingMode(v.text("padding_mode", "zeros"));
    layer = v.has("padding") ? layer.padding(perAxis(v, "padding", axes)) : layer;
    return of(v, v.has("sig_offset") ? layer.sigmaOffset(v.real("sig_offset")) : layer);
  }

  private static int[] perAxis(Vector v, String name, int axes) {
    if (v.isList(name)) {
      return v.numbers(name);
    }
    int[] sizes = new int[axes];
    Arrays.fill(sizes, v.number(name, 1));
    return sizes;
  }

  private static Subject global(Vector v) {
    boolean transposed = v.flag("transposed", true);
    int[] x = v.shape("in.x");
    v.expect("d_model", x[transposed ? 1 : 2]).expect("length", x[transposed ? 2 : 1]);
    v.expect("shift", false).skip("d_state", "verbose", "initializer", "lr");
    refuse(v, "hyper_act", "the released code's kernels do not have the channels it needs");
    SgConv layer =
        sgConv(v.number("l_max", 1))
            .kernelDim(v.number("kernel_dim", 64))
            .initScale(v.number("init_scale", 0))
            .mode(v.text("mode", "cat_randn"))
            .channels(v.number("channels", 1))
            .bidirectional(v.flag("bidirectional", false))
            .decay(v.real("decay_min", 2), v.real("decay_max", 2))
            .activation(function(v, "activation", "gelu"))
            .postact(function(v, "postact", "none"))
            .dropout(v.real("dropout", 0))
            .weightNorm(v.flag("weight_norm", false))
            .layerNorm(v.flag("ln", false))
            .linear(v.flag("linear", false))
            .transposed(transposed);
    for (String scales : List.of("num_scales", "n_scales")) {
      layer = v.has(scales) ? layer.scales(v.number(scales)) : layer;
    }
    return of(v, layer);
  }

  private static Subject free(Vector v) {
    boolean transposed = v.flag("transposed", true);
    int[] x = v.shape("in.x");
    v.expect("d_model", x[transposed ? 1 : 2]).expect("length", x[transposed ? 2 : 1]);
    v.skip("verbose", "initializer", "learning_rate", "weight_init", "ma_window_len");
    v.expect("smooth_freq", false).expect("block_fft_conv", false).skip("block_fft_conv_args");
    LongConv layer =
        longConv(v.number("l_max", 1024))
            .lam(v.real("lam", 0.1))
            .channels(v.number("channels", 1))
            .bidirectional(v.flag("bidirectional", false))
            .causal(v.flag("causal", true))
            .kernelDropout(v.real("kernel_dropout", 0))
            .activation(function(v, "activation", "gelu"))
            .postact(function(v, "postact", "glu"))
            .dropout(v.real("dropout", 0), v.flag("tie_dropout", false))
            .weightNorm(v.flag("weight_norm", false))
            .transposed(transposed);
    boolean smooth = v.flag("use_ma_smoothing", false);
    return of(v, smooth ? layer.smoothing(v.number("ma_window_len", 7)) : layer);
  }

  /** The name of an activation; null is none at all, unlike one that is not given. */
  private static String function(Vector v, String name, String otherwise) {
    boolean given =
        v.field("hyper").filter(h -> h instanceof Map<?, ?> m && m.containsKey(name)).isPresent();
    return v.text(name, given ? "none" : otherwise);
  }

  private static void refuse(Vector v, String name, String why) {
    if (v.has(name)) {
      throw new NndException("the hyper-parameter '%s' has no form here: %s".formatted(name, why));
    }
  }
}
