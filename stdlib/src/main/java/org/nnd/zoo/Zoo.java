package org.nnd.zoo;

import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Site;
import org.nnd.dsl.Vocabulary;

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
    List<Integer> widths = List.of(width, 2 * width, 4 * width, 8 * width);
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
    List<Integer> widths = List.of(width, 2 * width, 4 * width, 8 * width);
    return new ConvNeXt(version, depths, widths, classes, 0, Site.here());
  }
}
