"""Runs the tests of the calling module and prints what came of each, as JSON, a line each."""
import json
import sys
import unittest


class Results(unittest.TestResult):
    def tell(self, test, outcome, detail=""):
        print(json.dumps({"test": test.id().split(".", 1)[1], "outcome": outcome, "detail": detail}), flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.tell(test, "passed")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.tell(test, "skipped", reason)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.tell(test, "failed", self.failures[-1][1])

    def addError(self, test, error):
        super().addError(test, error)
        self.tell(test, "failed", self.errors[-1][1])

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self.tell(subtest, "failed", (self.failures + self.errors)[-1][1])


def main():
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    suite.run(Results())
