package org.nnd.conformance;

import static org.nnd.dsl.Combinators.identity;
import static org.nnd.dsl.Combinators.inline;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.parallel;
import static org.nnd.dsl.Combinators.repeat;
import static org.nnd.dsl.Combinators.residual;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.dsl.Combinators.share;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.convBn;
import static org.nnd.layers.Layers.convFfn;
import static org.nnd.layers.Layers.convNeXtBlock;
import static org.nnd.layers.Layers.convNeXtV2Block;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.depthwise;
import static org.nnd.layers.Layers.dilatedReparamBlock;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.inceptionNeXtBlock;
import static org.nnd.layers.Layers.layerNorm;
import static org.nnd.layers.Layers.layerScale;
import static org.nnd.layers.Layers.permute;
import static org.nnd.layers.Layers.relu;
import static org.nnd.layers.Layers.repLKBlock;
import static org.nnd.layers.Layers.repVggBlock;
import static org.nnd.layers.Layers.reparamLargeKernelConv;
import static org.nnd.layers.Layers.squeezeExcite;
import static org.nnd.layers.Layers.uniRepLKBlock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Named;
import org.nnd.dsl.Site;
import org.nnd.layers.ConvNeXtBlock;
import org.nnd.layers.DilatedReparamBlock;
import org.nnd.layers.ReparamLargeKernelConv;
import org.nnd.layers.UniRepLKBlock;
import org.nnd.zoo.ConvNeXt;
import org.nnd.zoo.RepLKNet;
import org.nnd.zoo.UniRepLKNet;

/** Large-kernel convolutional networks and their parts. */
final class ConvNetModules {
  private static final Subject.Fold BEFORE_LARGE = new Subject.Fold("prelkb_bn", "pw1.conv");
  private static final Subject.Fold BEFORE_FFN = new Subject.Fold("preffn_bn", "pw1.conv");
  private static final Subject.Fold BEFORE_HEAD = new Subject.Fold("norm", "head");

  private ConvNetModules() {}

  static Map<String, Function<Vector, Subject>> subjects() {
    Map<String, Function<Vector, Subject>> table = new LinkedHashMap<>();
    table.put("replknet.py:ReparamLargeKernelConv", ConvNetModules::largeKernelConv);
    table.put("replknet.py:RepLKBlock", ConvNetModules::repLK);
    table.put("replknet.py:ConvFFN", ConvNetModules::ffn);
    table.put("replknet.py:RepLKNet", ConvNetModules::repLKNet);
    table.put("unireplknet.py:DilatedReparamBlock", ConvNetModules::dilated);
    table.put("unireplknet.py:UniRepLKNetBlock", ConvNetModules::uniRepLK);
    table.put("unireplknet.py:UniRepLKNet", ConvNetModules::uniRepLKNet);
    table.put("repvgg.py:RepVGGBlock", ConvNetModules::repVgg);
    table.put("models/convnext.py:Block", ConvNetModules::convNeXt);
    table.put("models/convnextv2.py:Block", ConvNetModules::convNeXtV2);
    table.put("models/convnext.py:ConvNeXt.downsample_layers", ConvNetModules::downsampling);
    table.put("models/convnext.py:ConvNeXt", v -> convNeXtNetwork(v, 1));
    table.put("models/convnextv2.py:ConvNeXtV2", v -> convNeXtNetwork(v, 2));
    table.put("models/inceptionnext.py:MetaNeXtBlock", ConvNetModules::inceptionNeXt);
    table.put("models/inceptionnext.py:MlpHead", ConvNetModules::inceptionNeXtHead);
    table.put("models/inceptionnext.py:MetaNeXtStage", ConvNetModules::inceptionNeXtStage);
    table.put("models/SLaK.py:Block", ConvNetModules::slak);
    table.put("models/convmixer.py:ConvMixer", ConvNetModules::convMixer);
    return table;
  }

  /** Norms as in all of these networks. */
  private static Vector norms(Vector v) {
    return v.expect("bn_eps", 1e-5).expect("bn_momentum", 0.1);
  }

  /** A ratio that gives exactly so many channels. */
  private static double ratio(int inside, int outside) {
    return (inside + 0.5) / outside;
  }

  private static int channels(Vector v) {
    return v.shape("in.x")[1];
  }

  private static List<Integer> list(int[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  // RepLKNet.

  private static Subject largeKernelConv(Vector v) {
    int channels = channels(v);
    norms(v).expect("channels", channels).expect("groups", channels);
    v.expect("in_channels", channels).expect("out_channels", channels);
    return Subject.layer(
        merged(
            v,
            reparamLargeKernelConv(v.number("kernel_size"))
                .small(v.number("small_kernel", 0))
                .stride(v.number("stride", 1))));
  }

  /** The network with its large kernels merged, where the case was made with those. */
  private static Layer merged(Vector v, Layer network) {
    return v.flag("small_kernel_merged", false)
        ? network.rewrite(
            ReparamLargeKernelConv.class,
            block -> named("lkb_reparam", depthwise(block.kernel()).stride(block.stride())))
        : network;
  }

  private static Subject repLK(Vector v) {
    int channels = channels(v);
    norms(v).expect("in_channels", channels).expect("drop_path", 0);
    return Subject.layer(
            merged(
                v,
                repLKBlock(v.number("block_lk_size"))
                    .small(v.number("small_kernel", 0))
                    .ratio(ratio(v.number("dw_channels", channels), channels))))
        .foldedFurther(BEFORE_LARGE);
  }

  private static Subject ffn(Vector v) {
    int channels = channels(v);
    norms(v).expect("channels", channels).expect("drop_path", 0).expect("gelu", "erf");
    v.expect("in_channels", channels).expect("out_channels", channels);
    int internal = v.number("internal", v.number("internal_channels", 4 * channels));
    return Subject.layer(convFfn().ratio(ratio(internal, channels))).foldedFurther(BEFORE_FFN);
  }

  private static Subject repLKNet(Vector v) {
    norms(v).expect("drop_path_rate", 0).expect("in_channels", channels(v));
    v.expect("norm_intermediate_features", false).skip("use_checkpoint", "use_sync_bn");
    return Subject.layer(
            merged(
                v,
                new RepLKNet(
                    list(v.numbers("large_kernel_sizes")),
                    list(v.numbers("layers")),
                    list(v.numbers("channels")),
                    v.number("small_kernel", 0),
                    v.real("dw_ratio", 1),
                    v.real("ffn_ratio", 4),
                    v.number("num_classes", 1000),
                    0,
                    Site.UNKNOWN)))
        .foldedFurther(BEFORE_LARGE, BEFORE_FFN, BEFORE_HEAD);
  }

  // UniRepLKNet.

  private static Subject dilated(Vector v) {
    norms(v).expect("channels", channels(v)).skip("branch_kernel_sizes", "branch_dilations");
    return Subject.layer(deployed(v, dilatedReparamBlock(v.number("kernel_size"))));
  }

  private static Subject uniRepLK(Vector v) {
    int dim = channels(v);
    norms(v).expect("dim", dim).expect("se_internal", dim / 4).expect("drop_path", 0);
    v.expect("grn_eps", 1e-6);
    return Subject.layer(
        deployed(v, uniRepLKBlock(v.number("kernel_size")).ffnRatio(v.real("ffn_factor", 4))));
  }

  private static Subject uniRepLKNet(Vector v) {
    norms(v).expect("drop_path_rate", 0).expect("in_chans", channels(v));
    v.skip("head_init_scale", "init_cfg");
    return Subject.layer(
        deployed(
            v,
            new UniRepLKNet(
                v.table("kernel_sizes"),
                list(v.numbers("depths")),
                list(v.numbers("dims")),
                v.number("num_classes", 1000),
                0,
                Site.UNKNOWN)));
  }

  /** The initial value of a layer scale; a null that is given means none. */
  private static double scale(Vector v) {
    String name = "layer_scale_init_value";
    boolean none = v.hyper().names().contains(name) && !v.has(name);
    return none ? 0 : Math.max(0, v.real(name, 1e-6));
  }

  /** The network with its layer scales, and deployed where the case was made with that. */
  private static Layer deployed(Vector v, Layer network) {
    v.skip("attempt_use_lk_impl", "with_cp", "use_sync_bn");
    double scale = scale(v);
    boolean deploy = v.flag("deploy", false);
    return network.rewriteWhere(
        layer -> layer instanceof UniRepLKBlock || deploy && layer instanceof DilatedReparamBlock,
        layer ->
            switch (layer) {
              case UniRepLKBlock block when deploy -> new DeployedUniRepLKBlock(block);
              case UniRepLKBlock block -> block.layerScale(scale);
              case DilatedReparamBlock block -> named("lk_origin", depthwise(block.kernel()));
              default -> layer;
            });
  }

  // ConvNeXt.

  private static Subject convNeXt(Vector v) {
    v.expect("dim", channels(v)).expect("ln_eps", 1e-6).expect("mlp_ratio", 4);
    v.expect("drop_path", 0);
    return Subject.layer(convNeXtBlock().kernel(v.number("kernel", 7)).layerScale(scale(v)));
  }

  private static Subject convNeXtV2(Vector v) {
    v.expect("dim", channels(v)).expect("ln_eps", 1e-6).expect("mlp_ratio", 4);
    v.expect("grn_eps", 1e-6).expect("drop_path", 0);
    return Subject.layer(convNeXtV2Block().kernel(v.number("kernel", 7)));
  }

  private static Subject downsampling(Vector v) {
    v.expect("cin", channels(v)).expect("ln", "channels_first");
    int kernel = v.number("kernel");
    Layer norm = layerNorm().channelsFirst().eps(v.real("ln_eps", 1e-6));
    Layer conv = conv(v.number("cout")).kernel(kernel).stride(v.number("stride")).padding(0);
    boolean stem = v.shape("p.0.weight").length == 4;
    return Subject.layer(stem ? sequential(conv, norm) : sequential(norm, conv));
  }

  private static Subject convNeXtNetwork(Vector v, int version) {
    v.expect("drop_path_rate", 0).expect("in_chans", channels(v)).skip("head_init_scale");
    double scale = version == 1 ? scale(v) : 0;
    return Subject.layer(
        new ConvNeXt(
                version,
                list(v.numbers("depths")),
                list(v.numbers("dims")),
                v.number("num_classes", 1000),
                0,
                Site.UNKNOWN)
            .rewrite(ConvNeXtBlock.class, block -> block.layerScale(scale)));
  }

  // InceptionNeXt.

  private static Subject inceptionNeXt(Vector v) {
    int dim = channels(v);
    double branch = v.real("branch_ratio", 0.125);
    int part = (int) (dim * branch);
    norms(v).expect("dim", dim).expect("square_kernel", 3).expect("gc", part);
    v.expect("split", List.of(dim - 3 * part, part, part, part));
    return Subject.layer(
        inceptionNeXtBlock()
            .band(v.number("band_kernel", 11))
            .branchRatio(branch)
            .mlpRatio(v.number("mlp_ratio", 4)));
  }

  private static Subject inceptionNeXtHead(Vector v) {
    int dim = channels(v);
    v.expect("dim", dim);
    return Subject.layer(
        sequential(
            globalAvgPool(),
            named("fc1", dense(v.number("mlp_ratio", 3) * dim)),
            gelu(),
            named("norm", layerNorm().eps(v.real("ln_eps", 1e-6))),
            named("fc2", dense(v.number("num_classes")))));
  }

  private static Subject inceptionNeXtStage(Vector v) {
    v.expect("in_chs", channels(v));
    int stride = v.number("ds_stride", 2);
    Layer reduce = conv(v.number("out_chs")).kernel(2).stride(stride);
    Layer block = inceptionNeXtBlock().mlpRatio(v.number("mlp_ratio", 4));
    return Subject.layer(
        sequential(
            named("downsample", sequential(batchNorm(), reduce)),
            named("blocks", repeat(v.number("depth"), block))));
  }

  // Others.

  private static Subject repVgg(Vector v) {
    int in = channels(v);
    int out = v.number("cout", v.number("out_channels", in));
    int stride = v.number("stride", 1);
    norms(v).expect("cin", in).expect("identity", in == out && stride == 1);
    v.expect("in_channels", in).expect("kernel_size", 3).expect("padding", 1);
    v.expect("dilation", 1).expect("padding_mode", "zeros");
    int groups = v.number("groups", 1);
    Layer gate = v.flag("use_se", false) ? named("se", squeezeExcite()) : identity();
    if (v.flag("deploy", false)) {
      Layer conv = conv(out).kernel(3).stride(stride).groups(groups);
      return Subject.layer(sequential(named("rbr_reparam", conv), gate, relu()));
    }
    Layer last = inline(sequential(gate, relu()));
    return Subject.layer(
        repVggBlock(out)
            .stride(stride)
            .groups(groups)
            .rewriteWhere(
                layer -> layer instanceof Named named && named.name().equals("nonlinearity"),
                layer -> last));
  }

  /** SLaK (Liu et al. 2023): ConvNeXt's block around two bands and a square, each with norm. */
  private static Subject slak(Vector v) {
    int dim = channels(v);
    v.expect("dim", dim).skip("branches");
    int[] kernel = v.numbers("kernel");
    return Subject.layer(
        residual(
            named(
                "large_kernel",
                parallel(
                    named("LoRA1", convBn(depthwise(3).kernel(kernel[0], kernel[1]))),
                    named("LoRA2", convBn(depthwise(3).kernel(kernel[1], kernel[0]))),
                    named("small_conv", convBn(depthwise(kernel[1]))))),
            permute(0, 2, 3, 1),
            named("norm", layerNorm().eps(v.real("ln_eps", 1e-6))),
            named("pwconv1", dense(4 * dim)),
            gelu(),
            named("pwconv2", dense(dim)),
            inline(layerScale(1e-6).channelsLast()),
            permute(0, 3, 1, 2)));
  }

  /** ConvMixer (Trockman and Kolter 2022) whose blocks may share their convolutions. */
  private static Subject convMixer(Vector v) {
    int dim = v.number("dim");
    int patch = v.number("patch_size");
    int kernel = v.number("kernel_size");
    boolean shared =
        v.flag("apply_kernel_sharing", v.module().contains("apply_kernel_sharing=True"));
    List<Layer> net = new ArrayList<>();
    net.add(conv(dim).kernel(patch).stride(patch).padding(0));
    net.add(gelu());
    net.add(batchNorm());
    for (int i = 0; i < v.number("depth"); i++) {
      Layer spatial = depthwise(kernel);
      Layer mixed = conv(dim).kernel(1);
      net.add(
          sequential(
              residual(
                  named(
                      "fn",
                      sequential(
                          shared ? share("3.0.fn.0", spatial) : spatial, gelu(), batchNorm()))),
              shared ? share("3.1", mixed) : mixed,
              gelu(),
              batchNorm()));
    }
    net.add(globalAvgPool());
    net.add(identity());
    net.add(dense(v.number("n_classes")));
    return Subject.layer(sequential(net));
  }
}
