package org.nnd.conformance;

import static org.nnd.dsl.Combinators.identity;
import static org.nnd.dsl.Combinators.inline;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.repeat;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.dsl.Combinators.share;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
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
import static org.nnd.layers.Layers.relu;
import static org.nnd.layers.Layers.repLKBlock;
import static org.nnd.layers.Layers.repVggBlock;
import static org.nnd.layers.Layers.reparamLargeKernelConv;
import static org.nnd.layers.Layers.squeezeExcite;
import static org.nnd.layers.Layers.uniRepLKBlock;
import static org.nnd.layers.convnets.ConvNets.lskBlock;
import static org.nnd.layers.convnets.ConvNets.lskNetBlock;
import static org.nnd.layers.convnets.ConvNets.slakBlock;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Named;
import org.nnd.dsl.Site;
import org.nnd.layers.BatchNorm;
import org.nnd.layers.Conv;
import org.nnd.layers.ConvNeXtBlock;
import org.nnd.layers.DilatedReparamBlock;
import org.nnd.layers.LayerNorm;
import org.nnd.layers.ReparamLargeKernelConv;
import org.nnd.layers.UniRepLKBlock;
import org.nnd.layers.convnets.ConvNets;
import org.nnd.layers.convnets.SkConv;
import org.nnd.zoo.ConvNeXt;
import org.nnd.zoo.RepLKNet;
import org.nnd.zoo.UniRepLKNet;
import org.nnd.zoo.Zoo;

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
    table.put("selective_kernel.py:SelectiveKernel", ConvNetModules::selectiveKernel);
    table.put("sknet.py:SKUnit", ConvNetModules::skUnit);
    table.put("sknet.py:SKConv", ConvNetModules::skConv);
    table.put("lsknet.py:LSKblock", ConvNetModules::lsk);
    table.put("lsknet.py:Block", ConvNetModules::lskNet);
    table.put("lsnet.py:LSConv", ConvNetModules::lsConv);
    table.put("recnext.py:RecConv2d", ConvNetModules::recConv);
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
    norms(v).expect("in_channels", channels).atRandom("drop_path");
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
    norms(v).expect("channels", channels).atRandom("drop_path").expect("gelu", "erf");
    v.expect("in_channels", channels).expect("out_channels", channels);
    int internal = v.number("internal", v.number("internal_channels", 4 * channels));
    return Subject.layer(convFfn().ratio(ratio(internal, channels))).foldedFurther(BEFORE_FFN);
  }

  private static Subject repLKNet(Vector v) {
    norms(v).atRandom("drop_path_rate").expect("in_channels", channels(v));
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
    norms(v).expect("dim", dim).expect("se_internal", dim / 4).atRandom("drop_path");
    v.expect("grn_eps", 1e-6);
    return Subject.layer(
        deployed(v, uniRepLKBlock(v.number("kernel_size")).ffnRatio(v.real("ffn_factor", 4))));
  }

  private static Subject uniRepLKNet(Vector v) {
    norms(v).atRandom("drop_path_rate").expect("in_chans", channels(v));
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
    v.atRandom("drop_path");
    return Subject.layer(convNeXtBlock().kernel(v.number("kernel", 7)).layerScale(scale(v)));
  }

  private static Subject convNeXtV2(Vector v) {
    v.expect("dim", channels(v)).expect("ln_eps", 1e-6).expect("mlp_ratio", 4);
    v.expect("grn_eps", 1e-6).atRandom("drop_path");
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
    v.atRandom("drop_path_rate").expect("in_chans", channels(v)).skip("head_init_scale");
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
    norms(v).expect("dim", dim).expect("gc", part);
    v.expect("split", List.of(dim - 3 * part, part, part, part));
    return Subject.layer(
        inceptionNeXtBlock()
            .band(v.number("band_kernel", 11))
            .square(v.number("square_kernel", 3))
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
    int out = v.number("out_chs");
    Layer block = inceptionNeXtBlock().mlpRatio(v.number("mlp_ratio", 4));
    Layer blocks = named("blocks", repeat(v.number("depth"), block));
    Layer reduce = sequential(batchNorm(), conv(out).kernel(stride).stride(stride).padding(0));
    return Subject.layer(
        stride == 1 ? sequential(blocks) : sequential(named("downsample", reduce), blocks));
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

  private static Subject slak(Vector v) {
    v.expect("dim", channels(v)).atRandom("drop_path").expect("Decom", true).skip("branches");
    int[] kernel = v.numbers("kernel");
    double eps = v.real("ln_eps", 1e-6);
    return Subject.layer(
        slakBlock(kernel[0]).small(kernel[1]).rewrite(LayerNorm.class, norm -> norm.eps(eps)));
  }

  private static Subject convMixer(Vector v) {
    boolean shared =
        v.flag("apply_kernel_sharing", v.module().contains("apply_kernel_sharing=True"));
    int dilation = v.number("dilation", 1);
    return Subject.layer(
        Zoo.convMixer(v.number("dim"), v.number("depth"), v.number("n_classes", 1000))
            .kernel(v.number("kernel_size", 9))
            .patch(v.number("patch_size", 7))
            .shared(shared)
            .rewriteWhere(
                layer -> dilation > 1 && layer instanceof Conv conv && isDepthwise(conv),
                layer -> ((Conv) layer).dilation(dilation).padding("same")));
  }

  private static boolean isDepthwise(Conv conv) {
    return conv.channels() instanceof Conv.Channels.Depthwise;
  }

  // Selected and recursive kernels.

  private static Subject selectiveKernel(Vector v) {
    int channels = channels(v);
    v.expect("in_channels", channels).skip("realised");
    int[] kernels = {3, 5};
    if (v.has("kernel_size")) {
      int size = v.isList("kernel_size") ? 0 : v.number("kernel_size");
      kernels = v.isList("kernel_size") ? v.numbers("kernel_size") : new int[] {size, size};
    }
    double eps = v.real("bn_eps", 1e-5);
    return Subject.layer(
        ConvNets.selectiveKernel(v.number("out_channels", channels))
            .kernels(kernels)
            .stride(v.number("stride", 1))
            .dilation(v.number("dilation", 1))
            .groups(v.number("groups", 1))
            .trueKernels(!v.flag("keep_3x3", true))
            .split(v.flag("split_input", true))
            .reduction(v.real("rd_ratio", 1 / 16.0), v.number("rd_divisor", 8))
            .reduced(v.number("rd_channels", 0))
            .rewrite(BatchNorm.class, norm -> norm.eps(eps)));
  }

  private static Subject skUnit(Vector v) {
    // Averages are taken over the whole picture, which the official WH must say.
    norms(v).expect("in_features", channels(v)).skip("WH", "kernels");
    return Subject.layer(
        ConvNets.skUnit(v.number("out_features"))
            .paths(v.number("M", 2))
            .groups(v.number("G"))
            .reduction(v.real("r"))
            .stride(v.number("stride", 1))
            .middle(v.number("mid", v.number("mid_features", 0)))
            .least(v.number("L", 32)));
  }

  private static Subject skConv(Vector v) {
    norms(v).expect("features", channels(v)).skip("WH", "kernels");
    return Subject.layer(
        new SkConv(
            v.number("M", 2),
            v.number("G"),
            v.real("r"),
            v.number("stride", 1),
            v.number("L", 32),
            Site.UNKNOWN));
  }

  private static Subject lsk(Vector v) {
    v.expect("dim", channels(v)).skip("conv0", "conv_spatial", "squeeze");
    return Subject.layer(lskBlock());
  }

  private static Subject lskNet(Vector v) {
    norms(v).expect("dim", channels(v)).expect("layer_scale_init", 0.01);
    v.expect("norm", "BatchNorm2d").atRandom("drop_path").atRandom("drop");
    return Subject.layer(lskNetBlock().mlpRatio(v.real("mlp_ratio", 4)));
  }

  private static Subject lsConv(Vector v) {
    int dim = channels(v);
    int share = v.number("groups", 8);
    norms(v).expect("dim", dim).expect("weight_groups", dim / share);
    return Subject.layer(
        ConvNets.lsConv().large(v.number("lks", 7)).small(v.number("sks", 3)).share(share));
  }

  private static Subject recConv(Vector v) {
    v.expect("in_channels", channels(v));
    String mode = v.text("mode", "bilinear");
    v.expect("mode", mode.equals("nearest") ? "nearest" : "bilinear");
    return Subject.layer(
        ConvNets.recConv()
            .kernel(v.number("kernel_size", 5))
            .levels(v.number("level", 2))
            .bias(v.flag("bias", false))
            .nearest(mode.equals("nearest")));
  }
}
