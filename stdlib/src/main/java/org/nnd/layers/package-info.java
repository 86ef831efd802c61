/**
 * The standard layers. Pictures are {@code [N, C, H, W]}, tokens {@code [N, length, features]}.
 * Variables have the names of PyTorch's or the paper's official implementation and their initial
 * distributions, so that published weights load by name. {@link org.nnd.layers.Layers} has a
 * factory for each; options are withers of the records.
 *
 * <p>{@link org.nnd.layers.Merge} folds batch norms and parallel branches into single convolutions
 * for inference.
 */
package org.nnd.layers;
