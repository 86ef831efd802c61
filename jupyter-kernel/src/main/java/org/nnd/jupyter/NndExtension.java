package org.nnd.jupyter;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.nnd.draw.Picture;
import org.nnd.session.Screen;

/**
 * Makes values of NND show their pictures in kernels built on JJava: in NND's own, and in a stock
 * JJava that has NND on its class path.
 */
public final class NndExtension implements Extension {
  private static final String[] FORMS = {Picture.HTML, Picture.SVG, Picture.PNG};

  /** Any value: a picture of its text is what JJava shows without this, too. */
  @Override
  public void install(BaseKernel kernel) {
    register(kernel.getRenderer());
  }

  static void register(Renderer renderer) {
    renderer.createRegistration(Object.class).preferring(FORMS).register(NndExtension::render);
  }

  private static void render(Object value, RenderContext context) {
    Picture picture = Screen.pictureOf(value);
    DisplayData out = context.getOutputContainer();
    out.putText(picture.plain());
    picture
        .forms()
        .forEach(
            (type, content) -> {
              if (context.wantsDataRenderedAs(MIMEType.parse(type))) {
                out.putData(type, content);
              }
            });
  }
}
