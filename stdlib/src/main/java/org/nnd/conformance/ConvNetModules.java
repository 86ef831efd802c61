package org.nnd.conformance;

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
import static org.nnd.layers.Layers.dilatedReparamBlock;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.inceptionNeXtBlock;
import static org.nnd.layers.Layers.layerNorm;
import static org.nnd.layers.Layers.repLKBlock;
import static org.nnd.layers.Layers.repVggBlock;
import static org.nnd.layers.Layers.reparamLargeKernelConv;
import static org.nnd.layers.Layers.uniRepLKBlock;
import static org.nnd.layers.convnets.ConvNets.lskBlock;
import static org.nnd.layers.convnets.ConvNets.lskNetBlock;
import static org.nnd.layers.convnets.ConvNets.slakBlock;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Site;
import org.nnd.layers.BatchNorm;
import org.nnd.layers.LayerNorm;
import org.nnd.layers.convnets.ConvNets;
import org.nnd.layers.convnets.SkConv;
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

  // RepLKNet.

  private static Subject largeKernelConv(Vector v) {
    int channels = channels(v);
    norms(v).expect("channels", channels).expect("groups", channels);
    v.expect("in_channels", channels).expect("out_channels", channels);
    return Subject.layer(
        reparamLargeKernelConv(v.number("kernel_size"))
            .small(v.number("small_kernel", 0))
            .stride(v.number("stride", 1)));
  }

  private static Subject repLK(Vector v) {
    int channels = channels(v);
    norms(v).expect("in_channels", channels).expect("drop_path", 0);
    return Subject.layer(
            repLKBlock(v.number("block_lk_size"))
                .small(v.number("small_kernel", 0))
                .ratio(ratio(v.number("dw_channels", channels), channels)))
        .foldedFurther(BEFORE_LARGE);
  }

  private static Subject ffn(Vector v) {
    int channels = channels(v);
    norms(v).expect("channels", channels).expect("drop_path", 0).expect("gelu", "erf");
    return Subject.layer(convFfn().ratio(ratio(v.number("internal"), channels)))
        .foldedFurther(BEFORE_FFN);
  }

  private static Subject repLKNet(Vector v) {
    v.expect("drop_path_rate", 0);
    return Subject.layer(
            Zoo.repLKNet31B(v.number("num_classes"))
                .depths(v.numbers("layers"))
                .widths(v.numbers("channels"))
                .small(v.number("small_kernel", 0))
                .ratio(v.real("dw_ratio", 1))
                .ffnRatio(v.real("ffn_ratio", 4))
                .kernels(v.numbers("large_kernel_sizes")))
        .foldedFurther(BEFORE_LARGE, BEFORE_FFN, BEFORE_HEAD);
  }

  // UniRepLKNet.

  private static Subject dilated(Vector v) {
    v.expect("channels", channels(v)).skip("branch_kernel_sizes", "branch_dilations");
    return Subject.layer(dilatedReparamBlock(v.number("kernel_size")));
  }

  private static Subject uniRepLK(Vector v) {
    int dim = channels(v);
    norms(v).expect("dim", dim).expect("se_internal", dim / 4).expect("drop_path", 0);
    v.expect("grn_eps", 1e-6).expect("ffn_factor", 4);
    return Subject.layer(uniRepLKBlock(v.number("kernel_size")));
  }

  private static Subject uniRepLKNet(Vector v) {
    v.expect("drop_path_rate", 0);
    return Subject.layer(
        Zoo.uniRepLKNet("a", v.number("num_classes"))
            .depths(v.numbers("depths"))
            .widths(v.numbers("dims"))
            .kernels(v.table("kernel_sizes")));
  }

  // ConvNeXt.

  private static Subject convNeXt(Vector v) {
    v.expect("dim", channels(v)).expect("ln_eps", 1e-6).expect("mlp_ratio", 4);
    return Subject.layer(convNeXtBlock().kernel(v.number("kernel", 7)));
  }

  private static Subject convNeXtV2(Vector v) {
    v.expect("dim", channels(v)).expect("ln_eps", 1e-6).expect("mlp_ratio", 4);
    v.expect("grn_eps", 1e-6);
    return Subject.layer(convNeXtV2Block().kernel(v.number("kernel", 7)));
  }

  private static Subject downsampling(Vector v) {
    v.expect("cin", channels(v)).expect("ln", "channels_first");
    int kernel = v.number("kernel");
    return Subject.layer(
        sequential(
            layerNorm().channelsFirst().eps(v.real("ln_eps", 1e-6)),
            conv(v.number("cout")).kernel(kernel).stride(v.number("stride")).padding(0)));
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
    int out = v.number("cout", in);
    int stride = v.number("stride", 1);
    norms(v).expect("cin", in).expect("identity", in == out && stride == 1);
    return Subject.layer(repVggBlock(out).stride(stride).groups(v.number("groups", 1)));
  }

  private static Subject slak(Vector v) {
    v.expect("dim", channels(v)).expect("drop_path", 0).expect("Decom", true).skip("branches");
    int[] kernel = v.numbers("kernel");
    double eps = v.real("ln_eps", 1e-6);
    return Subject.layer(
        slakBlock(kernel[0]).small(kernel[1]).rewrite(LayerNorm.class, norm -> norm.eps(eps)));
  }

  private static Subject convMixer(Vector v) {
    boolean shared =
        v.flag("apply_kernel_sharing", v.module().contains("apply_kernel_sharing=True"));
    return Subject.layer(
        Zoo.convMixer(v.number("dim"), v.number("depth"), v.number("n_classes"))
            .kernel(v.number("kernel_size"))
            .patch(v.number("patch_size"))
            .shared(shared));
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
    v.expect("norm", "BatchNorm2d").expect("drop_path", 0).expect("drop", 0);
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
