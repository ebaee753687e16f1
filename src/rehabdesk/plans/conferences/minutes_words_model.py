"""Typed minutes in words, part by part: what is read where two of them are compared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rehabdesk.core.dates import day_text
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.conferences.conference_parts_model import Act, Attendee
from rehabdesk.plans.conferences.conference_typed_model import TypedAction, TypedItem, TypedKeptBack, TypedMinutes
from rehabdesk.plans.conferences.conference_words_model import act_words


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesWords:
    """How the codes in minutes are said. `owners`: by login; `reasons`: by code; `name`: the person's."""

    attendees: Sequence[Attendee]
    owners: Mapping[str, str]
    reasons: Mapping[str, str]
    name: str

    def parts(self, typed: TypedMinutes) -> dict[str, str]:
        """The words of each part under its caption, in the order of the page; parts without a word are left out."""
        return {caption: words for caption, words in self._parts(typed) if words}

    def _parts(self, typed: TypedMinutes) -> Iterator[tuple[str, str]]:
        yield tr("What was discussed"), typed.summary.strip()
        for place, each in enumerate(self.attendees):
            caption = tr("What {name} brought ({agency})")
            words = typed.contributions.get(str(place), "").strip()
            yield caption.format(name=isolate(each.name), agency=isolate(each.agency)), words
        decided = [line.strip() for line in typed.decisions.splitlines()]
        yield tr("Decisions"), _lines(decided, tr("Nothing was decided.") if typed.nothing_decided else "")
        yield tr("Actions"), _lines([self._action(each) for each in typed.actions if not each.empty])
        yield tr("What was shared"), _lines([_item(each) for each in typed.shared if not each.empty])
        kept = [self._kept_back(each) for each in typed.kept_back if not each.empty]
        yield tr("What was kept back"), _lines(kept, tr("Nothing was kept back.") if typed.nothing_kept_back else "")
        yield tr("What {name} says").format(name=isolate(self.name)), typed.person_statement.strip()

    def _action(self, action: TypedAction) -> str:
        due = "" if action.due is None else isolate(day_text(action.due))
        return _joined(action.text, self.owners.get(action.owner, action.owner_words), due)

    def _kept_back(self, kept: TypedKeptBack) -> str:
        asked = tr("Asked by {who}").format(who=isolate(kept.asked_by)) if kept.asked_by.strip() else ""
        return _joined(kept.what, kept.agency, self.reasons.get(kept.reason, ""), asked)


def _item(item: TypedItem) -> str:
    act = act_words(Act(item.act)) if item.act in [each.value for each in Act] else ""
    return _joined(item.what, item.owner_agency, act, item.to)


def _joined(*facts: str) -> str:
    return " · ".join(isolate(fact.strip()) for fact in facts if fact.strip())


def _lines(lines: Sequence[str], otherwise: str = "") -> str:
    return "\n".join(line for line in lines if line) or otherwise
