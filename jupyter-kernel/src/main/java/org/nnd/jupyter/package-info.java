/**
 * The Jupyter kernel: a {@link org.nnd.session.Session} behind Jupyter's message protocol (version
 * 5.3). The only package that meets JJava, whose protocol library and extensions it uses.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Requests of the shell channel are answered one after the other on one thread, those of the
 *       control channel (interrupt, shutdown) on another, so that these are answered while a cell
 *       runs. No request and no error of a cell ends either thread.
 *   <li>Every output goes through {@link org.nnd.jupyter.Outlet}, so that text and pictures arrive
 *       in the order in which a cell made them, and belongs to the cell that is running or, from
 *       threads that outlive theirs, ran last.
 *   <li>Cells that wait when another one fails are answered with "aborted".
 *   <li>Offsets in messages are code points, offsets in NND UTF-16 units; they are converted here.
 * </ul>
 */
package org.nnd.jupyter;
