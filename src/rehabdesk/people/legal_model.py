"""The legal stages of a case and which may follow which (domain.md 6.1). No permission stops a lawful release."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text


class Stage(StrEnum):
    PRE_TRIAL = "pre_trial"
    DIVERTED = "diverted"
    CONVICTED = "convicted"
    CLEARED = "cleared"
    RELEASED_PRE_TRIAL = "released_pre_trial"
    SENTENCED = "sentenced"
    PRE_RELEASE = "pre_release"
    RELEASED_SUPERVISED = "released_supervised"
    RELEASED_UNSUPERVISED = "released_unsupervised"
    REMOVED_FROM_COUNTRY = "removed_from_country"
    RECALLED = "recalled"
    TRANSFERRED = "transferred"
    HOSPITAL = "hospital"
    UNLAWFULLY_AT_LARGE = "unlawfully_at_large"
    DECEASED = "deceased"
    CLOSED = "closed"


class DateSource(StrEnum):
    """Where a date comes from; asked at every change."""

    WARRANT = "warrant"
    REGISTRY = "registry"
    COURT = "court"
    ESTIMATE = "estimate"


class ReleaseRoute(StrEnum):
    """Codes of list A12."""

    END_OF_SENTENCE = "end_of_sentence"
    CONDITIONAL = "conditional"
    PARDON = "pardon"
    BAIL = "bail"
    ACQUITTAL = "acquittal"
    DISCONTINUED = "discontinued"
    COURT_ORDER = "court_order"
    TRANSFER = "transfer"
    DEPORTATION = "deportation"
    MEDICAL = "medical"
    ERROR_CORRECTED = "error_corrected"
    OTHER = "other"
    UNKNOWN = "unknown"


class SentenceType(StrEnum):
    DETERMINATE = "determinate"
    INDETERMINATE = "indeterminate"
    NONE = "none"
    OTHER = "other"


_ANY = frozenset({Stage.TRANSFERRED, Stage.HOSPITAL, Stage.DECEASED, Stage.UNLAWFULLY_AT_LARGE})
_COMING_BACK = frozenset(
    {Stage.PRE_TRIAL, Stage.CONVICTED, Stage.SENTENCED, Stage.PRE_RELEASE, Stage.RECALLED, Stage.CLEARED, Stage.CLOSED}
)

CUSTODY = frozenset(
    {
        Stage.PRE_TRIAL,
        Stage.CONVICTED,
        Stage.SENTENCED,
        Stage.PRE_RELEASE,
        Stage.RECALLED,
        Stage.HOSPITAL,
        Stage.UNLAWFULLY_AT_LARGE,
    }
)
RELEASED = frozenset({Stage.RELEASED_SUPERVISED, Stage.RELEASED_UNSUPERVISED, Stage.REMOVED_FROM_COUNTRY})
NOT_CONVICTED = frozenset({Stage.PRE_TRIAL, Stage.DIVERTED, Stage.RELEASED_PRE_TRIAL, Stage.CLEARED})
"""Stages in which the pre-trial guard is on: banner, no account of the alleged facts, no PD-9 work (G18)."""

_AFTER: Mapping[Stage, frozenset[Stage]] = {
    Stage.PRE_TRIAL: frozenset(
        {Stage.DIVERTED, Stage.CONVICTED, Stage.CLEARED, Stage.RELEASED_PRE_TRIAL, Stage.PRE_RELEASE}
    ),
    Stage.DIVERTED: frozenset({Stage.PRE_TRIAL, Stage.CLEARED, Stage.CLOSED}),
    Stage.CONVICTED: frozenset({Stage.SENTENCED, Stage.CLEARED, Stage.PRE_RELEASE}),
    Stage.CLEARED: frozenset({Stage.CLOSED}),
    Stage.RELEASED_PRE_TRIAL: frozenset(
        {Stage.PRE_TRIAL, Stage.CONVICTED, Stage.CLEARED, Stage.RECALLED, Stage.CLOSED}
    ),
    Stage.SENTENCED: frozenset({Stage.PRE_RELEASE, Stage.CLEARED}),
    Stage.PRE_RELEASE: frozenset({Stage.SENTENCED, Stage.CLEARED}),
    Stage.RELEASED_SUPERVISED: frozenset({Stage.RECALLED, Stage.CLOSED, Stage.RELEASED_UNSUPERVISED}),
    Stage.RELEASED_UNSUPERVISED: frozenset({Stage.RECALLED, Stage.CLOSED}),
    Stage.REMOVED_FROM_COUNTRY: frozenset({Stage.RECALLED, Stage.CLOSED}),
    Stage.RECALLED: frozenset({Stage.PRE_TRIAL, Stage.CONVICTED, Stage.SENTENCED, Stage.PRE_RELEASE, Stage.CLEARED}),
    Stage.TRANSFERRED: _COMING_BACK,
    Stage.HOSPITAL: _COMING_BACK,
    Stage.UNLAWFULLY_AT_LARGE: _COMING_BACK,
    Stage.DECEASED: frozenset({Stage.CLOSED}),
    Stage.CLOSED: frozenset({Stage.PRE_TRIAL, Stage.RECALLED}),
}

_FINAL = frozenset({Stage.DECEASED, Stage.CLOSED})
CLEARED_REVIEW = timedelta(days=30)
READ_ONLY = frozenset({Stage.TRANSFERRED, Stage.DECEASED, Stage.CLOSED})
"""Another prison holds the case, or nobody: contacts, consents, moves are read here; the stage itself can go on."""


def may_follow(stage: Stage) -> frozenset[Stage]:
    """The stages that may come after `stage`. A gate release is possible from every stage of custody, ready or not."""
    found = _AFTER[stage]
    if stage not in _FINAL:
        found |= _ANY - {stage}
    if stage in CUSTODY:
        found |= RELEASED
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDates:
    """Days of the case as far as they are known."""

    arrest: date | None = None
    remand: date | None = None
    conviction: date | None = None
    sentence: date | None = None
    conditional_release_eligible: date | None = None
    planned_release: date | None = None
    actual_release: date | None = None
    supervision_end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalEpisode:
    """One case from arrest to its end; a recall or a new remand opens a new one.

    `since` is the day on which `stage` began, `source` where that day comes from. `country` is ISO 3166 alpha-2 or XX.
    """

    stage: Stage
    since: date
    source: DateSource
    country: str
    authority: str = ""
    file_no: str = ""
    offence_label_short: str = ""
    is_contested: bool = False
    under_appeal: bool = False
    sentence_type: SentenceType = SentenceType.NONE
    dates: LegalDates = LegalDates()
    release_route: ReleaseRoute | None = None
    release_route_words: str = ""
    short_notice: bool = False
    correction: str = ""

    def __post_init__(self) -> None:
        for text, field, label, longest in (
            (self.authority, "authority", tr("Authority"), 120),
            (self.file_no, "file_no", tr("File number"), 60),
            (self.offence_label_short, "offence_label_short", tr("Short label"), 120),
            (self.release_route_words, "release_route", tr("Release route"), 200),
            (self.correction, "correction", tr("Reason for the correction"), 300),
        ):
            require_text(text, field=field, label=label, longest=longest, empty_allowed=True)
        if len(self.country) != 2 or not (self.country.isascii() and self.country.isalpha() and self.country.isupper()):
            raise UserError(tr("A country is two capital letters, for example NE."), field="country")
        if self.release_route is ReleaseRoute.OTHER and not self.release_route_words:
            raise UserError(tr("Say which other way of release it is."), field="release_route")

    @property
    def convicted(self) -> bool:
        """False while the pre-trial guard is on (G18)."""
        return self.stage not in NOT_CONVICTED

    @property
    def erasure_review_due(self) -> date | None:
        """When the review for erasure is due: 30 days after the person was cleared (G38)."""
        return self.since + CLEARED_REVIEW if self.stage is Stage.CLEARED else None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChange:
    """One state of the legal episode in time, for the history."""

    episode: LegalEpisode
    recorded_by: str
    recorded_at: datetime


def change_stage(
    episode: LegalEpisode, to: Stage, *, on: date, source: DateSource, correction: str = ""
) -> LegalEpisode:
    """The episode after a change. UserError where `to` cannot follow; a correction with its reason may go anywhere."""
    if not correction and to not in may_follow(episode.stage):
        raise UserError(
            tr("This stage cannot follow the present one. If that was recorded by mistake, correct it with a reason."),
            field="stage",
        )
    if on < episode.since and not correction:
        raise UserError(tr("The change lies before the beginning of the present stage."), field="since")
    dates = replace(episode.dates, **{_DATE_OF[to]: on}) if to in _DATE_OF else episode.dates
    return replace(episode, stage=to, since=on, source=source, dates=dates, correction=correction)


def release(
    episode: LegalEpisode,
    to: Stage,
    *,
    on: date,
    source: DateSource,
    route: ReleaseRoute,
    route_words: str = "",
    short_notice: bool = False,
) -> LegalEpisode:
    """The episode after the gate. It is never refused for what is open (domain.md 1.4, 6.1).

    From a stage that is no custody the day and route are kept and the stage stays, so that, for example, the clock of
    `cleared` runs on. UserError only if `to` is no release.
    """
    if to not in RELEASED | {Stage.RELEASED_PRE_TRIAL}:
        raise UserError(
            tr("Choose how the person left: supervised, unsupervised, or removed from the country."), field="stage"
        )
    return replace(
        episode,
        stage=to if episode.stage in CUSTODY else episode.stage,
        since=on if episode.stage in CUSTODY else episode.since,
        source=source,
        dates=replace(episode.dates, actual_release=on),
        release_route=route,
        release_route_words=route_words,
        short_notice=short_notice or episode.short_notice,
        correction="",
    )


def plan_release(
    episode: LegalEpisode,
    *,
    planned: date,
    on: date,
    source: DateSource,
    route: ReleaseRoute,
    short_notice: bool = False,
) -> LegalEpisode:
    """The episode once a day of release is known; from custody it enters `pre_release`.

    Who was cleared and is still waiting at the gate stays `cleared`: the clock of the erasure review runs on.
    """
    moved = episode
    if episode.stage not in (Stage.PRE_RELEASE, Stage.CLEARED):
        moved = change_stage(episode, Stage.PRE_RELEASE, on=on, source=source)
    return replace(
        moved,
        source=source,
        dates=replace(moved.dates, planned_release=planned),
        release_route=route,
        short_notice=short_notice,
    )


_DATE_OF: Mapping[Stage, str] = {
    Stage.CONVICTED: "conviction",
    Stage.SENTENCED: "sentence",
    **dict.fromkeys(RELEASED, "actual_release"),
}
