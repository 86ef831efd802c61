package org.nnd.explain;

import org.nnd.ir.Graph;

/**
 * A graph that a network becomes.
 *
 * @param name what it is for: {@code inference}, {@code training}, …
 */
public record Form(String name, Graph graph) {}
