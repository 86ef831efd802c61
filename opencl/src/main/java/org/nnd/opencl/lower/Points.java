package org.nnd.opencl.lower;

import java.util.List;
import java.util.function.Function;
import org.nnd.opencl.kernel.Index;

/** Coordinates of a group's members at a point of its space. */
final class Points {
  private Points() {}

  /** {@return the member's coordinates where the space's axes have the given values} */
  static List<Index> at(Group group, Group.Member member, List<Index> point) {
    List<Index> axes = Group.axes(group.space());
    Function<Index.Atom, Index> replace =
        atom -> {
          for (int i = 0; i < axes.size(); i++) {
            if (axes.get(i).equals(Index.of(atom))) {
              return point.get(i);
            }
          }
          return Index.of(atom);
        };
    return member.at().stream().map(index -> index.map(replace)).toList();
  }
}
