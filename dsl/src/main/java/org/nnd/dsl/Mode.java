package org.nnd.dsl;

/**
 * What a graph is for. Layers lower differently (dropout, batch statistics); no flag is left at run
 * time.
 */
public enum Mode {
  TRAINING,
  INFERENCE
}
