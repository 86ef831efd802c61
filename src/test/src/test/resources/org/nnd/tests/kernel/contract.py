"""Jupyter's own tests of kernels, all of them."""
import unittest

import jupyter_kernel_test

import results


class Contract(jupyter_kernel_test.KernelTests):
    kernel_name = "nnd"
    language_name = "java"
    file_extension = ".nnd"
    code_hello_world = 'println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    completion_samples = [
        {"text": "conv(32).ker", "matches": {"kernel("}},
        {"text": "%devi", "matches": {"%device"}},
        {"text": "Glyphs.dig", "matches": {"digits()"}},
        {"text": "java.util.stream.Collectors.joi", "matches": {"joining("}},
    ]
    complete_code_samples = ["1 + 1", "var x = 1;", "for (;;) {\n}", "%device", "", "int f() { return 1; }"]
    incomplete_code_samples = ["for (", "void f() {", 'var s = """\nabc', "sequential(conv(3),"]
    invalid_code_samples = ["1 + ) 2", "int a = 1;\na ) b"]
    code_page_something = "conv?"
    code_generate_error = "1 / 0"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"a" + 1', "result": "a1"},
        {"code": "new int[] {1, 2}", "result": "[1, 2]"},
    ]
    code_display_data = [
        {"code": 'display("<b>b</b>", "text/html");', "mime": "text/html"},
        {"code": "display(sequential(conv(3)));", "mime": "text/plain"},
    ]
    code_history_pattern = "6*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "conv("
    code_clear_output = "clearOutput();"


if __name__ == "__main__":
    results.main()
