package org.nnd.jupyter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.ServiceLoader;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.junit.jupiter.api.Test;
import org.nnd.draw.Picture;

/** NND's pictures where another kernel draws them. */
class OtherKernelsTest {
  private static final Picture DOT =
      Picture.of("a dot").with(Picture.SVG, "<svg/>").with(Picture.HTML, "<b>dot</b>");

  @Test
  void aStockJJavaFindsTheExtension() {
    assertTrue(
        ServiceLoader.load(Extension.class).stream()
            .anyMatch(provider -> provider.type() == NndExtension.class));
  }

  @Test
  void jjavaDrawsThem() {
    var renderer = new Renderer();
    NndExtension.register(renderer);
    DisplayData data = renderer.render(DOT);
    assertEquals(
        "a dot", data.getData(org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_PLAIN));
    assertEquals(
        "<svg/>", data.getData(org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.IMAGE_SVG));
    DisplayData one = renderer.renderAs(DOT, "text/html");
    assertEquals(
        "<b>dot</b>", one.getData(org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_HTML));
    assertFalse(one.hasDataForType(org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.IMAGE_SVG));
  }

  @Test
  void ijavaDrawsThem() {
    var renderer = new io.github.spencerpark.jupyter.kernel.display.Renderer();
    IJava.register(renderer);
    var data = renderer.render(DOT);
    assertEquals("a dot", data.getData(MIMEType.TEXT_PLAIN));
    assertEquals("<svg/>", data.getData(MIMEType.IMAGE_SVG));
    assertEquals("[1, 2]", renderer.render(new int[] {1, 2}).getData(MIMEType.TEXT_PLAIN));
  }
}
