package org.nnd.draw;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Variable;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.model.Model;

/** Weights as pictures: the kernels of convolutions plane by plane, matrices as heat maps. */
public final class KernelsPicture {
  private static final int MOST_PLANES = 64;
  private static final int MOST_VARIABLES = 12;

  private KernelsPicture() {}

  /** {@return the kernels of all convolutions that see more than one position} */
  public static Picture kernels(Model model) {
    List<Variable> some = parameters(model).stream().filter(KernelsPicture::isWindow).toList();
    if (some.isEmpty()) {
      throw new NndException(
          "the model has no convolution with a kernel of more than one position;"
              + " kernels(model, \"path\") shows other weights");
    }
    return of(model, some);
  }

  /**
   * {@return the weights of a layer and those inside it, or one variable}
   *
   * @param path of the layer or the variable
   * @throws NndException if nothing with at least two axes is there
   */
  public static Picture kernels(Model model, String path) {
    List<Variable> some =
        parameters(model).stream()
            .filter(v -> v.type().rank() >= 2)
            .filter(v -> v.path().equals(path) || v.path().startsWith(path + "."))
            .toList();
    if (some.isEmpty()) {
      throw new NndException(
          "there are no weights with two or more axes under '%s'; there are %s"
              .formatted(
                  path,
                  parameters(model).stream()
                      .filter(v -> v.type().rank() >= 2)
                      .map(Variable::path)
                      .limit(8)
                      .toList()));
    }
    return of(model, some);
  }

  private static List<Variable> parameters(Model model) {
    return model.declared().stream().filter(v -> v.kind() == Variable.Kind.PARAMETER).toList();
  }

  private static boolean isWindow(Variable variable) {
    int[] shape = variable.type().shape().at(1);
    return shape.length >= 3 && Arrays.stream(shape).skip(2).anyMatch(size -> size > 1);
  }

  private static Picture of(Model model, List<Variable> variables) {
    Markup content = new Markup();
    StringBuilder plain = new StringBuilder();
    List<BufferedImage> sheets = new ArrayList<>();
    for (Variable variable : variables.subList(0, Math.min(MOST_VARIABLES, variables.size()))) {
      Literal value = model.parameter(variable.path());
      plain.append(variable.path()).append(": ").append(Tensor.of(value)).append('\n');
      Statistics statistics = Statistics.of(value);
      content
          .open("p")
          .element("b", variable.path())
          .text(
              " %s, mean %s, deviation %s"
                  .formatted(
                      value.type(),
                      Shown.number(statistics.mean()),
                      Shown.number(statistics.deviation())))
          .close();
      if (value.count() == 0) {
        continue;
      }
      Planes planes = Planes.of(value);
      ColourScale scale = ColourScale.of(statistics);
      sheets.add(planes.sheet(Planes.Arrangement.of(planes, MOST_PLANES), scale));
      content.add(Raster.image(sheets.get(sheets.size() - 1), 1, variable.path()));
      content.add(scale.legend());
      if (planes.count() > MOST_PLANES) {
        content.element(
            "p",
            "the first %d of %s planes".formatted(MOST_PLANES, Shown.count(planes.count())),
            "class",
            "m");
      }
    }
    if (variables.size() > MOST_VARIABLES) {
      String more = "the first %d of %d variables".formatted(MOST_VARIABLES, variables.size());
      content.element("p", more, "class", "m");
      plain.append(more).append('\n');
    }
    Picture picture =
        Picture.of(plain.toString().stripTrailing()).with(Picture.HTML, Page.of(content));
    return sheets.size() == 1 ? picture.with(Picture.PNG, Raster.png(sheets.get(0))) : picture;
  }
}
