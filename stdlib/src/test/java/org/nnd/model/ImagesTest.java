package org.nnd.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.data.Messages.assertRefused;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnd.ir.Literal;

class ImagesTest {
  private static BufferedImage picture(int type, int width, int height, int rgb) {
    BufferedImage image = new BufferedImage(width, height, type);
    image.setRGB(1, 0, rgb);
    return image;
  }

  @Test
  void picturesAreChannelsFirstFromZeroToOne() {
    BufferedImage red = picture(BufferedImage.TYPE_INT_RGB, 3, 2, 0xff0000);
    BufferedImage blue = picture(BufferedImage.TYPE_INT_RGB, 3, 2, 0x0000ff);
    Literal value = Images.tensor(List.of(red, blue)).value();
    assertArrayEquals(new int[] {2, 3, 2, 3}, value.shape());
    double[] expected = new double[36];
    expected[1] = 1; // the first picture's red plane
    expected[18 + 12 + 1] = 1; // the second one's blue plane
    assertArrayEquals(expected, value.toDoubles());
  }

  @Test
  void greyPicturesHaveOneChannel() {
    BufferedImage grey = picture(BufferedImage.TYPE_BYTE_GRAY, 2, 1, 0xffffff);
    Literal value = Images.tensor(grey).value();
    assertArrayEquals(new int[] {1, 1, 1, 2}, value.shape());
    assertEquals(1, value.get(1));
  }

  @Test
  void sizesMustAgree() {
    assertRefused(
        "picture 2 is 4 x 2, the first is 3 x 2",
        () ->
            Images.tensor(
                List.of(
                    picture(BufferedImage.TYPE_INT_RGB, 3, 2, 0),
                    picture(BufferedImage.TYPE_INT_RGB, 4, 2, 0))));
    assertRefused("needs at least one", () -> Images.tensor(List.of()));
  }
}
