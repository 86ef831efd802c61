/**
 * The session: evaluates NND code, which is Java read snippet by snippet, for scripts and for
 * notebook cells alike.
 *
 * <p>A {@link org.nnd.session.Source} (a {@code .nnd} file or a cell) is split into pieces, one
 * snippet or a run of consecutive statements each, and evaluated by JShell inside this process, so
 * that values are ordinary objects. Evaluation stops at the first failure. Everything that a user
 * reads about a failure is a {@link org.nnd.session.Problem}: a line of the user's own file, never
 * a line of JShell's wrapper classes.
 *
 * <p>What is shown goes to the {@link org.nnd.session.CurrentScreen}: values that end a cell, what
 * {@link org.nnd.session.Display} is given, and trainings where {@link
 * org.nnd.session.LiveTraining} draws them. Lines that begin with a percent sign are {@link
 * org.nnd.session.Magics}.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Positions: lines and columns count from 1; offsets are UTF-16 units of {@link
 *       org.nnd.session.Source#text()}.
 *   <li>Code runs on one thread of its own, which an interrupt may replace.
 *   <li>A variable that JShell moves to another wrapper class keeps its value; where it cannot, the
 *       loss is told as a notice.
 *   <li>Closures made before a variable was declared again see its new value, and its old value is
 *       garbage.
 * </ul>
 */
package org.nnd.session;
