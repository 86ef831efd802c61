/**
 * Linear layers whose matrix has structure: fewer numbers than {@code out * in}, computed block by
 * block without the matrix being made. All work on the last axis, {@code [N, …, in]} to {@code [N,
 * …, out]}, and keep the parameter names of their official implementations.
 *
 * <p>Each has a function that gives its matrix {@code [out, in]}: what the layer computes is the
 * product with it.
 */
package org.nnd.layers.structured;
