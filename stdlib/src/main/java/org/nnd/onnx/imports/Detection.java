package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nnd.ir.Literal;

/** Choosing among boxes, on the host: the number of those chosen depends on values. */
final class Detection {
  private Detection() {}

  static Map<String, Lowered> operators() {
    return Map.of("NonMaxSuppression", Detection::suppress);
  }

  /** Corners in order: {@code [y1, x1, y2, x2]} with the smaller ones first. */
  private record Box(double y1, double x1, double y2, double x2) {
    static Box of(Literal boxes, int at, boolean centre) {
      double a = boxes.get(at);
      double b = boxes.get(at + 1);
      double c = boxes.get(at + 2);
      double d = boxes.get(at + 3);
      return centre
          ? new Box(b - d / 2, a - c / 2, b + d / 2, a + c / 2)
          : new Box(Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d));
    }

    private double area() {
      return (y2 - y1) * (x2 - x1);
    }

    /** {@return the intersection over the union} */
    double overlap(Box other) {
      double height = Math.min(y2, other.y2) - Math.max(y1, other.y1);
      double width = Math.min(x2, other.x2) - Math.max(x1, other.x1);
      double both = Math.max(0, height) * Math.max(0, width);
      double union = area() + other.area() - both;
      return union > 0 ? both / union : 0;
    }
  }

  /** Boxes [B, P, 4], scores [B, C, P]; the result has rows of batch, class and box. */
  private static List<Value> suppress(NodeScope scope) {
    Literal boxes = scope.literal(0);
    Literal scores = scope.literal(1);
    int[] shape = scores.shape();
    if (shape.length != 3
        || boxes.shape().length != 3
        || boxes.shape()[0] != shape[0]
        || boxes.shape()[1] != shape[2]
        || boxes.shape()[2] != 4) {
      throw scope.error("boxes %s and scores %s".formatted(boxes.type(), scores.type()));
    }
    long most = scope.has(2) ? (long) scope.number(2) : 0;
    double overlap = scope.has(3) ? scope.number(3) : 0;
    double least = scope.has(4) ? scope.number(4) : Double.NEGATIVE_INFINITY;
    boolean centre = scope.integer("center_point_box", 0) == 1;
    List<long[]> chosen = new ArrayList<>();
    for (int b = 0; b < shape[0]; b++) {
      List<Box> own = new ArrayList<>();
      for (int p = 0; p < shape[2]; p++) {
        own.add(Box.of(boxes, (b * shape[2] + p) * 4, centre));
      }
      for (int c = 0; c < shape[1]; c++) {
        int row = (b * shape[1] + c) * shape[2];
        for (int p : best(scores, row, own, most, overlap, least)) {
          chosen.add(new long[] {b, c, p});
        }
      }
    }
    long[] flat = chosen.stream().flatMapToLong(Arrays::stream).toArray();
    return List.of(Indexing.longs(flat, chosen.size(), 3));
  }

  /** From the highest score down those that overlap none chosen before too much. */
  private static List<Integer> best(
      Literal scores, int row, List<Box> boxes, long most, double overlap, double least) {
    List<Integer> order =
        IntStream.range(0, boxes.size())
            .filter(p -> scores.get(row + p) > least)
            .boxed()
            .sorted(Comparator.comparingDouble(p -> -scores.get(row + p)))
            .toList();
    List<Integer> chosen = new ArrayList<>();
    for (int p : order) {
      if (chosen.size() < most
          && chosen.stream().noneMatch(q -> boxes.get(p).overlap(boxes.get(q)) > overlap)) {
        chosen.add(p);
      }
    }
    return chosen;
  }
}
