/**
 * Associative memories and layers that classify by what they remember: monotone deep Boltzmann
 * machines, the search of a visual memory, prototypes in concept subspaces, recurrent Hebbian
 * networks, dense associative memories, Hebbian plasticity. {@link
 * org.nnd.layers.associative.Associative} has a factory for each.
 *
 * <p>What a memory holds is a buffer or a state of its layer, so that it lives on the device and is
 * searched there; learning without gradients is an update of buffers in training mode.
 */
package org.nnd.layers.associative;
