package org.nnd.jupyter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.nnd.draw.Picture;
import org.nnd.session.Screen;

/** Shows pictures in the output of cells, and what renderers of JJava's extensions make. */
final class NotebookScreen implements Screen {
  private static final List<MIMEType> FORMS =
      List.of(
          MIMEType.TEXT_HTML,
          MIMEType.IMAGE_SVG,
          MIMEType.IMAGE_PNG,
          MIMEType.IMAGE_JPEG,
          MIMEType.IMAGE_GIF,
          MIMEType.TEXT_MARKDOWN,
          MIMEType.TEXT_LATEX,
          MIMEType.APPLICATION_JAVASCRIPT);

  private final Outlet outlet;
  private final Renderer renderer;

  NotebookScreen(Outlet outlet, Renderer renderer) {
    this.outlet = outlet;
    this.renderer = renderer;
  }

  @Override
  public void show(String id, Picture picture) {
    outlet.publish(MessageType.PUBLISH_DISPLAY_DATA, content(id, picture));
  }

  @Override
  public void update(String id, Picture picture) {
    outlet.publish(MessageType.PUBLISH_UPDATE_DISPLAY_DATA, content(id, picture));
  }

  private static Map<String, ?> content(String id, Picture picture) {
    return Map.of(
        "data", data(picture), "metadata", Map.of(), "transient", Map.of("display_id", id));
  }

  /** {@return a picture by MIME types, as messages have it} */
  static Map<String, String> data(Picture picture) {
    Map<String, String> data = new TreeMap<>(picture.forms());
    data.put("text/plain", picture.plain());
    return data;
  }

  @Override
  public void clear(boolean wait) {
    outlet.publish(MessageType.PUBLISH_CLEAR_OUTPUT, Map.of("wait", wait));
  }

  @Override
  public Picture picture(Object value) {
    return switch (value) {
      case null -> Picture.of("null");
      case Picture picture -> picture;
      case DisplayData data -> picture(data);
      default -> picture(renderer.render(value));
    };
  }

  private static Picture picture(DisplayData data) {
    Map<String, String> forms = new TreeMap<>();
    for (MIMEType type : FORMS) {
      Optional.ofNullable(data.getData(type))
          .ifPresent(content -> forms.put(type.toString(), content.toString()));
    }
    Object plain = Optional.ofNullable(data.getData(MIMEType.TEXT_PLAIN)).orElse("");
    return new Picture(plain.toString(), new TreeMap<>(forms));
  }
}
