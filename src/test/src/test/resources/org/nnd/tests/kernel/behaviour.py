"""What users of notebooks rely on, message by message."""
import os
import re
import time
import unittest

import results
from jupyter_client.manager import KernelManager

TIMEOUT = 120


class Kernel:
    """A kernel, and what its cells put out."""

    def __init__(self):
        self.manager = KernelManager(kernel_name="nnd")
        self.manager.start_kernel()
        self.connect()

    def connect(self):
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=TIMEOUT)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel()

    def messages(self, request):
        """The messages of a request until the kernel is idle again."""
        found = []
        while True:
            message = self.client.get_iopub_msg(timeout=TIMEOUT)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["content"].get("execution_state") == "idle":
                return found
            if message["msg_type"] not in ("status", "execute_input"):
                found.append(message)

    def reply(self, request):
        while True:
            reply = self.client.get_shell_msg(timeout=TIMEOUT)
            if reply["parent_header"].get("msg_id") == request:
                return reply["content"]

    def run(self, code, **options):
        request = self.client.execute(code, **options)
        messages = self.messages(request)
        return self.reply(request), messages

    def start(self, code, until):
        """Begins a cell and returns once it has printed something."""
        request = self.client.execute(code)
        while True:
            message = self.client.get_iopub_msg(timeout=TIMEOUT)
            if until(message):
                return request

    def value(self, code):
        reply, messages = self.run(code)
        assert reply["status"] == "ok", reply
        return [m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result"]

    def text(self, code, name="stdout"):
        return text(self.run(code)[1], name)


def text(messages, name="stdout"):
    return "".join(
        m["content"]["text"] for m in messages if m["msg_type"] == "stream" and m["content"]["name"] == name
    )


def kinds(messages):
    return [m["msg_type"] for m in messages]


def plain(lines):
    return re.sub("\x1b\\[[0-9;]*m", "", "\n".join(lines))


def prints(message):
    return message["msg_type"] == "stream"


class Behaviour(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.kernel = Kernel()

    @classmethod
    def tearDownClass(cls):
        cls.kernel.close()

    def error(self, code):
        reply, messages = self.kernel.run(code)
        self.assertEqual("error", reply["status"])
        return plain(reply["traceback"])

    # Values and output.

    def test_last_expression_is_shown_unless_a_semicolon_ends_it(self):
        self.assertEqual(["3"], self.kernel.value("var a = 1;\na + 2"))
        self.assertEqual([], self.kernel.value("1 + 2;"))
        self.assertEqual([], self.kernel.value("var b = 3"))

    def test_earlier_expressions_without_semicolon_are_shown_too(self):
        reply, messages = self.kernel.run('"first"\n\n"second"')
        self.assertEqual(["display_data", "execute_result"], kinds(messages))

    def test_text_and_pictures_keep_their_order(self):
        reply, messages = self.kernel.run(
            'println("a"); System.err.println("b"); display("c"); print("d"); clearOutput(true);'
        )
        self.assertEqual(["stream", "stream", "display_data", "stream", "clear_output"], kinds(messages))
        self.assertEqual("a\nd", text(messages))

    def test_characters_are_never_split(self):
        self.assertEqual("é𝄞€" * 30000, self.kernel.text('print("é𝄞€".repeat(30000));'))

    def test_many_lines_are_few_messages(self):
        reply, messages = self.kernel.run("for (int i = 0; i < 5000; i++) println(i);")
        self.assertEqual("".join(f"{i}\n" for i in range(5000)), text(messages))
        self.assertLess(len(messages), 500)

    def test_ten_megabytes_of_output(self):
        reply, messages = self.kernel.run('var line = "x".repeat(99);\nfor (int i = 0; i < 100_000; i++) println(line);')
        self.assertEqual(10_000_000, len(text(messages)))
        self.assertEqual(["2"], self.kernel.value("1 + 1"))

    def test_output_of_a_thread_belongs_to_the_cell_that_ran_last(self):
        request = self.kernel.client.execute(
            'var t = new Thread(() -> { try { Thread.sleep(300); } catch (InterruptedException e) { } println("late"); });\n'
            "t.start();"
        )
        self.kernel.messages(request)
        self.kernel.reply(request)
        deadline = time.time() + TIMEOUT
        while time.time() < deadline:
            message = self.kernel.client.get_iopub_msg(timeout=TIMEOUT)
            if prints(message):
                break
        self.assertEqual(request, message["parent_header"]["msg_id"])
        self.assertEqual("late\n", message["content"]["text"])

    def test_silent_cells_leave_no_trace(self):
        before = self.kernel.run("0;")[0]["execution_count"]
        reply, messages = self.kernel.run("7", silent=True)
        self.assertEqual(("ok", []), (reply["status"], messages))
        self.assertEqual(before, self.kernel.run("8", store_history=False)[0]["execution_count"])
        self.assertEqual(before + 1, self.kernel.run("0;")[0]["execution_count"])

    def test_user_expressions(self):
        reply, _ = self.kernel.run("int ux = 4;", user_expressions={"good": "ux + 1", "bad": "nothing"})
        self.assertEqual("5", reply["user_expressions"]["good"]["data"]["text/plain"])
        self.assertEqual("error", reply["user_expressions"]["bad"]["status"])

    def test_input_is_asked_for(self):
        request = self.kernel.client.execute("var scanner = new Scanner(System.in);\nscanner.nextLine()", allow_stdin=True)
        self.assertEqual("input_request", self.kernel.client.get_stdin_msg(timeout=TIMEOUT)["msg_type"])
        self.kernel.client.input("grüß")
        messages = self.kernel.messages(request)
        self.assertEqual("grüß", messages[-1]["content"]["data"]["text/plain"])
        self.kernel.reply(request)

    # Displays.

    def test_displays_are_updated_in_place(self):
        reply, messages = self.kernel.run('String id = display("old");\nupdateDisplay(id, "new");')
        self.assertEqual(["display_data", "update_display_data"], kinds(messages))
        ids = [m["content"]["transient"]["display_id"] for m in messages]
        self.assertEqual(ids[0], ids[1])
        reply, messages = self.kernel.run('updateDisplay(id, "<i>n</i>", "text/html");')
        self.assertEqual("<i>n</i>", messages[0]["content"]["data"]["text/html"])

    def test_the_name_of_a_display_is_not_shown_as_a_value(self):
        self.assertEqual(["display_data"], kinds(self.kernel.run("display(1)")[1]))

    def test_render_is_a_picture(self):
        reply, messages = self.kernel.run('render("<b>x</b>", "text/html")')
        self.assertEqual("<b>x</b>", messages[0]["content"]["data"]["text/html"])

    def test_training_is_one_display_with_curves(self):
        self.train_setup()
        reply, messages = self.kernel.run("train(m, data.train()).epochs(2).run();")
        self.assertEqual("ok", reply["status"], reply)
        self.assertEqual("display_data", messages[0]["msg_type"])
        self.assertEqual({"update_display_data"}, set(kinds(messages[1:])))
        self.assertEqual(1, len({m["content"]["transient"]["display_id"] for m in messages}))
        last = messages[-1]["content"]["data"]
        self.assertIn("epoch 2/2", last["text/plain"])
        self.assertIn("<svg", last["text/html"])

    # Errors.

    def test_errors_show_line_caret_and_sentence(self):
        self.assertRegex(
            self.error('int good = 1;\nint wrong = "a";'),
            r"^cell \d+:2: incompatible types: String cannot be converted to int\n    int wrong = \"a\";\n {16}\^$",
        )
        self.assertRegex(
            self.error("int half(int n) {\n  return 1 / n;\n}\nhalf(0)"),
            r"^cell \d+:2: ArithmeticException: / by zero\n      return 1 / n;\n  called from cell \d+:4$",
        )

    def test_a_shape_error_shows_the_way_through_the_network(self):
        self.assertRegex(
            self.error("model(sequential(conv(8), sequential(globalAvgPool(), named(\"bad\", conv(4)))), InputSpec.of(1, 8, 8));"),
            r"(?s)bad: conv expects .*\n  sequential *\n  ├─ 0  conv\(8\).* gives \[N, 8, 8, 8\]\n.*bad.*gets \[N, 8\]  <-- here",
        )

    def test_no_internals_in_errors(self):
        for code in ('List.of().get(3)', "throw new Exception(\"x\");", 'Objects.requireNonNull(null);', "nothing"):
            self.assertNotRegex(self.error(code), "JShell|REPL|jdk\\.|org\\.nnd|at java")

    def test_no_internals_in_traces_that_code_prints(self):
        for code in (
            "try { int q = 1 / 0; } catch (Exception e) { e.printStackTrace(); }",
            'var failing = new Thread(() -> { throw new Error("x"); });\nfailing.start();\nfailing.join();',
        ):
            said = self.kernel.text(code, "stderr")
            self.assertRegex(said, r"\tat cell \d+:1\n")
            self.assertNotRegex(said, "JShell|REPL|jdk\\.|org\\.nnd")

    def test_a_message_of_several_lines_stays_whole(self):
        reply, _ = self.kernel.run('throw new IllegalStateException("multi\\nline");')
        self.assertEqual("IllegalStateException: multi\nline", reply["evalue"])
        self.assertRegex(plain(reply["traceback"]), r"multi\nline\n +throw new")

    def test_errors_of_the_jvm_are_survived(self):
        self.assertIn("StackOverflowError", self.error("int deep(int n) { return deep(n + 1) + 1; }\ndeep(0)"))
        self.assertIn("OutOfMemoryError", self.error("var all = new ArrayList<long[]>();\nwhile (true) all.add(new long[1 << 27]);"))
        self.kernel.run("all = null;")
        self.assertEqual(["2"], self.kernel.value("1 + 1"))

    def test_an_error_while_drawing(self):
        self.assertIn("no picture", self.error('new Object() { public String toString() { throw new Error("no picture"); } }'))
        self.assertEqual(["2"], self.kernel.value("1 + 1"))

    def test_a_device_that_runs_out_of_memory(self):
        said = self.error(
            "var wide = tensor(new float[40_000][1]);\n"
            "var all = new ArrayList<Tensor>(List.of(wide.matmul(wide.transpose())));\n"
            "for (int i = 0; i < 64; i++) all.add(all.getLast().matmul(all.getLast()));\n"
            "var total = all.getLast();\n"
            "for (int i = 63; i >= 0; i--) total = total.add(all.get(i));\n"
            "println(total.sum());"
        )
        self.assertRegex(said, "memory|GiB|TiB")
        self.assertEqual(["2"], self.kernel.value("1 + 1"))

    def test_cells_that_wait_are_aborted(self):
        first = self.kernel.client.execute("Thread.sleep(300); int broken = 1 / 0;")
        second = self.kernel.client.execute("int after = 1;")
        third = self.kernel.client.execute("after")
        self.assertEqual("error", self.kernel.reply(first)["status"])
        self.assertEqual("aborted", self.kernel.reply(second)["status"])
        self.assertEqual("aborted", self.kernel.reply(third)["status"])
        self.assertEqual(["5"], self.kernel.value("2 + 3"))

    def test_cells_that_wait_go_on_where_errors_do_not_stop(self):
        first = self.kernel.client.execute("Thread.sleep(300); int broken = 1 / 0;", stop_on_error=False)
        second = self.kernel.client.execute("int going = 1;")
        self.kernel.reply(first)
        self.assertEqual("ok", self.kernel.reply(second)["status"])

    def test_lost_variables_are_told(self):
        self.kernel.run("record P(int x) {}\nvar p = new P(1);")
        self.assertIn("p has lost its value", self.kernel.text("record P(int x, int y) {}", "stderr"))
        self.assertRegex(self.error("p"), r"p has lost its value, because P was declared again at cell \d+:1; declare")

    def test_variables_survive_what_stands_before_them(self):
        self.kernel.run("int f() { return 1; }\nvar kept = f();")
        self.kernel.run("int f() { return 2; }")
        self.assertEqual(["1"], self.kernel.value("kept"))

    # Interrupts.

    def test_a_waiting_cell_is_interrupted(self):
        request = self.kernel.start('println("go"); Thread.sleep(100_000);', prints)
        self.kernel.manager.interrupt_kernel()
        self.assertEqual("Interrupted", self.kernel.reply(request)["ename"])

    def test_an_endless_loop_does_not_block_the_next_cell(self):
        for loop in ("while (true) { }", 'while (true) println("x");'):
            request = self.kernel.start('println("go"); ' + loop, prints)
            self.kernel.manager.interrupt_kernel()
            self.assertEqual("Interrupted", self.kernel.reply(request)["ename"])
            self.assertEqual(["2"], self.kernel.value("1 + 1"))
            time.sleep(0.3)
            self.assertEqual("", self.kernel.text("Thread.sleep(300);"))

    def train_setup(self):
        self.kernel.run(
            "var data = Glyphs.digits().train(2000).test(200);\n"
            "var m = model(sequential(conv(4).kernel(3), globalAvgPool(), dense(10)), data.input());"
        )

    def test_a_training_is_interrupted_between_steps(self):
        self.train_setup()
        request = self.kernel.start(
            "train(m, data.train()).epochs(10_000).run();", lambda m: m["msg_type"] == "update_display_data"
        )
        self.kernel.manager.interrupt_kernel()
        reply = self.kernel.reply(request)
        self.assertRegex(reply["evalue"], r"training was interrupted in epoch \d+ of 10000 after batch \d+ of \d+")
        self.assertEqual("Interrupted", reply["ename"])
        reply, messages = self.kernel.run("evaluate(m, data.test())")
        self.assertEqual("ok", reply["status"], reply)

    def test_a_timeless_interrupt_does_nothing(self):
        self.kernel.manager.interrupt_kernel()
        time.sleep(0.2)
        self.assertEqual(["2"], self.kernel.value("1 + 1"))

    # Magics.

    def test_magics(self):
        self.assertRegex(self.kernel.text("%time Thread.sleep(20);"), r"^time: \d.* (ms|s)\n$")
        reply, messages = self.kernel.run("%%time\nint timed = 4;\ntimed * 2")
        self.assertEqual(["stream", "execute_result"], sorted(kinds(messages), reverse=True))
        self.assertIn("(CPU", self.kernel.value("%device")[0])
        self.assertIn("there is no magic %nope; there are", self.error("%nope"))
        self.assertIn("level 4", self.kernel.value("%explain model(sequential(dense(2)), InputSpec.of(3))")[0])

    def test_the_names_of_ijava(self):
        self.assertEqual(["nnd"], self.kernel.value("getKernelInstance().getName()"))
        self.assertEqual(["true"], self.kernel.value("kernel() == getKernelInstance()"))
        self.assertIn("(CPU", self.kernel.value('lineMagic("device", List.of()).toString()')[0])
        self.assertEqual("1.50 a", self.kernel.text('printf("%.2f %s", 1.5, "a");'))
        self.assertIn("cannot evaluate other code", self.error('getKernelInstance().eval("1 + 1")'))

    def test_jars_come_to_the_class_path(self):
        self.assertIn("no such file", self.error("%jars nowhere.jar"))

    # Questions about code.

    def test_offsets_are_code_points(self):
        code = 'var s = "𝄞𝄞"; conv(1).ker'
        request = self.kernel.client.complete(code, len(code))
        reply = self.kernel.reply(request)
        self.assertEqual(["kernel("], reply["matches"])
        self.assertEqual((len(code) - 3, len(code)), (reply["cursor_start"], reply["cursor_end"]))

    def test_names_of_parameters_complete_in_strings(self):
        self.kernel.run('var named = model(sequential(named("stem", dense(2)), dense(3)), InputSpec.of(4));')
        code = 'named.parameter("ste'
        reply = self.kernel.reply(self.kernel.client.complete(code, len(code)))
        self.assertEqual({"stem.weight", "stem.bias"}, set(reply["matches"]))

    def inspected(self, code):
        return self.kernel.reply(self.kernel.client.inspect(code))["data"].get("text/plain", "")

    def test_javadoc_of_the_library_and_of_the_jdk(self):
        self.assertIn("Conv conv(int out)\n  Returns a convolution of pictures", self.inspected("conv("))
        self.assertIn("Returns the greater of two", self.inspected("Math.max("))
        self.assertEqual("", self.inspected("nothing("))

    def test_a_question_is_a_page_or_stands_among_statements(self):
        reply, messages = self.kernel.run("Math.max?")
        self.assertIn("Returns the greater of two", reply["payload"][0]["data"]["text/plain"])
        self.assertIn("Returns the greater of two", self.kernel.value("int before = 1;\nMath.max?")[0])
        self.assertEqual("complete", self.kernel.reply(self.kernel.client.is_complete("conv?"))["status"])

    def test_history_holds_input_and_output(self):
        self.kernel.run("40 + 2")
        reply = self.kernel.reply(self.kernel.client.history(hist_access_type="tail", n=1, output=True, raw=True))
        self.assertEqual(["40 + 2", "42"], reply["history"][0][2])

    # Comms.

    def test_comms_nobody_knows_are_closed(self):
        client = self.kernel.client
        message = client.session.msg("comm_open", {"comm_id": "c1", "target_name": "nobody", "data": {}})
        client.shell_channel.send(message)
        closed = self.kernel.messages(message["header"]["msg_id"])
        self.assertEqual(["comm_close"], kinds(closed))
        reply = self.kernel.reply(client.comm_info())
        self.assertEqual(("ok", {}), (reply["status"], reply["comms"]))


class Processes(unittest.TestCase):
    def test_a_parallel_stream_does_not_block_the_next_cell(self):
        kernel = Kernel()  # of its own, for its threads go on
        try:
            request = kernel.start(
                'println("go");\nIntStream.range(0, Integer.MAX_VALUE).parallel().map(i -> {\n'
                "  int q = 0;\n  for (int j = 0; j < 100_000; j++) q += j * i;\n  return q;\n}).sum()",
                prints,
            )
            time.sleep(1)
            kernel.manager.interrupt_kernel()
            self.assertEqual("Interrupted", kernel.reply(request)["ename"])
            self.assertEqual(["2"], kernel.value("1 + 1"))
            self.assertEqual(["5050"], kernel.value("IntStream.rangeClosed(1, 100).parallel().sum()"))
        finally:
            kernel.close()

    def test_two_kernels_share_a_device(self):
        code = (
            "var d = Glyphs.digits().train(500).test(100);\n"
            "var m = model(sequential(conv(4).kernel(3), globalAvgPool(), dense(10)), d.input());\n"
            "train(m, d.train()).epochs(1).run();\n"
            "m.predict(d.test()).shape()"
        )
        kernels = [Kernel(), Kernel()]
        try:
            requests = [k.client.execute(code) for k in kernels]
            shown = [k.messages(r)[-1]["content"]["data"]["text/plain"] for k, r in zip(kernels, requests)]
            self.assertEqual(["[100, 10]", "[100, 10]"], shown)
        finally:
            for k in kernels:
                k.close()

    def test_a_restart_forgets(self):
        kernel = Kernel()
        try:
            kernel.run("int before = 1;")
            kernel.client.stop_channels()
            kernel.manager.restart_kernel(now=False)
            kernel.connect()
            reply, _ = kernel.run("before")
            self.assertEqual("error", reply["status"])
            self.assertEqual(["2"], kernel.value("1 + 1"))
        finally:
            kernel.close()

    def test_a_shutdown_ends_the_process_even_in_a_loop(self):
        kernel = Kernel()
        kernel.start('println("go"); while (true) { }', prints)
        kernel.manager.request_shutdown()
        kernel.manager.provisioner.process.wait(timeout=TIMEOUT)
        kernel.client.stop_channels()

    def test_environment_of_ijava(self):
        os.environ.update(
            IJAVA_STARTUP_SCRIPT="int started = 5;", IJAVA_TIMEOUT="2000", IJAVA_COMPILER_OPTS="-Xlint:none"
        )
        try:
            kernel = Kernel()
            self.assertEqual(["5"], kernel.value("started"))
            reply, _ = kernel.run("Thread.sleep(100_000);")
            self.assertEqual("Interrupted", reply["ename"])
            kernel.close()
        finally:
            for name in ("IJAVA_STARTUP_SCRIPT", "IJAVA_TIMEOUT", "IJAVA_COMPILER_OPTS"):
                del os.environ[name]


if __name__ == "__main__":
    results.main()
