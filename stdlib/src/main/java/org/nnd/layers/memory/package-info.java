/**
 * Associative memories: Hopfield layers (Ramsauer et al. 2021), memories with product keys (Lample
 * et al. 2019, Berges et al. 2024), PEER (He 2024) and the Ultra-Sparse Memory (Huang et al. 2024).
 * Variables have the names of the official implementations.
 *
 * <p>Tables of values are declared so that training changes only the rows that a step has read; see
 * {@link org.nnd.dsl.Variable}.
 */
package org.nnd.layers.memory;
