package org.nnd.draw;

import java.awt.image.BufferedImage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.data.Batch;
import org.nnd.data.Column;
import org.nnd.data.DataSet;
import org.nnd.data.Glyphs;
import org.nnd.data.Loader;
import org.nnd.data.TrainTest;
import org.nnd.data.tables.Encoding;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.explain.Explanation;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.model.Columns;
import org.nnd.model.EffectiveReceptiveField;
import org.nnd.model.Model;
import org.nnd.opencl.runtime.Profile;
import org.nnd.train.ConfusionMatrix;
import org.nnd.train.History;
import org.nnd.train.Score;

/** The picture of any value. */
public final class Pictures {
  private Pictures() {}

  /** {@return what a value looks like; nothing where there is no better than its text} */
  public static Optional<Picture> of(Object value) {
    return of(value, List.of());
  }

  /**
   * {@return what an element of collections looks like}
   *
   * @param within the collections that it is in, outermost first; one that contains itself is not
   *     drawn again
   */
  static Optional<Picture> of(Object value, List<Object> within) {
    if (within.stream().anyMatch(outer -> outer == value)) {
      return Optional.empty();
    }
    return switch (value) {
      case Picture picture -> Optional.of(picture);
      case Model model -> Optional.of(NetworkPicture.of(model));
      case Layer layer -> Optional.of(NetworkPicture.of(layer));
      case Tensor tensor when tensor.hasValue() -> Optional.of(TensorPicture.of(tensor.value()));
      case Tensors tensors -> CollectionPicture.of(tensors);
      case Literal literal -> Optional.of(TensorPicture.of(literal));
      case History history -> Optional.of(HistoryPicture.of(history));
      case Score score -> Optional.of(ScorePicture.of(score));
      case ConfusionMatrix matrix -> Optional.of(ConfusionPicture.of(matrix));
      case EffectiveReceptiveField field -> Optional.of(ReceptiveFieldPicture.of(field));
      case Explanation explanation -> Optional.of(LevelsPicture.of(explanation));
      case Graph graph -> Optional.of(LevelsPicture.of(graph));
      case Profile profile -> Optional.of(RooflinePicture.of(profile));
      case DataSet data -> Optional.of(DataPicture.of(data));
      case TrainTest data -> Optional.of(DataPicture.of(data));
      case Glyphs glyphs ->
          Optional.of(DataPicture.of(new TrainTest(glyphs.train(), glyphs.test())));
      case Loader loader -> Optional.of(DataPicture.of(loader));
      case Encoding encoding -> Optional.of(DataPicture.of(encoding));
      case Batch batch -> CollectionPicture.of(batch);
      case Column column -> Optional.of(TensorPicture.of(Columns.literal(column)));
      case BufferedImage image -> Optional.of(TensorPicture.of(image));
      case Map<?, ?> map -> CollectionPicture.of(map, within);
      case Collection<?> list -> CollectionPicture.of(list, within);
      case null -> Optional.empty();
      case Object[] array -> numbers(array, within);
      default -> TablePicture.of(value);
    };
  }

  /** Arrays of arrays of numbers are shown as the tensors that they can be. */
  private static Optional<Picture> numbers(Object[] array, List<Object> within) {
    Class<?> element = array.getClass().getComponentType();
    while (element.isArray()) {
      element = element.getComponentType();
    }
    if (!element.isPrimitive() || element == char.class) {
      return CollectionPicture.of(array, within);
    }
    try {
      return Optional.of(TensorPicture.of(Tensor.of((Object) array).value()));
    } catch (NndException e) {
      return Optional.empty(); // Rows of unequal length are no tensor.
    }
  }
}
