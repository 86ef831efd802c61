package org.nnd.model;

import java.awt.image.BufferedImage;
import org.nnd.data.Picture;
import org.nnd.dsl.InputSpec;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Shape;

/** Pictures as a batch for an input {@code [N, C, H, W]}, values 0..1. */
final class Pictures {
  private Pictures() {}

  static Literal literal(InputSpec input, BufferedImage... images) {
    Shape shape = input.exampleShape();
    boolean takes =
        input.dtype() == DType.F32
            && shape.rank() == 3
            && (shape.dim(0).is(1) || shape.dim(0).is(3));
    if (!takes) {
      throw new NndException(
          "the input '%s' takes %s, not pictures; those are f32 [N, 1, H, W] or [N, 3, H, W]"
              .formatted(input.name(), input.type()));
    }
    int size = Math.toIntExact(shape.count().at(1));
    float[] all = new float[Math.multiplyExact(images.length, size)];
    for (int i = 0; i < images.length; i++) {
      Picture picture =
          Picture.of(images[i], shape.dim(0).is(1)).resized(shape.size(1), shape.size(2));
      System.arraycopy(picture.pixels(), 0, all, i * size, size);
    }
    return Literal.of(all, input.type().shape().at(images.length));
  }
}
