package org.nnd.draw;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a value looks like.
 *
 * @param plain for terminals
 * @param forms further forms by MIME type: {@code text/html}, {@code image/svg+xml} as text, {@code
 *     image/png} in base64
 */
public record Picture(String plain, SortedMap<String, String> forms) {
  public static final String HTML = "text/html";
  public static final String SVG = "image/svg+xml";
  public static final String PNG = "image/png";

  public Picture {
    forms = Collections.unmodifiableSortedMap(new TreeMap<>(forms));
  }

  /** {@return a picture that is text alone} */
  public static Picture of(String plain) {
    return new Picture(plain, new TreeMap<>());
  }

  /** {@return the same with a further form} */
  public Picture with(String mimeType, String content) {
    SortedMap<String, String> more = new TreeMap<>(forms);
    more.put(mimeType, content);
    return new Picture(plain, more);
  }

  /** The plain text, so that a picture may be printed. */
  @Override
  public String toString() {
    return plain;
  }
}
