package org.nnd.tests.conformance;

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
import static org.nnd.layers.Layers.downsample;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.inceptionNeXtBlock;
import static org.nnd.layers.Layers.layerNorm;
import static org.nnd.layers.Layers.layerScale;
import static org.nnd.layers.Layers.permute;
import static org.nnd.layers.Layers.repLKBlock;
import static org.nnd.layers.Layers.repVggBlock;
import static org.nnd.layers.Layers.reparamLargeKernelConv;
import static org.nnd.layers.Layers.uniRepLKBlock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.nnd.dsl.Layer;
import org.nnd.zoo.Zoo;

/** Which layer each case of the reference vectors is about. */
final class OracleLayers {
  private static final Map<String, Function<OracleCase, Layer>> LAYERS = new TreeMap<>();

  static {
    Function<OracleCase, Layer> large =
        c ->
            reparamLargeKernelConv(c.number("kernel_size"))
                .small(c.hyper().get("small_kernel") instanceof Number n ? n.intValue() : 0)
                .stride(c.number("stride"));
    LAYERS.put("rep_lk_conv31", large);
    LAYERS.put("rep_lk_conv13", large);
    LAYERS.put("rep_lk_conv27_nosmall", large);
    Function<OracleCase, Layer> block =
        c -> repLKBlock(c.number("block_lk_size")).small(c.number("small_kernel"));
    LAYERS.put("replk_block", block);
    LAYERS.put("replk_block_train", block);
    LAYERS.put("replk_convffn", c -> convFfn());
    Function<OracleCase, Layer> dilated = c -> dilatedReparamBlock(c.number("kernel_size"));
    LAYERS.put("uni_dilated_reparam7", dilated);
    LAYERS.put("uni_dilated_reparam13", dilated);
    LAYERS.put("uni_dilated_reparam17", dilated);
    Function<OracleCase, Layer> uni = c -> uniRepLKBlock(c.number("kernel_size"));
    LAYERS.put("uni_block13", uni);
    LAYERS.put("uni_block3", uni);
    LAYERS.put("uni_block7_train", uni);
    LAYERS.put("repvgg_block", c -> repVggBlock(c.number("cout")).groups(c.number("groups")));
    LAYERS.put("convnext_block", c -> convNeXtBlock());
    LAYERS.put("convnextv2_block", c -> convNeXtV2Block());
    LAYERS.put("convnext_downsample", c -> downsample(c.number("cout")));
    LAYERS.put("inceptionnext_block", c -> inceptionNeXtBlock());
    LAYERS.put("inceptionnext_head", OracleLayers::inceptionNeXtHead);
    LAYERS.put("slak_block", OracleLayers::slak);
    LAYERS.put("inceptionnext_stage", OracleLayers::inceptionNeXtStage);
    LAYERS.put("convmixer_shared", OracleLayers::sharedConvMixer);
    LAYERS.put("replknet_tiny", OracleLayers::repLKNet);
    LAYERS.put("unireplknet_tiny", OracleLayers::uniRepLKNet);
  }

  private OracleLayers() {}

  static Optional<Layer> of(OracleCase oracle) {
    return Optional.ofNullable(LAYERS.get(oracle.name())).map(layer -> layer.apply(oracle));
  }

  private static Layer inceptionNeXtHead(OracleCase c) {
    return sequential(
        globalAvgPool(),
        named("fc1", dense(c.number("mlp_ratio") * c.number("dim"))),
        gelu(),
        named("norm", layerNorm().eps(1e-6)),
        named("fc2", dense(c.number("num_classes"))));
  }

  private static Layer inceptionNeXtStage(OracleCase c) {
    Layer reduce = conv(c.number("out_chs")).kernel(2).stride(c.number("ds_stride"));
    Layer block = inceptionNeXtBlock().mlpRatio(c.number("mlp_ratio"));
    return sequential(
        named("downsample", sequential(batchNorm(), reduce)),
        named("blocks", repeat(c.number("depth"), block)));
  }

  /** ConvMixer (Trockman and Kolter 2022) whose blocks share their convolutions. */
  private static Layer sharedConvMixer(OracleCase c) {
    int dim = c.number("dim");
    int patch = c.number("patch_size");
    List<Layer> net = new ArrayList<>();
    net.add(conv(dim).kernel(patch).stride(patch));
    net.add(gelu());
    net.add(batchNorm());
    for (int i = 0; i < c.number("depth"); i++) {
      Layer spatial = share("3.0.fn.0", depthwise(c.number("kernel_size")));
      Layer mixed = share("3.1", conv(dim).kernel(1));
      net.add(
          sequential(
              residual(named("fn", sequential(spatial, gelu(), batchNorm()))),
              mixed,
              gelu(),
              batchNorm()));
    }
    net.add(globalAvgPool());
    net.add(identity());
    net.add(dense(c.number("n_classes")));
    return sequential(net);
  }

  private static Layer repLKNet(OracleCase c) {
    return Zoo.repLKNet31B(c.number("num_classes"))
        .depths(c.numbers("layers"))
        .widths(c.numbers("channels"))
        .small(c.number("small_kernel"))
        .ratio(c.number("dw_ratio"))
        .ffnRatio(c.number("ffn_ratio"))
        .kernels(c.numbers("large_kernel_sizes"));
  }

  private static Layer uniRepLKNet(OracleCase c) {
    List<List<Integer>> kernels =
        ((List<?>) c.hyper().get("kernel_sizes"))
            .stream()
                .map(stage -> ((List<?>) stage).stream().map(k -> ((Number) k).intValue()).toList())
                .toList();
    return Zoo.uniRepLKNet("a", c.number("num_classes"))
        .depths(c.numbers("depths"))
        .widths(c.numbers("dims"))
        .kernels(kernels);
  }

  /** SLaK (Liu et al. 2023): ConvNeXt's block around two bands and a square, each with norm. */
  private static Layer slak(OracleCase c) {
    int dim = c.number("dim");
    int[] kernel = c.numbers("kernel");
    return residual(
        named(
            "large_kernel",
            parallel(
                named("LoRA1", convBn(depthwise(3).kernel(kernel[0], kernel[1]))),
                named("LoRA2", convBn(depthwise(3).kernel(kernel[1], kernel[0]))),
                named("small_conv", convBn(depthwise(kernel[1]))))),
        permute(0, 2, 3, 1),
        named("norm", layerNorm().eps(1e-6)),
        named("pwconv1", dense(4 * dim)),
        gelu(),
        named("pwconv2", dense(dim)),
        inline(layerScale(1e-6).channelsLast()),
        permute(0, 3, 1, 2));
  }
}
