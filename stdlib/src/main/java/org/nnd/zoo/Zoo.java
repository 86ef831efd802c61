package org.nnd.zoo;

import static org.nnd.layers.convnets.ConvNets.selectiveKernel;

import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Site;
import org.nnd.dsl.Vocabulary;
import org.nnd.layers.convnets.SelectiveKernel;

/** Published networks by name; their sizes are options. */
@Vocabulary
public final class Zoo {
  private Zoo() {}

  private static final List<Integer> LARGE = List.of(31, 29, 27, 13);

  /** {@return RepLKNet-31B: 80 million parameters} */
  public static RepLKNet repLKNet31B(int classes) {
    return repLKNet(LARGE, List.of(128, 256, 512, 1024), 5, 1, classes);
  }

  /** {@return RepLKNet-31L: 173 million parameters} */
  public static RepLKNet repLKNet31L(int classes) {
    return repLKNet(LARGE, List.of(192, 384, 768, 1536), 5, 1, classes);
  }

  /** {@return RepLKNet-XL: 335 million parameters} */
  public static RepLKNet repLKNetXL(int classes) {
    return repLKNet(List.of(27, 27, 27, 13), List.of(256, 512, 1024, 2048), 0, 1.5, classes);
  }

  private static RepLKNet repLKNet(
      List<Integer> kernels, List<Integer> widths, int small, double ratio, int classes) {
    Check.positive("repLKNet", "the number of classes", classes);
    List<Integer> depths = List.of(2, 2, 18, 2);
    return new RepLKNet(kernels, depths, widths, small, ratio, 4, classes, 0, Site.here());
  }

  /**
   * {@return UniRepLKNet of a published size} 4 to 389 million parameters.
   *
   * @param size a, f, p, n, t, s, b, l or xl
   */
  public static UniRepLKNet uniRepLKNet(String size, int classes) {
    Check.positive("uniRepLKNet", "the number of classes", classes);
    Check.name("uniRepLKNet", "size", size, List.of("a", "f", "p", "n", "t", "s", "b", "l", "xl"));
    return switch (size) {
      case "a" -> uni(List.of(2, 2, 6, 2), 40, List.of(13), classes);
      case "f" -> uni(List.of(2, 2, 6, 2), 48, List.of(13), classes);
      case "p" -> uni(List.of(2, 2, 6, 2), 64, List.of(13), classes);
      case "n" -> uni(List.of(2, 2, 8, 2), 80, List.of(13), classes);
      case "t" -> uni(List.of(3, 3, 18, 3), 80, List.of(13, 3), classes);
      case "s" -> uni(List.of(3, 3, 27, 3), 96, List.of(13, 3, 3), classes);
      case "b" -> uni(List.of(3, 3, 27, 3), 128, List.of(13, 3, 3), classes);
      case "l" -> uni(List.of(3, 3, 27, 3), 192, List.of(13, 3, 3), classes);
      default -> uni(List.of(3, 3, 27, 3), 256, List.of(13, 3, 3), classes);
    };
  }

  private static UniRepLKNet uni(
      List<Integer> depths, int width, List<Integer> third, int classes) {
    List<List<Integer>> kernels = List.of(List.of(3), List.of(13), third, List.of(13));
    List<Integer> widths = doubling(width);
    return new UniRepLKNet(kernels, depths, widths, classes, 0, Site.here());
  }

  /**
   * {@return ConvNeXt of a published size} 29 to 350 million parameters.
   *
   * @param size t, s, b, l or xl
   */
  public static ConvNeXt convNeXt(String size, int classes) {
    Check.positive("convNeXt", "the number of classes", classes);
    Check.name("convNeXt", "size", size, List.of("t", "s", "b", "l", "xl"));
    List<Integer> deep = List.of(3, 3, 27, 3);
    return switch (size) {
      case "t" -> convNeXt(1, List.of(3, 3, 9, 3), 96, classes);
      case "s" -> convNeXt(1, deep, 96, classes);
      case "b" -> convNeXt(1, deep, 128, classes);
      case "l" -> convNeXt(1, deep, 192, classes);
      default -> convNeXt(1, deep, 256, classes);
    };
  }

  /**
   * {@return ConvNeXt V2 of a published size} 4 to 660 million parameters.
   *
   * @param size atto, femto, pico, nano, tiny, base, large or huge
   */
  public static ConvNeXt convNeXtV2(String size, int classes) {
    Check.positive("convNeXtV2", "the number of classes", classes);
    Check.name(
        "convNeXtV2",
        "size",
        size,
        List.of("atto", "femto", "pico", "nano", "tiny", "base", "large", "huge"));
    List<Integer> small = List.of(2, 2, 6, 2);
    List<Integer> deep = List.of(3, 3, 27, 3);
    return switch (size) {
      case "atto" -> convNeXt(2, small, 40, classes);
      case "femto" -> convNeXt(2, small, 48, classes);
      case "pico" -> convNeXt(2, small, 64, classes);
      case "nano" -> convNeXt(2, List.of(2, 2, 8, 2), 80, classes);
      case "tiny" -> convNeXt(2, List.of(3, 3, 9, 3), 96, classes);
      case "base" -> convNeXt(2, deep, 128, classes);
      case "large" -> convNeXt(2, deep, 192, classes);
      default -> convNeXt(2, deep, 352, classes);
    };
  }

  private static ConvNeXt convNeXt(int version, List<Integer> depths, int width, int classes) {
    return new ConvNeXt(version, depths, doubling(width), classes, 0, Site.here());
  }

  /**
   * {@return InceptionNeXt of a published size} 4 to 87 million parameters.
   *
   * @param size atto, tiny, small or base
   */
  public static InceptionNeXt inceptionNeXt(String size, int classes) {
    Check.positive("inceptionNeXt", "the number of classes", classes);
    Check.name("inceptionNeXt", "size", size, List.of("atto", "tiny", "small", "base"));
    List<Integer> deep = List.of(3, 3, 27, 3);
    return switch (size) {
      case "atto" -> inception(9, 1 / 4.0, List.of(2, 2, 6, 2), 40, classes);
      case "tiny" -> inception(11, 1 / 8.0, List.of(3, 3, 9, 3), 96, classes);
      case "small" -> inception(11, 1 / 8.0, deep, 96, classes);
      default -> inception(11, 1 / 8.0, deep, 128, classes);
    };
  }

  private static InceptionNeXt inception(
      int band, double branchRatio, List<Integer> depths, int width, int classes) {
    List<Integer> ratios = List.of(4, 4, 4, 3);
    return new InceptionNeXt(
        band, branchRatio, depths, doubling(width), ratios, classes, 0, Site.here());
  }

  /**
   * {@return SLaK of a published size, dense and of the published width 1} 31 to 96 million
   * parameters.
   *
   * @param size t, s or b
   */
  public static Slak slak(String size, int classes) {
    Check.positive("slak", "the number of classes", classes);
    Check.name("slak", "size", size, List.of("t", "s", "b"));
    List<Integer> depths = List.of(3, 3, size.equals("t") ? 9 : 27, 3);
    List<Integer> kernels = List.of(51, 49, 47, 13);
    int width = size.equals("b") ? 128 : 96;
    return new Slak(kernels, 5, depths, doubling(width), classes, 0, Site.here());
  }

  /**
   * {@return LSNet of a published size} 11 to 23 million parameters.
   *
   * @param size t, s or b
   */
  public static LsNet lsNet(String size, int classes) {
    Check.name("lsNet", "size", size, List.of("t", "s", "b"));
    return switch (size) {
      case "t" -> lsNet(List.of(0, 2, 8, 10), List.of(64, 128, 256, 384), classes);
      case "s" -> lsNet(List.of(1, 2, 8, 10), List.of(96, 192, 320, 448), classes);
      default -> lsNet(List.of(4, 6, 8, 10), List.of(128, 256, 384, 512), classes);
    };
  }

  private static LsNet lsNet(List<Integer> depths, List<Integer> widths, int classes) {
    return new LsNet(depths, widths, 4, classes, Site.here());
  }

  /**
   * {@return the LSKNet backbone of a published size} 4 and 14 million parameters.
   *
   * @param size t or s
   */
  public static LskNet lskNet(String size) {
    Check.name("lskNet", "size", size, List.of("t", "s"));
    List<Integer> ratios = List.of(8, 8, 4, 4);
    return size.equals("t")
        ? new LskNet(List.of(3, 3, 5, 2), List.of(32, 64, 160, 256), ratios, 0, 0, Site.here())
        : new LskNet(List.of(2, 2, 4, 2), List.of(64, 128, 320, 512), ratios, 0, 0, Site.here());
  }

  /**
   * {@return a residual network with selective kernels} 12 to 27 million parameters.
   *
   * @param size 18, 34, 50 or next50 (bottlenecks in 32 groups, the paper's SKNet-50)
   */
  public static SkNet skNet(String size, int classes) {
    Check.name("skNet", "size", size, List.of("18", "34", "50", "next50"));
    List<Integer> depths = size.equals("18") ? List.of(2, 2, 2, 2) : List.of(3, 4, 6, 3);
    SelectiveKernel kernel = selectiveKernel();
    return switch (size) {
      case "18", "34" ->
          new SkNet(
              depths,
              false,
              1,
              64,
              kernel.split(true).reduction(1 / 8.0, 16),
              classes,
              Site.here());
      case "50" -> new SkNet(depths, true, 1, 64, kernel.split(true), classes, Site.here());
      default ->
          new SkNet(depths, true, 32, 4, kernel.reduction(1 / 16.0, 32), classes, Site.here());
    };
  }

  /** {@return ConvMixer of a width and a depth, kernel 9 on patches of 7} */
  public static ConvMixer convMixer(int width, int depth, int classes) {
    return new ConvMixer(width, depth, 9, 7, "gelu", false, classes, Site.here());
  }

  private static List<Integer> doubling(int width) {
    return List.of(width, 2 * width, 4 * width, 8 * width);
  }
}
