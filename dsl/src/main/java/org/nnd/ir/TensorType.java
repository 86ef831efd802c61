package org.nnd.ir;

/** Element type and shape of a tensor. */
public record TensorType(DType dtype, Shape shape) {
  public static TensorType f32(Shape shape) {
    return new TensorType(DType.F32, shape);
  }

  public static TensorType scalar(DType dtype) {
    return new TensorType(dtype, Shape.SCALAR);
  }

  public int rank() {
    return shape.rank();
  }

  public TensorType withShape(Shape newShape) {
    return new TensorType(dtype, newShape);
  }

  public TensorType withDType(DType newType) {
    return new TensorType(newType, shape);
  }

  /** Prints {@code f32[N, 32, 14, 14]}. */
  @Override
  public String toString() {
    return dtype + shape.toString();
  }
}
