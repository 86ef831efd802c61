package org.nnd.session;

/** Text that is shown as it is. */
record Text(String text) {
  @Override
  public String toString() {
    return text;
  }
}
