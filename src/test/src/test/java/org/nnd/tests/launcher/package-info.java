/**
 * Tests of the launcher {@code nnd} and of {@code opencl/provision.sh}, run as they are by a shell
 * in a folder of scripts that stand for JDKs, Maven, apt and the dynamic linker, so that what a
 * machine lacks or has can be chosen.
 */
package org.nnd.tests.launcher;
