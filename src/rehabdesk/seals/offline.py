"""Runs library code that is written for an event loop, without one: no loop, no sockets, no waiting."""

from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def complete(steps: Coroutine[Any, Any, T]) -> T:
    """The result of `steps`, which must never have to wait. RuntimeError if it does: then it tried to go online."""
    try:
        steps.send(None)
    except StopIteration as finished:
        result: T = finished.value
        return result
    steps.close()
    raise RuntimeError("the library waited for something although nothing may be fetched")
