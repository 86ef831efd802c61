/** {@code nnd} as a user meets it: whole scripts, what they print, and exit codes. */
package org.nnd.tests.commandline;
