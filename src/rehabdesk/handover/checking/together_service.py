"""Files that are given together: cards, lists, key and file index for one packet, or an annex and its packet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.process import ReadyChild
from rehabdesk.handover.checking.check_service import (
    MOST_CARD_BYTES,
    MOST_LIST_BYTES,
    is_lone_annex,
    judged_beside,
    key_in,
    read_given,
    read_judged,
)
from rehabdesk.handover.checking.examination_service import Checked, PacketCheck
from rehabdesk.handover.file_index.file_index_check_service import is_called_index, may_be_index, with_index_beside
from rehabdesk.handover.file_index.file_index_model import IndexFound, IndexIs

_CARD, _LIST, _KEY, _ANNEX = ".rdsite", ".rdstatus", ".agekey", "-CX."


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """`subject`: what is checked; `beside`: the packet of an annex; `index`: the file index of a packet.

    The others are vouched for by who gives them.
    """

    subject: Path | None = None
    index: Path | None = None
    beside: tuple[Path, ...] = ()
    cards: tuple[Path, ...] = ()
    lists: tuple[Path, ...] = ()
    identity: Path | None = None

    @property
    def is_alone(self) -> bool:
        """Whether nothing but the file itself was given, or a packet with its file index."""
        return not (self.beside or self.cards or self.lists or self.identity)

    def plus(self, paths: Sequence[Path]) -> "Together":
        """With files that were chosen or dropped together, each put where it belongs by its name.

        A card or list that comes alone is itself what is checked. UserError for several packets.
        """
        kinds = {path: path.suffix.lower() for path in dict.fromkeys(paths)}
        cards = tuple(path for path, kind in kinds.items() if kind == _CARD)
        lists = tuple(path for path, kind in kinds.items() if kind == _LIST)
        keys = [path for path, kind in kinds.items() if kind == _KEY]
        others = [path for path, kind in kinds.items() if kind not in (_CARD, _LIST, _KEY)]
        annexes = [path for path in others if _ANNEX in path.name.upper()]
        indexes = [path for path in others if is_called_index(path.name) and path not in annexes]
        packets = [path for path in others if path not in annexes and path not in indexes]
        if max(len(annexes) + len(indexes), len(packets)) > 1:
            raise UserError(
                tr(
                    "Check one packet at a time. Its cards, lists, key and clinical annex or file index may come "
                    "with it."
                )
            )
        subject, index = self._with_index(next(iter([*annexes, *packets]), None), next(iter(indexes), None))
        if subject is None and self.subject is None:
            subject = next(iter([*lists, *cards]), None)
        return replace(
            self,
            subject=subject or self.subject,
            index=self.index if subject is None else index,
            beside=self.beside if subject is None else tuple(packets if annexes else ()),
            cards=tuple(dict.fromkeys([*self.cards, *(card for card in cards if card != subject)])),
            lists=tuple(dict.fromkeys([*self.lists, *(each for each in lists if each != subject)])),
            identity=next(iter(keys), self.identity),
        )

    def with_packet(self, path: Path) -> "Together":
        """With the packet of the annex or of the file index in hand."""
        if self.subject is not None and is_called_index(self.subject.name):
            return replace(self, subject=path, index=self.subject)
        return replace(self, beside=(path,))

    def _with_index(self, subject: Path | None, index: Path | None) -> tuple[Path | None, Path | None]:
        """Packet and file index find each other, whichever comes first; an index alone is itself what is checked."""
        here = self.subject
        if subject is None and index is not None:
            return (here, index) if here is not None and _is_packet(here) else (index, None)
        if index is None and subject is not None and _is_packet(subject) and here is not None:
            return subject, here if is_called_index(here.name) else None
        return subject, index


def _is_packet(path: Path) -> bool:
    """By its name."""
    special = path.suffix.lower() in (_CARD, _LIST, _KEY) or _ANNEX in path.name.upper()
    return not special and not is_called_index(path.name)


def with_index(given: Together, checked: Checked, identities: Sequence[str]) -> Checked:
    """The judged subject with its file index, or with the word that it may be one itself. Slow, for a job.

    UserError for an index that cannot be read.
    """
    if given.index is not None:
        return with_index_beside(checked, read_judged(given.index), identities)
    if given.subject is not None and may_be_index(given.subject.name, checked):
        return replace(checked, index=IndexFound(is_=IndexIs.ALONE))
    return checked


def checked_together(
    given: Together,
    raw: bytes,
    *,
    own_cards: Sequence[bytes],
    own_lists: Sequence[bytes],
    moment: datetime,
    ready: ReadyChild | None = None,
) -> Checked:
    """The verdict on `raw`, the content of the subject. Slow, for a job. UserError for what cannot be used.

    `ready`: child B, as somebody has started it already.
    """
    cards = [*own_cards, *(read_given(card, MOST_CARD_BYTES) for card in given.cards)]
    lists = [*own_lists, *(read_given(each, MOST_LIST_BYTES) for each in given.lists)]
    check = PacketCheck(cards, lists)
    secret = None if given.identity is None else key_in(given.identity)
    found = check.check(raw, moment=moment, identity=secret, ready=ready)
    if not is_lone_annex(found) or not given.beside:
        return with_index(given, found, [] if secret is None else [secret])
    packets = [check.check(read_judged(path), moment=moment, identity=secret) for path in given.beside]
    return judged_beside(check, raw, packets, moment=moment, identity=secret)
