package org.nnd.draw;

import java.util.Optional;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Literal;
import org.nnd.model.Model;
import org.nnd.train.History;

/** The picture of any value. */
public final class Pictures {
  private Pictures() {}

  /** {@return what a value looks like; nothing where there is no better than its text} */
  public static Optional<Picture> of(Object value) {
    return switch (value) {
      case Picture picture -> Optional.of(picture);
      case Model model -> Optional.of(NetworkPicture.of(model));
      case Layer layer -> Optional.of(NetworkPicture.of(layer));
      case Tensor tensor when tensor.hasValue() -> Optional.of(TensorPicture.of(tensor.value()));
      case Literal literal -> Optional.of(TensorPicture.of(literal));
      case History history -> Optional.of(HistoryPicture.of(history));
      case null, default -> Optional.empty();
    };
  }
}
