"""What a person reads while things are being set up: one short line a step."""

import sys
from collections.abc import Sequence


class StepFailed(Exception):
    """A step that cannot be done: which, why, what to do about it, and the tool's last words."""

    def __init__(self, step: str, why: str, *, do: str, tail: Sequence[str] = ()) -> None:
        super().__init__(f"{step}: {why}")
        self.step, self.why, self.do, self.tail = step, why, do, tuple(tail)

    def show(self) -> None:
        for line in self.tail:
            print(f"    | {line}", file=sys.stderr)
        print(f"\nFailed: {self.step}\n   Why: {self.why}\n    Do: {self.do}", file=sys.stderr)
        sys.stderr.flush()


def say(line: str) -> None:
    print(f"  {line}", flush=True)


def title(line: str) -> None:
    print(f"\n== {line}", flush=True)
