"""Runs the programs that NND writes for PyTorch: one case after the other, told by lines.

  load FOLDER     program.py, case.json and operands.npz: "ok MODE", the fastest of the modes tried
  results FILE    writes what a first run gives as .npz: "ok"
  run K           K runs: "ok SECONDS"
  memory          "ok BYTES": the most memory that the case takes in a process of its own
  export FILE     writes the traced program (TorchScript), where there is one: "ok"
  quit

Anything else that happens is answered by a line "error WHAT".
"""
import gc
import json
import os
import resource
import subprocess
import sys
import time
import warnings

import numpy as np
import torch

warnings.filterwarnings("ignore")

TRIES = 0.3  # seconds for the trial of a mode
PATIENCE = 40.0  # seconds, after which no further mode is tried
LAYOUTS = {"contiguous": None, "channels last": {4: torch.channels_last, 5: torch.channels_last_3d}}


class Case:
    """A program with its operands; made anew for every mode, since steps of training change it."""

    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "case.json")) as file:
            self.about = json.load(file)
        self.names = {}
        exec(compile(open(os.path.join(folder, "program.py")).read(), "program.py", "exec"), self.names)

    def modes(self):
        with np.load(os.path.join(self.folder, "operands.npz")) as operands:
            ranks = {operands[name].ndim for name in operands.files}
        layouts = ["contiguous"] + (["channels last"] if ranks & {4, 5} else [])
        ways = ["eager"]
        if self.about["kind"] == "forward" and not self.about["updates"]:
            ways += ["traced and frozen", "optimized for inference"]
        return [(layout, way) for way in ways for layout in layouts]

    def runner(self, mode):
        layout, way = mode
        with np.load(os.path.join(self.folder, "operands.npz")) as operands:
            tensors = {name: self.tensor(operands[name], layout) for name in operands.files}
        return {"forward": Forward, "pullback": Pullback, "step": Step}[self.about["kind"]](
            self, tensors, way
        )

    @staticmethod
    def tensor(array, layout):
        tensor = torch.from_numpy(array)
        formats = LAYOUTS[layout]
        if formats and tensor.dim() in formats:
            return tensor.contiguous(memory_format=formats[tensor.dim()])
        return tensor.contiguous()


def changed(net, paths):
    return {path + ".next": net.leaves()[path] for path in paths}


class Forward:
    def __init__(self, case, tensors, way):
        self.about = case.about
        self.inputs = [tensors[name] for name in case.about["inputs"]]
        self.net = case.names["Net"](tensors).eval()
        for parameter in self.net.parameters():
            parameter.requires_grad_(False)
        self.call = self.net
        if way != "eager":
            with torch.no_grad():
                traced = torch.jit.trace(self.net, self.inputs, check_trace=False)
                self.call = torch.jit.freeze(traced)
                if way == "optimized for inference":
                    self.call = torch.jit.optimize_for_inference(self.call)

    def run(self):
        with torch.inference_mode():
            return self.call(*self.inputs)

    def results(self):
        outputs = self.run()
        results = dict(zip(self.about["outputs"], outputs))
        results.update(changed(self.net, self.about["updates"]))
        return results


class Pullback:
    def __init__(self, case, tensors, way):
        self.names = case.about["wrt"]
        inputs = [tensors[name] for name in case.about["inputs"]]
        net = case.names["Net"](tensors)
        of = dict(zip(case.about["inputs"], inputs))
        of.update(net.leaves())
        self.leaves = [of[name] for name in self.names]
        for tensor in list(of.values()):
            tensor.requires_grad_(any(tensor is leaf for leaf in self.leaves))
        self.result = net(*inputs)[0]
        self.cotangent = tensors["dy"]

    def run(self):
        return torch.autograd.grad(self.result, self.leaves, self.cotangent, retain_graph=True)

    def results(self):
        return {"d." + name: g for name, g in zip(self.names, self.run())}


class Step:
    def __init__(self, case, tensors, way):
        self.about = case.about
        self.inputs = [tensors[name] for name in case.about["inputs"]]
        self.net = case.names["Net"](tensors)
        for name, leaf in self.net.leaves().items():
            if leaf.is_floating_point():
                leaf.requires_grad_(name in self.about["trained"])
        trained = [self.net.leaves()[name] for name in self.about["trained"]]
        options = dict(self.about["optimizer"])
        kind = options.pop("kind")
        self.optimizer = getattr(torch.optim, kind)(trained, foreach=True, **options)

    def run(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.net(*self.inputs)[self.about["outputs"].index("loss")]
        loss.backward()
        self.optimizer.step()
        return loss

    def results(self):
        results = {"loss": self.run()}
        for name in self.about["trained"]:
            leaf = self.net.leaves()[name]
            for kept, ours in self.about["state"].items():
                results["optimizer.%s.%s.next" % (ours, name)] = self.optimizer.state[leaf][kept]
        results.update(changed(self.net, self.about["updates"]))
        return results


def seconds(runner, runs):
    gc.disable()
    try:
        start = time.perf_counter()
        for _ in range(runs):
            runner.run()
        return time.perf_counter() - start
    finally:
        gc.enable()


def best(runner):
    """The least time of a few runs; the first ones of a traced program still compile it."""
    least, spent = float("inf"), 0.0
    runs = 0
    while runs < 3 or (spent < TRIES and runs < 20):
        time = seconds(runner, 1)
        least, spent, runs = min(least, time), spent + time, runs + 1
        if spent > PATIENCE / 4:
            break
    return least


def fastest(case):
    """The runner that is fastest, and its mode."""
    start = time.perf_counter()
    chosen, least, failure = None, float("inf"), None
    for mode in case.modes():
        if chosen and time.perf_counter() - start > PATIENCE:
            break
        runner = None
        gc.collect()
        try:
            runner = case.runner(mode)
            took = best(runner)
        except Exception as e:
            failure = failure or e
            continue
        if took < least:
            chosen, least = (runner, mode), took
    if not chosen:
        raise failure
    return chosen


def most_memory():
    """The most memory that this process has had, in bytes. Linux's ru_maxrss would be the parent's."""
    try:
        with open("/proc/self/status") as status:
            line = next(line for line in status if line.startswith("VmHWM:"))
        return 1024 * int(line.split()[1])
    except OSError:
        return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def measure(folder, mode):
    """The memory of a process that has loaded a case and run it, less that of one that has not."""
    before = most_memory()
    runner = Case(folder).runner(tuple(mode.split(", ")))
    runner.run()
    runner.run()
    return most_memory() - before


def detached(tensor):
    return tensor.detach().contiguous().numpy()


def main():
    threads = int(sys.argv[1])
    torch.set_num_threads(threads)
    if len(sys.argv) > 2:
        print(measure(sys.argv[2], sys.argv[3]))
        return
    torch.set_num_interop_threads(1)
    case = runner = mode = None
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what libraries print is no answer
    answers.write("ok torch %s\n" % torch.__version__)
    for line in sys.stdin:
        command, _, argument = line.rstrip("\n").partition(" ")
        try:
            if command == "load":
                case = runner = None
                case = Case(argument)
                runner, mode = fastest(case)
                answer = ", ".join(mode)
            elif command == "results":
                np.savez(argument, **{n: detached(t) for n, t in case.runner(mode).results().items()})
                answer = ""
            elif command == "run":
                answer = repr(seconds(runner, int(argument)))
            elif command == "memory":
                answer = subprocess.run(
                    [sys.executable, __file__, str(threads), case.folder, ", ".join(mode)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    check=True,
                ).stdout.decode().strip()
            elif command == "export":
                frozen = case.runner((mode[0], "traced and frozen"))
                frozen.call.save(argument)
                answer = ""
            elif command == "quit":
                return
            else:
                raise ValueError("no such command: " + command)
            answers.write(("ok " + answer).strip() + "\n")
        except Exception as e:
            text = " ".join(str(e).split())
            answers.write("error %s: %s\n" % (type(e).__name__, text[:300]))


main()
