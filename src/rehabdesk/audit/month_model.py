"""Which deeds of the log are work, and what a month of them is called. Kinds and numbers: no person, no time of day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rehabdesk.audit.deeds_model import LETTER, deeds_of, kinds, sentence
from rehabdesk.core.i18n import tr

NOT_WORK = frozenset(
    {LETTER, "tally", "group_count", "print", "save_pages", "copy_attachment", "drop_draft", "import", "read", "list"}
    | {"print_packet", "print_file_index", "save_file_index", "export_status_list"}
    | {"receipt_code_wrong", "status_list_alarm", "see_return"}
)
"""Left out. Letters pass the line of command by, and a sheet for a supervisor must not show that there were any
(vault.md 3.3); gatherings and confidential encounters stand on the month sheet of the whole chaplaincy; what leaves or
is read is no work but stands in the log."""
PARTS = ("people", "work", "handover")
"""Kinds of deeds that are work. Signing in, keys and reading are nobody's output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfWork:
    """A month (`YYYY-MM`) of one login: how often each deed was done, by the code of the deed."""

    month: str
    deeds: Mapping[str, int]


Part = tuple[str, tuple[tuple[str, int], ...]]
"""A title, and the words and number of each deed below it."""


def is_work(deed: str) -> bool:
    """Whether a deed stands on somebody's month. One of a newer version, which has no words here, does not."""
    return deed in _work()


def counted(month: str, deeds: Iterable[str]) -> MonthOfWork:
    """The month of these deeds; what is no work is left out."""
    found: dict[str, int] = {}
    for deed in deeds:
        if is_work(deed):
            found[deed] = found.get(deed, 0) + 1
    return MonthOfWork(month=month, deeds=found)


def month_parts(month: MonthOfWork) -> tuple[Part, ...]:
    """In the order of the log's kinds and of their words, never by number; what was not done is left out."""
    titles = dict(kinds())
    found = []
    for kind in PARTS:
        lines: dict[str, int] = {}
        for deed in _in_order(kind):
            if deed in month.deeds:  # a deed that had another code in an older version has the same words
                lines[words_of(deed)] = lines.get(words_of(deed), 0) + month.deeds[deed]
        if lines:
            found.append((titles[kind], tuple(lines.items())))
    return tuple(found)


def words_of(deed: str) -> str:
    """The sentence of the log, without the number of a packet or of people."""
    plain = {
        "sign_meeting": tr("Signed a group meeting."),
        "sign_packet": tr("Signed a packet."),
        "countersign_packet": tr("Countersigned a packet."),
        "export_packet": tr("Sealed a packet and saved it outside the desk."),
        "ask_annex": tr("Asked for a clinical annex."),
        "sign_annex": tr("Signed and sealed a clinical annex."),
        "export_annex": tr("Saved a sealed clinical annex outside the desk."),
        "keep_annex": tr("Kept a clinical annex from elsewhere."),
    }
    return plain.get(deed) or sentence(deed, {})


@cache
def _work() -> frozenset[str]:
    """Codes, the same in every language."""
    return frozenset(deed for kind in PARTS for deed in deeds_of(kind)) - NOT_WORK


def _in_order(kind: str) -> tuple[str, ...]:
    """The deeds of a kind by their words: the order is the same in every month and says nothing of anybody."""
    return tuple(sorted(deeds_of(kind), key=words_of))
