"""What a window knows before anybody comes in: where the desk lies, and the time. Keys and engine come later."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rehabdesk.core.clock import Clock

if TYPE_CHECKING:
    from rehabdesk.access.door_service import Door


class Threshold:
    """`make` loads what opens a desk: cryptography and the engine, which the lock page does without."""

    def __init__(self, folder: Path, clock: Clock, make: "Callable[[], Door]") -> None:
        self.folder, self.clock, self._make = folder, clock, make

    @classmethod
    def of(cls, door: "Door") -> "Threshold":
        return cls(door.folder, door.means.clock, lambda: door)

    @cached_property
    def door(self) -> "Door":
        return self._make()
