/**
 * Networks inside networks: representations whose leading features are representations of their own
 * (Matryoshka), networks whose smaller forms use the leading blocks of their weights (SortedNet,
 * once-for-all), and self-supervision on such prefixes (Franca). {@link
 * org.nnd.layers.nested.Nested} has a factory for each.
 *
 * <p>A <em>width</em> is a number of leading features of the last axis. An <em>elastic</em> layer
 * is one of several layers, by a named {@link org.nnd.layers.nested.Choice}; a {@link
 * org.nnd.layers.nested.Configuration} gives each choice a value, and {@link
 * org.nnd.layers.nested.Elastics} turns an elastic network into an ordinary one. Everything that
 * has a choice left takes its largest.
 */
package org.nnd.layers.nested;
