"""The two limited children that look at packets: what each loads before it reads a foreign byte (packet.md 8.1)."""

import gc
from collections.abc import Callable

Work = Callable[[bytes], bytes]


def opener() -> Work:
    """Child A: has the key, parses no PDF."""
    from rehabdesk.seals.children import opener_child

    return opener_child


def examiner() -> Work:
    """Child B: parses PDF, JSON and cards, has no secret and no network. Call it first of all in its process."""
    from rehabdesk.seals.offline import load_examiner

    gc.disable()  # what is loaded stays: it need not be looked through for garbage
    load_examiner()
    from rehabdesk.handover.checking.child_service import examiner_child

    gc.freeze()
    gc.enable()
    return examiner_child
