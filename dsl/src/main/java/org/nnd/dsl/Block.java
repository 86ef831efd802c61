package org.nnd.dsl;

/**
 * A layer that calls other layers while it is lowered, through {@link Lowering#call} or {@link
 * Layer#apply(Tensors)}. They are not known before it meets an input; rewriting reaches them when
 * it does, and {@link Expand} makes them explicit.
 */
public interface Block extends Layer {}
