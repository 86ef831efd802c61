package org.nnd.model;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.format.AtomicFile;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.gradient.Gradient;

/**
 * How much each position of the input matters to the middle of a layer's result: the absolute
 * gradient of the middle, summed over channels, averaged over inputs (Luo et al. 2016; Ding et al.
 * 2022, RepLKNet, section 5). The largest value is 1.
 *
 * @param path of the layer, empty for the last result that has positions
 * @param height rows of the input, 1 for sequences
 * @param width columns of the input
 * @param heat by row and column
 */
public record EffectiveReceptiveField(String path, int height, int width, List<Double> heat) {
  /** Pixels along a side of one position in a picture, so that small inputs can be seen. */
  private static final int LEAST_SIDE = 280;

  public EffectiveReceptiveField {
    heat = List.copyOf(heat);
  }

  static EffectiveReceptiveField of(Model model, String path, Tensor inputs) {
    InputSpec input = ReceptiveField.spatial(model);
    Lowered lowered = model.lowered(Mode.INFERENCE);
    Node target = ReceptiveField.target(lowered, input, path);
    int rank = target.rank();
    if (rank > 4) {
      throw new NndException("an effective receptive field is drawn for one or two axes only");
    }
    if (inputs.rank() != rank || !inputs.shape().slice(1, rank).equals(input.exampleShape())) {
      throw new NndException(
          "the inputs for the receptive field have the shape %s, the model takes %s"
              .formatted(inputs.shape(), input.type()));
    }
    Tensor middle = Tensor.of(target);
    for (int axis = 2; axis < rank; axis++) {
      middle = middle.narrow(axis, middle.size(axis) / 2, 1);
    }
    Node x =
        lowered.graph().inputs().stream()
            .filter(node -> node.type().equals(input.type()))
            .findFirst()
            .orElseThrow();
    Node gradient = Gradient.of(middle.sum().node(), List.of(x)).get(0);
    Node heat = Operations.sum(Tensor.of(gradient).abs().node(), Operations.axes(0, 1));
    Graph graph = Graph.of(List.of(x), Map.of("heat", heat));
    Literal value =
        model
            .run(graph, Map.of(input.name(), inputs.value()), inputs.shape().dim(0).at(1))
            .get("heat");
    return scaled(path, value);
  }

  private static EffectiveReceptiveField scaled(String path, Literal value) {
    int[] shape = value.shape();
    int width = shape[shape.length - 1];
    double[] all = value.toDoubles();
    double most = 0;
    for (double v : all) {
      most = Math.max(most, v);
    }
    if (!(most > 0)) {
      throw new NndException(
          "the middle of the result does not depend on the input: its gradient is zero everywhere");
    }
    double scale = most;
    List<Double> heat = Arrays.stream(all).map(v -> v / scale).boxed().toList();
    return new EffectiveReceptiveField(path, all.length / width, width, heat);
  }

  /** {@return the heat of a position, 0 to 1} */
  public double at(int row, int column) {
    return heat.get(row * width + column);
  }

  /**
   * {@return the side of the smallest square (or interval) around the middle that holds a share of
   * the whole heat} Ding et al. 2022, table 11, compare its area for shares such as 0.5 and 0.99.
   */
  public int side(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new NndException("a share must be above 0 and at most 1, got " + share);
    }
    double whole = heat.stream().mapToDouble(v -> v).sum();
    int most = Math.max(height, width);
    for (int half = 0; half < most; half++) {
      if (inside(half) >= share * whole * (1 - 1e-12)) {
        return Math.min(2 * half + 1, most);
      }
    }
    return most;
  }

  private double inside(int half) {
    double sum = 0;
    for (int row = Math.max(0, height / 2 - half);
        row <= Math.min(height - 1, height / 2 + half);
        row++) {
      for (int column = Math.max(0, width / 2 - half);
          column <= Math.min(width - 1, width / 2 + half);
          column++) {
        sum += at(row, column);
      }
    }
    return sum;
  }

  /**
   * {@return a picture, from black through red and yellow to white} Values are shown by their
   * logarithm over four powers of ten, as heat falls off steeply from the middle.
   */
  public BufferedImage picture() {
    int scale = Math.max(1, LEAST_SIDE / Math.max(height, width));
    BufferedImage image =
        new BufferedImage(width * scale, height * scale, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, colour(at(y / scale, x / scale)));
      }
    }
    return image;
  }

  private static int colour(double value) {
    double level = 3 * Math.clamp(1 + Math.log10(Math.max(value, 1e-9)) / 4, 0, 1);
    int red = (int) (255 * Math.clamp(level, 0, 1));
    int green = (int) (255 * Math.clamp(level - 1, 0, 1));
    int blue = (int) (255 * Math.clamp(level - 2, 0, 1));
    return red << 16 | green << 8 | blue;
  }

  /** Writes {@link #picture()} as PNG. */
  public void save(Path file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture(), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteBuffer content = ByteBuffer.wrap(bytes.toByteArray());
    AtomicFile.write(
        file,
        channel -> {
          while (content.hasRemaining()) {
            channel.write(content);
          }
        });
  }

  /** Characters from none to most heat, a row a line. */
  @Override
  public String toString() {
    String levels = " .:-=+*#%@";
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double level = Math.clamp(1 + Math.log10(Math.max(at(row, column), 1e-9)) / 4, 0, 1);
        text.append(levels.charAt((int) Math.min(levels.length() - 1, level * levels.length())));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
