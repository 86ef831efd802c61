package org.nnd.bench;

import java.util.List;

/** Cases that belong together. */
public record Suite(String name, String description, List<Case> cases) {
  public Suite {
    cases = List.copyOf(cases);
  }
}
