package org.nnd.draw;

import java.util.List;

/**
 * A layer of a network as it is drawn, with the layers inside.
 *
 * @param id counts the parts of a network
 * @param text its one-line description, or the sign of what joins branches
 * @param output the shapes of its results
 * @param count how many equal parts in a row it stands for
 */
record Part(
    int id,
    Kind kind,
    String path,
    String layer,
    String text,
    String site,
    String output,
    long parameters,
    long flops,
    int count,
    List<Part> parts) {
  enum Kind {
    LAYER,
    INPUT,
    OUTPUT,
    /** An operation between layers, such as the addition of a residual branch. */
    JOINT
  }

  Part {
    parts = List.copyOf(parts);
  }

  Part with(List<Part> other) {
    return new Part(id, kind, path, layer, text, site, output, parameters, flops, count, other);
  }

  Part times(int number) {
    return new Part(id, kind, path, layer, text, site, output, parameters, flops, number, parts);
  }

  /** {@return equal for parts that look the same but for their paths} */
  String form() {
    StringBuilder form =
        new StringBuilder(kind + text + "\n" + output + "\n" + parameters + "x" + count);
    parts.forEach(part -> form.append('(').append(part.form()).append(')'));
    return form.toString();
  }

  /** {@return how many layers there are inside, at any depth} */
  int size() {
    return parts.stream().mapToInt(part -> (part.kind == Kind.LAYER ? 1 : 0) + part.size()).sum();
  }
}
