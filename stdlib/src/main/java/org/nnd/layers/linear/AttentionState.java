package org.nnd.layers.linear;

import java.util.Optional;
import org.nnd.dsl.Tensor;

/**
 * What a recurrent form of attention has read so far.
 *
 * @param weights the sum of keys times values, {@code [N, heads, keys, values]}
 * @param keySum the sum of keys {@code [N, heads, 1, keys]}, where answers are normalised by it
 */
public record AttentionState(Tensor weights, Optional<Tensor> keySum) {}
