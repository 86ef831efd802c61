package org.nnd.model;

import java.awt.image.BufferedImage;
import java.util.List;
import org.nnd.data.Picture;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/** Pictures as values. */
public final class Images {
  private Images() {}

  /** {@return a picture as a batch of one, see {@link #tensor(List)}} */
  public static Tensor tensor(BufferedImage image) {
    return tensor(List.of(image));
  }

  /**
   * {@return pictures of one size as f32 {@code [N, 1, H, W]} if all are grey, else {@code [N, 3,
   * H, W]}, values 0..1}
   *
   * @throws NndException if there is none, or sizes differ
   */
  public static Tensor tensor(List<BufferedImage> images) {
    if (images.isEmpty()) {
      throw new NndException("a tensor of pictures needs at least one");
    }
    BufferedImage first = images.getFirst();
    boolean grey = images.stream().allMatch(i -> i.getColorModel().getNumColorComponents() == 1);
    int size = (grey ? 1 : 3) * first.getHeight() * first.getWidth();
    float[] all = new float[Math.multiplyExact(images.size(), size)];
    for (int i = 0; i < images.size(); i++) {
      Picture picture = Picture.of(images.get(i), grey);
      if (picture.height() != first.getHeight() || picture.width() != first.getWidth()) {
        throw new NndException(
            "pictures of one tensor need one size; picture %d is %d x %d, the first is %d x %d"
                .formatted(
                    i + 1, picture.width(), picture.height(), first.getWidth(), first.getHeight()));
      }
      System.arraycopy(picture.pixels(), 0, all, i * size, size);
    }
    return Tensor.of(
        Literal.of(all, images.size(), grey ? 1 : 3, first.getHeight(), first.getWidth()));
  }
}
