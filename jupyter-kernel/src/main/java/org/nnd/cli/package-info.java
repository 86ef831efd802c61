/**
 * The command line: {@code nnd run}, {@code nnd check} and the rest, each command in a class of its
 * own. Results go to standard output, errors to standard error as sentences without a stack trace
 * ({@code --debug} shows it); exit code 0 means success, 1 an error in what was asked for, 2 a
 * command line that is not understood.
 */
package org.nnd.cli;
