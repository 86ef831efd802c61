/**
 * Files that other tools read and write too. {@link org.nnd.format.Safetensors} maps tensors into
 * memory and refuses every file that the format's description does not allow, naming the file and
 * the tensor; {@link org.nnd.format.SafetensorsWriter} writes them, the same bytes for the same
 * tensors. {@link org.nnd.format.Json} reads and writes JSON, and {@link org.nnd.format.AtomicFile}
 * replaces a file in one step. Reading a file never runs code that the file brings.
 */
package org.nnd.format;
