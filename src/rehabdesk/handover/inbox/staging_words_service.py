"""The words of a packet's codes on the screen of the receiving desk. A code that nobody here knows is never shown."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from rehabdesk.core.dates import day_text
from rehabdesk.core.i18n import language, tr
from rehabdesk.core.languages import language_words
from rehabdesk.core.text import isolate, join_words
from rehabdesk.handover.content.section_words_model import section_titles
from rehabdesk.handover.content.sections_model import AtRisk, MadeBy, PersonName, RatingVoice, ShortText, Side, Text
from rehabdesk.handover.inbox.staging_model import StagedLine
from rehabdesk.notes.alerts.alert_model import AlertKind
from rehabdesk.notes.words_model import kind_words
from rehabdesk.people.legal_model import DateSource, ReleaseRoute
from rehabdesk.people.record_words_model import source_words
from rehabdesk.people.words_model import route_words
from rehabdesk.plans import words_model as plan_words
from rehabdesk.plans.conferences.conference_parts_model import ConferenceKind
from rehabdesk.plans.conferences.conference_words_model import kind_words as conference_words
from rehabdesk.plans.model import Actor, Agreement, GoalStatus, StepStatus
from rehabdesk.plans.progress.progress_model import Confidence, NotRatedBecause, Word
from rehabdesk.readiness.model import ItemStatus
from rehabdesk.readiness.words_model import status_words

HEAD = "S0"
E = TypeVar("E", bound=StrEnum)


def section_words(code: str) -> str:
    """The title of a section (domain.md 10.2)."""
    if code == HEAD:
        return tr("About this packet")
    return section_titles().get(code, tr("A section that this version does not know"))


def line(caption: str, words: str) -> StagedLine:
    return StagedLine(caption=caption, words=words)


def said(caption: str, text: Text | ShortText | None, *, own: bool = False) -> list[StagedLine]:
    """Words with their language; nothing where nothing was written."""
    return [] if text is None else [StagedLine(caption=caption, words=text.text, lang=text.lang, own=own)]


def owned(agency: str | None) -> list[StagedLine]:
    """Whose it is, where it came through the hands of another house."""
    return [line(tr("Whose it is"), isolate(agency))] if agency else []


def heard(line: StagedLine) -> str:
    """The words as they are shown: with the language in which they were written, where it is another than here."""
    known = line.lang in ("", "und", language())
    return line.words if known else f"{line.words} ({language_words(line.lang)})"


def day(value: date | None) -> str:
    return tr("no day") if value is None else isolate(day_text(value))


def moment(value: datetime) -> str:
    """By the clock on the wall of this desk."""
    local = value.astimezone()
    return isolate(tr("{day}, {time}").format(day=day_text(local.date()), time=f"{local:%H:%M}"))


def name(one: PersonName) -> str:
    """The whole name, with the name of honour and other spellings behind it."""
    more = [each for each in (one.kunya or "", *one.variants) if each]
    return one.whole() + (f" ({join_words(more)})" if more else "")


def agreement(code: str) -> str:
    return _tagged(Agreement, code, plan_words.agreement_words)


def goal(code: str) -> str:
    return _tagged(GoalStatus, code, plan_words.goal_words)


def step(code: str) -> str:
    return _tagged(StepStatus, code, plan_words.step_words)


def actor(code: str) -> str:
    known = _known(Actor, code)
    return unknown() if known is None else plan_words.actor_words(known, tr("The person"))


def word(code: str) -> str:
    known = _known(Word, code)
    return unknown() if known is None else plan_words.word_words(known)


def not_rated(code: str) -> str:
    known = _known(NotRatedBecause, code)
    return unknown() if known is None else plan_words.not_rated_words(known)


def confidence(code: str) -> str:
    known = _known(Confidence, code)
    return unknown() if known is None else plan_words.confidence_words(known)


def alert(code: str) -> str:
    known = _known(AlertKind, code)
    return unknown() if known is None else kind_words(known)


def conference(code: str) -> str:
    known = _known(ConferenceKind, code)
    return unknown() if known is None else conference_words(known)


def route(code: str) -> str:
    known = _known(ReleaseRoute, code)
    return unknown() if known is None else route_words(known)


def source(code: str) -> str:
    known = _known(DateSource, code)
    return unknown() if known is None else source_words(known)


def side(code: Side) -> str:
    return {Side.PRISON: tr("Prison"), Side.COMMUNITY: tr("Community"), Side.BOTH: tr("Both")}[code]


def item_status(code: str) -> str:
    known = _known(ItemStatus, code)
    return unknown() if known is None else status_words(known, tr("The person"))[0]


def at_risk(code: AtRisk) -> str:
    return {
        AtRisk.SELF: tr("The person"),
        AtRisk.CHILD: tr("A child"),
        AtRisk.UNKNOWN: tr("Not known"),
        AtRisk.ANOTHER_PERSON: tr("Another person"),
    }[code]


def made_by(code: MadeBy) -> str:
    return {
        MadeBy.WROTE: tr("Written by the person"),
        MadeBy.DICTATED_READ_BACK: tr("Said by the person, written down and read back"),
        MadeBy.DRAWING: tr("Drawn by the person"),
        MadeBy.DECLINED: tr("Declined"),
    }[code]


def voice(code: RatingVoice) -> str:
    return {
        RatingVoice.STAFF: tr("As staff describe it"),
        RatingVoice.SELF: tr("As the person describes it"),
    }[code]


def known_as(words: Mapping[str, str], code: str) -> str:
    return words.get(code) or unknown()


def unknown() -> str:
    return tr("something that this desk has no words for")


def _known(cls: type[E], code: str) -> E | None:
    return next((each for each in cls if each.value == code), None)


def _tagged(cls: type[E], code: str, words: Callable[[E], tuple[str, str]]) -> str:
    known = _known(cls, code)
    return unknown() if known is None else words(known)[0]
