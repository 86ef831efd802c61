package org.nnd.train;

import org.nnd.ir.TensorType;

/** What the network's output is compared with: a column of the data as an input of the graph. */
record Target(String name, TensorType type) {}
