package org.nnd.session;

import org.nnd.draw.Picture;
import org.nnd.draw.Pictures;
import org.nnd.draw.ValueText;

/** Where {@link Display} shows pictures: a terminal, or the output of a notebook's cell. */
public interface Screen {
  /** Shows a picture below what is there; {@code id} is what {@link #update} will call it. */
  void show(String id, Picture picture);

  /** Shows a picture in place of the one that was shown as {@code id}. */
  void update(String id, Picture picture);

  /**
   * Takes away what was shown, where that can be.
   *
   * @param wait until there is something new to show in its place
   */
  void clear(boolean wait);

  /** {@return what {@code value} looks like here; any value has its text at least} */
  default Picture picture(Object value) {
    return pictureOf(value);
  }

  /** {@return what {@code value} looks like anywhere} */
  static Picture pictureOf(Object value) {
    return Pictures.of(value).orElseGet(() -> Picture.of(ValueText.shown(value)));
  }
}
