/**
 * The course: lessons are scripts in percent format ({@code // %%} begins a cell of code, {@code //
 * %% [markdown]} one of text), from which the notebooks beside them are made. A line {@code //
 * expect: CONDITION} states a result; the tests evaluate it where it stands.
 */
package org.nnd.tests.course;
