package org.nnd.jupyter;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.RenderContext;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import org.nnd.draw.Picture;
import org.nnd.session.Screen;

/**
 * NND's pictures in a stock IJava kernel, which loads no extensions by itself: a cell there says
 * {@code org.nnd.jupyter.IJava.install(getKernelInstance());}.
 */
public final class IJava {
  private static final String[] FORMS = {Picture.HTML, Picture.SVG, Picture.PNG};

  private IJava() {}

  /** From now on values of NND show their pictures in {@code kernel}. */
  public static void install(BaseKernel kernel) {
    register(kernel.getRenderer());
  }

  static void register(Renderer renderer) {
    renderer.createRegistration(Object.class).preferring(FORMS).register(IJava::render);
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
                out.putData(MIMEType.parse(type), content);
              }
            });
  }
}
