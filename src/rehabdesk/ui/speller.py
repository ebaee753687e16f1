"""Asks the spell-checker's child process, and remembers what it said. Nothing here waits, and no dictionary is here."""

import json
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal
from shiboken6 import isValid

from rehabdesk.core.process import child_environment, own_command
from rehabdesk.ui.dictionaries import fitting

CHILD_COMMAND = "_spell"
MOST_WORDS = 500
"""In one question; the rest follows with the next look."""
MOST_KNOWN = 50_000
_PATIENCE_MS = 10_000
_MOST_STARTS = 3
_END_MS = 300
_START_MS = 300
"""After the first question, so that the child's beginning takes nothing from a page that is being made."""
Suggested = Callable[[Sequence[str]], None]


class Speller(QObject):
    """`judged`: something is known of words that it was not known of before. `asked` counts questions."""

    judged = Signal()

    def __init__(self, languages: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._languages = tuple(languages)
        self._known: dict[str, frozenset[str]] = {}
        self._waiting: dict[int, tuple[str, ...] | tuple[QObject, Suggested]] = {}
        self._under_way: set[str] = set()
        self.asked = 0
        self._starts, self._process = 0, QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._ended)
        self._before: dict[str, None] = {}
        self._begin_soon = QTimer(self)
        self._begin_soon.setSingleShot(True)
        self._begin_soon.setInterval(_START_MS)
        self._begin_soon.timeout.connect(self._begin)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._process.kill)

    @property
    def languages(self) -> tuple[str, ...]:
        """What is checked, the language of writing first."""
        return self._languages

    def use(self, languages: Sequence[str]) -> None:
        """Checks these languages from now on; none: nothing is checked, and the child ends."""
        if tuple(languages) == self._languages:
            return
        self._languages = tuple(languages)
        self._known.clear()
        self.stop()
        self._starts = 0
        self.judged.emit()

    def right_in(self, word: str) -> frozenset[str] | None:
        """In which languages a word is right; None while that is not known. Also a word of a script without one."""
        if not fitting(word, self._languages):
            return frozenset(self._languages)
        return self._known.get(word)

    def ask(self, words: Iterable[str]) -> None:
        """What is not known yet is asked; `judged` follows."""
        unknown = dict.fromkeys(word for word in words if self.right_in(word) is None and word not in self._under_way)
        new = tuple(unknown)[:MOST_WORDS]
        if not new:
            return
        if self._process.state() == QProcess.ProcessState.NotRunning:
            self._before.update(dict.fromkeys(new))
            if not self._begin_soon.isActive():  # who types without a pause does not put it off
                self._begin_soon.start()
        else:
            self._under_way.update(new)
            self._send(new, {"words": list(new), "in": list(self._languages)})

    def _begin(self) -> None:
        """The page stands: now the child may take its time."""
        words = list(self._before)
        self._before.clear()
        if self._is_there():
            self.ask(words)

    def suggest(self, word: str, language: str, owner: QObject, done: Suggested) -> None:
        """At most five suggestions, given to `done` if `owner` is still alive by then."""
        if self._is_there():
            self._send((owner, done), {"suggest": word, "in": [language]})

    def stop(self) -> None:
        """Ends the child: at a lock, or when it is switched off. It has nothing to finish."""
        self._waiting.clear()
        self._under_way.clear()
        self._starts = _MOST_STARTS
        self._patience.stop()
        self._begin_soon.stop()
        self._before.clear()
        self._process.blockSignals(True)
        self._process.kill()
        self._process.waitForFinished(_END_MS)  # killed: what is waited for is the kernel taking it away
        self._process.blockSignals(False)

    # inside

    def _is_there(self) -> bool:
        """Starts the child if need be. One that ended by itself is started again, but not for ever."""
        if self._process.state() == QProcess.ProcessState.NotRunning:
            if self._starts >= _MOST_STARTS or not self._languages:
                return False
            self._starts += 1
            program, *arguments = own_command(CHILD_COMMAND)
            environment = QProcessEnvironment()
            for name, value in child_environment().items():
                environment.insert(name, value)
            self._process.setProcessEnvironment(environment)
            self._process.setStandardErrorFile(QProcess.nullDevice())
            self._process.start(program, arguments)
        return True

    def _send(self, waiting: "tuple[str, ...] | tuple[QObject, Suggested]", question: dict[str, object]) -> None:
        self.asked += 1
        self._waiting[self.asked] = waiting
        self._process.write(json.dumps({"n": self.asked, **question}).encode("ascii") + b"\n")
        self._patience.start()

    def _read(self) -> None:
        changed = False
        while self._process.canReadLine():
            changed |= self._take(bytes(self._process.readLine().data()))
        if not self._waiting:
            self._patience.stop()
        if changed:
            self.judged.emit()

    def _take(self, line: bytes) -> bool:
        """One answer; whether it was about words. A child that answers nonsense is passed over."""
        try:
            answer = json.loads(line)
            number, right, suggested = answer["n"], answer.get("right"), answer.get("suggested", [])
        except (ValueError, KeyError, TypeError, AttributeError):
            return False
        waiting = self._waiting.pop(number, None)
        if waiting is None:
            return False
        if isinstance(waiting[0], QObject):
            owner, done = waiting
            if isValid(owner) and callable(done):
                done([str(each) for each in suggested])
            return False
        self._remember([str(word) for word in waiting], right if isinstance(right, list) else [])
        return True

    def _remember(self, words: Sequence[str], right: Sequence[Sequence[str]]) -> None:
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        self._under_way.difference_update(words)
        self._known.update((word, frozenset(languages)) for word, languages in zip(words, right, strict=False))

    def _ended(self) -> None:
        """The child is gone by itself: what it owed is asked again at the next look."""
        self._waiting.clear()
        self._under_way.clear()
        self._patience.stop()
