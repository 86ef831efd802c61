/**
 * Attention whose cost grows with the length of a sequence, not with its square: kernels with
 * feature maps, fast weights, self-referential weights, softmax-free attention and lambda layers.
 * {@link org.nnd.layers.linear.LinearAttentions} has a factory for each layer, and each rule as a
 * function of queries, keys and values {@code [N, heads, length, d]}.
 *
 * <p>Layers take tokens {@code [N, L, E]} (lambda layers pictures) and perhaps a {@code mask [N,
 * L]} (bool, true where a token counts). Recurrent ones can be told to keep their state: then they
 * give the memory beside {@code y}, and start from it where it is among their inputs, so that a
 * sequence may come in pieces.
 */
package org.nnd.layers.linear;
