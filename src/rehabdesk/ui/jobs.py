"""Work that would freeze the window. The only module of the program that starts a thread."""

import gc
import threading
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
_TIDY_MS = 500
Report = Callable[[int, int], None]
"""Called by a long job as it goes: done, of how many. Raises Cancelled once nobody waits for the answer."""


class Cancelled(Exception):
    """The person pressed Cancel, or the owner is gone: the job ends itself at its next report."""


class Job:
    """One piece of work on its way. `cancel` drops its answer; a long job also ends at its next report."""

    def __init__(self) -> None:
        self._stopped = threading.Event()

    def cancel(self) -> None:
        self._stopped.set()

    @property
    def cancelled(self) -> bool:
        return self._stopped.is_set()


class Jobs(QObject):
    """One worker thread and one object for the life of the program.

    A job takes plain values and returns a plain value: no widget, no model and no open connection goes in. Its answer
    arrives on the GUI thread, and only while `owner` is alive and the job is not cancelled.

    From the first job on, what Python collects as garbage it collects on the GUI thread alone: a page that was left and
    is collected in another thread is destroyed twice, by Qt and by its wrapper (shiboken's runDeletionInMainThread).
    """

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._under_way: set[Job] = set()
        self._tidying = QTimer(self)
        self._tidying.timeout.connect(_tidy)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @cached_property
    def _worker(self) -> "ThreadPoolExecutor":
        """Loaded with the first job: the lock page stands without it."""
        from concurrent.futures import ThreadPoolExecutor

        gc.disable()
        self._tidying.start(_TIDY_MS)
        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> Job:
        """Runs `work` in the thread; then `done` or `failed` on the GUI thread."""
        job = Job()
        self._start(job, owner, work, done, failed)
        return job

    def run_long(
        self,
        owner: QObject,
        work: Callable[[Report], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        progress: Report,
    ) -> Job:
        """As `run`; what `work` reports reaches `progress` on the GUI thread."""
        job = Job()

        def report(so_far: int, of: int) -> None:
            if job.cancelled:
                raise Cancelled
            self._arrived.emit(lambda: progress(so_far, of) if isValid(owner) and not job.cancelled else None)

        self._start(job, owner, lambda: work(report), done, failed)
        return job

    def cancel_all(self) -> None:
        """Nobody waits any more: at a lock. Does not wait either."""
        for job in tuple(self._under_way):
            job.cancel()

    def close(self) -> None:
        """Waits for the job in hand and takes no other."""
        self.cancel_all()
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._tidying.stop()
        gc.enable()

    def _start(
        self,
        job: Job,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        self._under_way.add(job)

        def deliver(future: "Future[T]") -> None:
            self._under_way.discard(job)
            if future.cancelled() or job.cancelled or not isValid(owner):
                return
            if (error := future.exception()) is not None:
                failed(error)
            else:
                done(future.result())

        future = self._worker.submit(work)
        future.add_done_callback(lambda finished: self._arrived.emit(lambda: deliver(finished)))

    @Slot(object)
    def _deliver(self, deliver: Callable[[], Any]) -> None:
        deliver()


def _tidy() -> None:
    """What the interpreter would do by itself, at the same thresholds."""
    due = [
        level
        for level, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        if count > most
    ]
    if due:
        gc.collect(due[-1])
