"""Files that are given together: cards, lists and key for one packet, or an annex and the packet that releases it."""

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

_CARD, _LIST, _KEY, _ANNEX = ".rdsite", ".rdstatus", ".agekey", "-CX."


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """`subject`: what is checked; `beside`: the packet of an annex. The others are vouched for by who gives them."""

    subject: Path | None = None
    beside: tuple[Path, ...] = ()
    cards: tuple[Path, ...] = ()
    lists: tuple[Path, ...] = ()
    identity: Path | None = None

    @property
    def is_alone(self) -> bool:
        """Whether nothing but the file itself was given."""
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
        packets = [path for path in others if path not in annexes]
        if len(annexes) > 1 or len(packets) > 1:
            raise UserError(
                tr("Check one packet at a time. Its cards, lists, key and clinical annex may come with it.")
            )
        subject = next(iter([*annexes, *packets]), None)
        if subject is None and self.subject is None:
            subject = next(iter([*lists, *cards]), None)
        return replace(
            self,
            subject=subject or self.subject,
            beside=self.beside if subject is None else tuple(packets if annexes else ()),
            cards=tuple(dict.fromkeys([*self.cards, *(card for card in cards if card != subject)])),
            lists=tuple(dict.fromkeys([*self.lists, *(each for each in lists if each != subject)])),
            identity=next(iter(keys), self.identity),
        )


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
        return found
    packets = [check.check(read_judged(path), moment=moment, identity=secret) for path in given.beside]
    return judged_beside(check, raw, packets, moment=moment, identity=secret)
