"""Replays a recorded prefix of file operations into the files that a crash at that moment could leave.

*Kill*: everything before the moment holds. *Power cut*: what no sync covers may be dropped or torn at a sector.
Metadata of a folder keep their order; a later create of a name implies the unlink or rename before it
(reliability.md 2 and 7).
"""

import random
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
KILL = 0.0
POWER_CUT_CHANCES = (0.1, 0.5, 0.9, 1.0)
"""How likely each operation that is not covered gets lost; drawn once per state."""

_TORN = 0.3
_HEAD = struct.Struct("<cIQQ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One recorded operation. `file` numbers the file behind the name at that moment, whatever it is called later."""

    op: str
    name: str
    offset: int
    data: bytes
    file: int

    @property
    def folder(self) -> str:
        return self.name.rpartition("/")[0]


@dataclass(slots=True)
class _Names:
    """Which file each name means while a log is read or replayed."""

    of: dict[str, int] = field(default_factory=dict)

    def rename(self, old: str, new: str) -> None:
        moved = self.of.pop(old, None)
        if moved is not None:
            self.of[new] = moved


def read_log(log: Path) -> list[Step]:
    """The steps that iotrace.c wrote, in order."""
    raw, at, steps, names, files = log.read_bytes(), 0, [], _Names(), 0
    while at < len(raw):
        op_byte, name_size, offset, size = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        name, data = raw[at : at + name_size].decode(), raw[at + name_size : at + name_size + size]
        at += name_size + size
        op = op_byte.decode()
        if op == "C" or name not in names.of:
            files += 1
            names.of[name] = files
        steps.append(Step(op=op, name=name, offset=offset, data=data, file=names.of[name]))
        if op == "U":
            del names.of[name]
        elif op == "R":
            names.rename(name, data.decode())
    return steps


class _Cover:
    """Which steps of a prefix are covered by a later sync."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._file: dict[int, int] = {}
        self._folder: dict[str, int] = {}
        self._created: dict[str, int] = {}
        for at, step in enumerate(steps):
            if step.op == "S":
                self._file[step.file] = at
                self._folder[step.name] = at
            elif step.op == "C":
                self._created[step.name] = at

    def holds(self, at: int, step: Step) -> bool:
        """Whether step number `at` is on the disk for certain."""
        if step.op in "UR":
            return self._folder.get(step.folder, -1) > at or self._created.get(step.name, -1) > at
        if step.op == "C":
            return max(self._folder.get(step.folder, -1), self._file.get(step.file, -1)) > at
        return self._file.get(step.file, -1) > at


def files_after(steps: Sequence[Step], chance: float, rng: random.Random) -> dict[str, bytes]:
    """Path → content as a crash after `steps` could leave them; `chance` 0 is a kill, more a power cut."""
    cover = _Cover(steps)
    names, content = _Names(), dict[int, bytearray]()
    stuck_folders: set[str] = set()  # a name there is lost already: later changes of names there are lost too
    for at, step in enumerate(steps):
        covered = cover.holds(at, step)
        lost = chance > 0 and not covered and rng.random() < chance
        if step.op in "UR" and not covered:
            lost = lost or step.folder in stuck_folders
            if lost:
                stuck_folders.add(step.folder)
        if lost:
            continue
        if step.op == "C":
            names.of[step.name] = step.file
            content.setdefault(step.file, bytearray())
        elif step.op == "W":
            torn = chance > 0 and not covered and rng.random() < _TORN
            _write(content.setdefault(step.file, bytearray()), step, rng if torn else None)
        elif step.op == "T":
            _resize(content.setdefault(step.file, bytearray()), step.offset)
        elif step.op == "U":
            names.of.pop(step.name, None)
        elif step.op == "R":
            names.rename(step.name, step.data.decode())
    return {name: bytes(content[file]) for name, file in names.of.items() if file in content}


def _write(target: bytearray, step: Step, torn: random.Random | None) -> None:
    data = step.data
    if torn is not None and len(data) > SECTOR:
        data = data[: SECTOR * torn.randrange(len(data) // SECTOR + 1)]
    if len(target) < step.offset:
        target.extend(bytes(step.offset - len(target)))
    target[step.offset : step.offset + len(data)] = data


def _resize(target: bytearray, size: int) -> None:
    if len(target) > size:
        del target[size:]
    else:
        target.extend(bytes(size - len(target)))


def lay_out(files: Mapping[str, bytes], recorded_root: Path, root: Path) -> None:
    """Writes a state into the fresh folder `root`, in the place of the folder that was recorded."""
    for name, data in files.items():
        path = root / Path(name).relative_to(recorded_root)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
