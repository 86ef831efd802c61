/**
 * The meaning of the tensor graph as plain Java: slow, obviously right, and the oracle for every
 * backend.
 *
 * <p>Values of f32 and f64 are held and computed in float64 without rounding to f32; every value of
 * f16 and bf16 is rounded to its type; i8, u8, i32 and i64 are exact and wrap; bool is 0 or 1. One
 * file per family of operations, {@link org.nnd.ir.reference.ReferenceEvaluator} holds the switch.
 */
package org.nnd.ir.reference;
