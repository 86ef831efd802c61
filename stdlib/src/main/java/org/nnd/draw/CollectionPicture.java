package org.nnd.draw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nnd.data.Batch;
import org.nnd.data.Column;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.model.ReceptiveField;
import org.nnd.train.History;

/** Lists and maps whose elements have pictures: each to be unfolded, the first few open. */
final class CollectionPicture {
  private static final int MOST = 24;
  private static final int OPEN = 3;
  private static final int ROOM = 400_000;

  private CollectionPicture() {}

  static Optional<Picture> of(Map<?, ?> map, List<Object> within) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (named.size() == MOST) {
        break;
      }
      named.put(ValueText.shown(entry.getKey()), entry.getValue());
    }
    return of(named, map.size(), inside(map, within));
  }

  static Optional<Picture> of(Tensors tensors) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    tensors.names().forEach(name -> named.put(name, tensors.get(name)));
    return of(named, List.of());
  }

  /** {@return the columns of a batch, each as a tensor} */
  static Optional<Picture> of(Batch batch) {
    Map<String, Column> named = new LinkedHashMap<>();
    batch.columns().forEach(column -> named.put(column.name(), column));
    return of(named, List.of());
  }

  static Optional<Picture> of(Object[] array, List<Object> within) {
    return of(Arrays.asList(array), inside(array, within));
  }

  private static List<Object> inside(Object value, List<Object> within) {
    return Stream.concat(within.stream(), Stream.of(value)).toList();
  }

  static Optional<Picture> of(Collection<?> list, List<Object> within) {
    if (!list.isEmpty() && list.stream().allMatch(ReceptiveField.class::isInstance)) {
      List<ReceptiveField> fields = list.stream().map(ReceptiveField.class::cast).toList();
      if (fields.stream().map(ReceptiveField::input).distinct().count() == 1) {
        return Optional.of(ReceptiveFieldPicture.of(fields));
      }
    }
    if (list.size() > 1 && list.stream().allMatch(History.class::isInstance)) {
      return Optional.of(HistoryPicture.compared(list.stream().map(History.class::cast).toList()));
    }
    Map<String, Object> numbered = new LinkedHashMap<>();
    for (Object value : list) {
      if (numbered.size() == MOST) {
        break;
      }
      numbered.put("[" + numbered.size() + "]", value);
    }
    return of(numbered, list.size(), inside(list, within));
  }

  private static Optional<Picture> of(Map<String, Object> values, int count, List<Object> within) {
    Map<String, Optional<Picture>> pictures = new LinkedHashMap<>();
    values.forEach((name, value) -> pictures.put(name, Pictures.of(value, within)));
    if (pictures.values().stream().noneMatch(Optional::isPresent)) {
      return Optional.empty();
    }
    Markup content = new Markup();
    List<String> plain = new ArrayList<>();
    int room = ROOM;
    int shown = 0;
    for (Map.Entry<String, Optional<Picture>> entry : pictures.entrySet()) {
      Object value = values.get(entry.getKey());
      String text =
          entry.getValue().map(Picture::plain).orElseGet(() -> ValueText.inside(value, within));
      plain.add(entry.getKey() + ": " + text);
      Markup heading = new Markup().element("b", entry.getKey());
      Optional<String> inside = entry.getValue().map(picture -> picture.forms().get(Picture.HTML));
      if (inside.isEmpty()) {
        heading.text("  " + Shown.shortened(text, 200));
        content.open("div").add(heading).close();
      } else if (inside.get().length() <= room) {
        room -= inside.get().length();
        content.add(Page.details(shown++ < OPEN, heading, new Markup().raw(inside.get())));
      } else {
        heading.text("  too large to be shown here as well");
        content.open("div").add(heading).close();
      }
    }
    if (count > values.size()) {
      String more = "the first %d of %s".formatted(values.size(), Shown.count(count));
      content.element("p", more, "class", "m");
      plain.add(more);
    }
    return Optional.of(Picture.of(String.join("\n", plain)).with(Picture.HTML, Page.of(content)));
  }
}
