"""What a packet in preparation holds, who will read it and on which basis: for the page on which it is chosen (G9)."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from rehabdesk.access.service import Desk
from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.collecting.basis_service import Answer, Bases
from rehabdesk.handover.collecting.collect_service import Collection
from rehabdesk.handover.collecting.ledger_service import Ledger
from rehabdesk.handover.content.onward_sections_model import NextStep
from rehabdesk.handover.content.packet_model import LegalBasis, Withheld
from rehabdesk.handover.content.profile_model import Form, Profile, SectionCode
from rehabdesk.handover.content.section_words_model import section_titles
from rehabdesk.handover.making.typed_model import TypedPacket
from rehabdesk.handover.state_words_model import basis_words
from rehabdesk.handover.trust.teams_service import Teams
from rehabdesk.handover.trust.trust_model import Team
from rehabdesk.notes.given_model import HowMade
from rehabdesk.people.service import People

NOBODY = Answer(consents=(), stands=False, until=None, withheld=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """An optional section: whether it goes in, and why it would be empty, or ""."""

    code: SectionCode
    title: str
    on: bool
    empty_because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketContents:
    """`own_page`: what the desk holds in the person's own words, or "" where that is still typed here.

    `asked`: what the person asked to keep from this team, in the words of the consent. `next_steps`: what S10 can name,
    the first first. `off_for_children`: sections that are usually in, and not about this person, who is under 18.
    `missing`: what must be recorded elsewhere before there are pages; its field says where.
    """

    reader: str
    team: str
    basis: str
    fixed: tuple[tuple[SectionCode, str], ...]
    switches: tuple[Switch, ...]
    stays: tuple[Withheld, ...]
    own_page: str
    live_alerts: int
    off_for_children: frozenset[SectionCode]
    next_steps: tuple[NextStep, ...]
    asked: tuple[str, ...]
    missing: UserError | None


class Contents:
    """Of one login."""

    def __init__(self, desk: Desk, people: People, collection: Collection, teams: Teams) -> None:
        self._collection, self._teams = collection, teams
        self._bases, self._ledger = Bases(people, desk.clock), Ledger(desk, people, collection.given)

    def of(self, person_id: str, typed: TypedPacket) -> PacketContents:
        """As it is chosen now; nothing needs to be complete."""
        profile, team = typed.kind, self._team(typed.team)
        answer = NOBODY if team is None else self._bases.answer(person_id, team)
        chosen = self._collection.chosen(
            person_id, profile, put_in=_codes(typed.put_in), left_out=_codes(typed.left_out)
        )
        titles = section_titles()
        recipients = (typed.recipient.strip(),)
        return PacketContents(
            reader=typed.recipient.strip() or tr("Somebody there"),
            team=tr("the team") if team is None else team.name,
            basis=_basis(typed, answer),
            fixed=tuple((code, _title(profile, code)) for code in profile.required),
            switches=tuple(
                Switch(
                    code=code,
                    title=titles[code],
                    on=code in chosen,
                    empty_because=self._collection.empty_because(person_id, code, recipients),
                )
                for code in profile.optional
            ),
            stays=self.stays(person_id, typed, answer),
            own_page=self._own_page(person_id),
            live_alerts=self._collection.live_alerts(person_id),
            off_for_children=profile.chosen_by_default() - self._collection.usual(person_id, profile),
            next_steps=self._collection.next_steps(person_id, profile, typed.language),
            asked=answer.withheld,
            missing=self._collection.dates_missing(person_id) if typed.holds(SectionCode.S2) else None,
        )

    def stays(self, person_id: str, typed: TypedPacket, answer: Answer) -> tuple[Withheld, ...]:
        """What the desk itself says of every discipline."""
        return self._ledger.lines(person_id, typed.kind, answer)

    def _team(self, team_id: str) -> Team | None:
        try:
            return self._teams.team(team_id) if team_id else None
        except UserError:
            return None

    def _own_page(self, person_id: str) -> str:
        page = self._collection.given.own_page(person_id)
        if page is None:
            return ""
        day = isolate(day_text(page.on))
        if page.made is HowMade.DECLINED:
            return tr("The person was asked on {day} and chose to say nothing. That goes in.").format(day=day)
        if not page.may_be_shared:
            return tr("The own page of {day} stays here: the person did not say that it may go out.").format(day=day)
        if not page.read_back:
            return tr("The own page of {day} was not read back yet, so it stays here.").format(day=day)
        return tr("The own page of {day} goes in as it was signed.").format(day=day)


def who_reads(contents: PacketContents, chosen: AbstractSet[SectionCode]) -> str:
    """Who will see what, in plain words (G9). `chosen`: the optional sections that go in."""
    titles = dict(contents.fixed) | {one.code: one.title for one in contents.switches if one.code in chosen}
    listed = " · ".join(isolate(titles[code]) for code in SectionCode if code in titles)
    return tr("{reader} and others at {team} read: {sections}. Nobody else opens it.").format(
        reader=isolate(contents.reader), team=isolate(contents.team), sections=listed
    )


def _title(profile: Profile, code: SectionCode) -> str:
    title, form = section_titles()[code], profile.form_of(code)
    if form is Form.SHORT:
        return tr("{section} (short, without the day of birth)").format(section=title)
    if form is Form.NAME_ONLY:
        return tr("{section} (the name alone)").format(section=title)
    return title


def _basis(typed: TypedPacket, answer: Answer) -> str:
    if typed.basis != LegalBasis.CONSENT:
        words = basis_words(LegalBasis(typed.basis)) if typed.basis else tr("not chosen yet")
        return tr("Basis: {basis}").format(basis=isolate(words))
    if not answer.stands:
        return tr("Basis: consent, but none stands for this team")
    if answer.until is None:
        return tr("Basis: the person's consent, without an end")
    return tr("Basis: the person's consent, to {day}").format(day=isolate(day_text(answer.until)))


def _codes(codes: Sequence[str]) -> frozenset[SectionCode]:
    return frozenset(SectionCode(code) for code in codes)
