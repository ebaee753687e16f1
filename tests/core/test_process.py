"""Children stay inside their limits."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from rehabdesk.core.process import ChildLimits, Ended, ReadyChild, replace_this_process, run_limited


def child(code: str, *, limits: ChildLimits, stdin: bytes = b"") -> tuple[Ended, bytes]:
    result = run_limited((sys.executable, "-c", code), stdin, limits)
    return result.ended, result.output


def test_input_goes_in_and_output_comes_out() -> None:
    code = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])"
    assert child(code, limits=ChildLimits(), stdin=b"abc") == (Ended.FINISHED, b"cba")


def test_slow_children_are_ended() -> None:
    assert child("import time; time.sleep(30)", limits=ChildLimits(seconds=1))[0] is Ended.TOO_SLOW


def test_talkative_children_are_ended() -> None:
    code = "import sys\nwhile True: sys.stdout.write('x' * 1000)"
    assert child(code, limits=ChildLimits(output_bytes=10_000))[0] is Ended.TOO_MUCH_OUTPUT


def test_a_failing_child_is_told_from_a_finished_one() -> None:
    assert child("raise SystemExit(3)", limits=ChildLimits())[0] is Ended.FAILED


def test_the_environment_is_almost_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_PATH", "x")
    ended, output = child("import os; print(sorted(os.environ))", limits=ChildLimits())
    assert ended is Ended.FINISHED
    assert b"SECRET_PATH" not in output


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a successor gets no more than a pipe holds")
@pytest.mark.parametrize("size", [10, 59_000, 300_000])
def test_a_successor_gets_the_whole_message(size: int) -> None:
    code = (
        "import sys; from rehabdesk.core.process import replace_this_process as go;"
        f"go((sys.executable, '-c', 'import sys; print(len(sys.stdin.buffer.read()))'), b'x' * {size})"
    )
    command = (sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}")
    result = run_limited(command, b"", ChildLimits())
    assert (result.ended, result.output) == (Ended.FINISHED, b"%d\n" % size)


def test_a_message_that_is_too_long_is_refused_before_anything_ends() -> None:
    with pytest.raises(ValueError, match="handed on"):
        replace_this_process((sys.executable,), b"x" * 9_000_000)


class Stopped(Exception):
    pass


def test_who_waits_may_stop_the_child() -> None:
    asked = [0]

    def waiting() -> None:
        asked[0] += 1
        if asked[0] > 2:
            raise Stopped

    began = time.monotonic()
    with pytest.raises(Stopped):
        run_limited((sys.executable, "-c", "import time; time.sleep(30)"), b"", ChildLimits(), waiting)
    assert time.monotonic() - began < 15  # not the 20 seconds of the limit, nor the 30 of the child


def test_who_waits_gets_the_whole_answer() -> None:
    code = "import sys, time; time.sleep(0.3); sys.stdout.buffer.write(sys.stdin.buffer.read() * 2)"
    asked: list[int] = []
    result = run_limited((sys.executable, "-c", code), b"x" * 200_000, ChildLimits(), lambda: asked.append(1))
    assert (result.ended, len(result.output)) == (Ended.FINISHED, 400_000)
    assert asked


ECHO = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read() * 2)"


def test_a_child_that_was_started_before_does_one_piece_of_work() -> None:
    ready = ReadyChild((sys.executable, "-c", "import os; print(os.getpid(), flush=True)\n" + ECHO))
    ready.prepare()
    ready.prepare()
    first, second = (ready.run(b"ab", ChildLimits()) for _ in range(2))

    assert (first.ended, second.ended) == (Ended.FINISHED, Ended.FINISHED)
    assert first.output.endswith(b"abab")
    assert first.output != second.output


def test_its_time_counts_from_the_question() -> None:
    ready = ReadyChild((sys.executable, "-c", ECHO))
    ready.prepare()
    time.sleep(1.2)
    assert ready.run(b"a", ChildLimits(seconds=1)).ended is Ended.FINISHED


def test_a_child_that_died_while_it_waited_is_replaced(tmp_path: Path) -> None:
    mark = tmp_path / "was here"
    first = f"import pathlib, sys; mark = pathlib.Path({str(mark)!r}); first = not mark.exists(); mark.touch()\n"
    code = first + "if first: sys.exit()\n"
    ready = ReadyChild((sys.executable, "-c", code + ECHO))
    ready.prepare()
    held = ready._child
    assert held is not None
    held._process.wait(30)

    assert ready.run(b"a", ChildLimits()).output == b"aa"


def test_a_child_that_nobody_needs_is_gone() -> None:
    ready = ReadyChild((sys.executable, "-c", ECHO))
    ready.prepare()
    held = ready._child
    assert held is not None
    assert held.is_there

    ready.end()
    ready.end()

    assert not held.is_there


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the process where Linux lists them")
def test_a_waiting_child_ends_with_the_process_that_started_it() -> None:
    """Killed, it cannot end anybody; its end of the pipe closes."""
    code = (
        f"import sys, time; sys.path[:0] = {sys.path!r}; from rehabdesk.core.process import ReadyChild\n"
        f"ready = ReadyChild((sys.executable, '-c', {ECHO!r})); ready.prepare()\n"
        "print(ready._child._process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen((sys.executable, "-c", code), stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        number = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + 30
    while Path(f"/proc/{number}/cmdline").exists() and Path(f"/proc/{number}/cmdline").read_bytes():
        assert time.monotonic() < until
        time.sleep(0.05)
