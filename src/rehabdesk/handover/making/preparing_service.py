"""Preparing a packet step by step, as the window does it: typed drafts, collecting, the pages, the signature."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rehabdesk.access.service import Desk
from rehabdesk.core import resources
from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import speaking, tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.collecting.collect_service import Collection
from rehabdesk.handover.collecting.content_check_model import Hit
from rehabdesk.handover.content.audience_model import AT_SHORT_NOTICE, AudienceCode, audiences
from rehabdesk.handover.content.packet_model import Handover, LegalBasis, Mode, Presence, Withheld
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.content.section_words_model import section_titles
from rehabdesk.handover.making.contents_service import Contents
from rehabdesk.handover.making.making_service import Pages, Signing, ToLayOut, section_pages
from rehabdesk.handover.making.team_before_service import Earlier, Habit, TeamBefore
from rehabdesk.handover.making.typed_model import (
    TypedPacket,
    as_choices,
    as_supplement,
    new_packet,
    unanswered,
    unwritten,
)
from rehabdesk.handover.records_model import Choices, PacketDraft, PacketRow
from rehabdesk.handover.service import Packets
from rehabdesk.handover.state_words_model import withheld_words
from rehabdesk.handover.trust.cards_model import OpensWith
from rehabdesk.handover.trust.team_typed_model import team_typed
from rehabdesk.handover.trust.trust_model import Channel, Confirmation, Team
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.people.model import Removal
from rehabdesk.people.service import People


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTeam:
    """What is typed about a team, and the ceremony in which its digits were read aloud."""

    id: str
    name: str
    org: str
    country: str
    phone: str
    key: str
    digits: str
    their_name: str
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressees:
    """What can be chosen. `supervisors`: who may countersign, as (uid, name). `removal`: whether it may come.

    `country` is that of the site; a team of another one needs a lawyer's word (G23). `habit`: how a team is written to;
    `earlier`: by team the packets about the person that it holds.
    """

    teams: Sequence[Team]
    audiences: Sequence[AudienceCode]
    supervisors: Sequence[tuple[str, str]]
    country: str
    removal: bool
    habit: Callable[[Team], Habit]
    earlier: Mapping[str, Sequence[Earlier]]

    def audiences_of(self, profile: ProfileCode) -> Sequence[AudienceCode]:
        """What a team can be that gets a packet of this kind."""
        express = profile is ProfileCode.EXPRESS
        return [each for each in self.audiences if each in AT_SHORT_NOTICE] if express else self.audiences


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """`replaced`: lines on earlier packets whose place it takes. `starts`: the page of each section, from 0."""

    packet: Handover
    hits: tuple[Hit, ...]
    replaced: tuple[str, ...]
    starts: Mapping[str, int]


class Preparing:
    """One case officer's packets in preparation."""

    def __init__(self, desk: Desk, people: People, packets: Packets, collection: Collection, trust: Trust) -> None:
        self._desk, self._packets, self._collection, self._trust = desk, packets, collection, trust
        self._people, self._before = people, TeamBefore(desk, packets.shelf)
        self.contents = Contents(desk, people, collection, trust.teams)

    # drafts

    def typed(self, draft_id: str) -> TypedPacket:
        """UserError where this login has no such draft."""
        for found, _, typed in self._packets.drafts.typed():
            if found == draft_id:
                return typed
        raise UserError(tr("That draft is not there any more."))

    def express(self, person_id: str) -> tuple[str | None, TypedPacket]:
        """The Express packet that was begun for this person, as (draft, typed), or a new one (domain.md 9.3).

        A new one names this case officer as link worker and the site's phone, which can be typed over.
        """
        for draft, _, typed in self._packets.drafts.typed(person_id):
            if typed.profile == ProfileCode.EXPRESS:
                return draft, typed
        texts = {**self._linked(), "return_channel": tr("By phone to the link worker.")}
        purpose = tr("Support after a release at short notice")
        return None, replace(new_packet(), profile=ProfileCode.EXPRESS.value, purpose=purpose, texts=texts)

    def new(self, supervisors: Sequence[tuple[str, str]]) -> TypedPacket:
        """A packet that nobody has begun: this case officer answers questions, which can be typed over, and where one
        supervisor alone can countersign, it is that one.
        """
        alone = tuple(uid for uid, _ in supervisors) if len(supervisors) == 1 else ()
        return replace(new_packet(), texts=self._linked(), countersigners=alone)

    def _linked(self) -> dict[str, str]:
        """Who answers questions while nobody says otherwise."""
        return {
            "link_name": self._trust.own_site.name_outside(self._desk.uid),
            "link_phone": self._desk.settings().phone,
        }

    def keep(self, person_id: str, typed: TypedPacket, draft_id: str | None) -> str:
        """Autosave; gives the draft's id."""
        return self._packets.drafts.keep_typed(person_id, typed, draft_id)

    def drop(self, draft_id: str) -> None:
        self._packets.drafts.drop(draft_id)

    def addressees(self, person_id: str, supervisors: Sequence[tuple[str, str]]) -> Addressees:
        """Who may get a packet about this person (G23, G27)."""
        removal = self._people.person(person_id).details.removal_or_deportation
        return Addressees(
            teams=self.teams(),
            audiences=audiences(child=self._collection.is_child(person_id)),
            supervisors=supervisors,
            country=self._desk.settings().country,
            removal=removal in (Removal.POSSIBLE, Removal.ORDERED),
            habit=self._before.habit,
            earlier=self._before.earlier(person_id),
        )

    def clock_words(self) -> str:
        """The time of day, for the saved state."""
        return f"{self._desk.clock.now().astimezone():%H:%M:%S}"

    # teams

    def teams(self) -> Sequence[Team]:
        """Those whose key was confirmed, and those that get paper; of this country first (G23)."""
        home = self._desk.settings().country
        known = (
            team
            for team in self._trust.teams.all()
            if team.confirmation is not None or team.opens_with is OpensWith.PAPER
        )
        return sorted(known, key=lambda team: team.country != home)

    def take_team(self, new: NewTeam, on: date) -> Team:
        """Takes the key, if its digits are those that the team read aloud. UserError names the field."""
        team = team_typed(code=new.id, name=new.name, org=new.org, country=new.country, phone=new.phone)
        said = Confirmation(by=self._desk.uid, their_name=new.their_name.strip(), on=on, channel=new.channel)
        return self._trust.teams.take_confirmed_key(team, new.key, digits=new.digits, confirmation=said)

    # pages and signature

    def check_choices(self, person_id: str, typed: TypedPacket) -> None:
        """UserError names what is missing about the recipient, why this team may not get this packet, or a key that
        would end before the packet does.
        """
        choices = as_choices(typed)
        self._packets.drafts.assembly.require_allowed(person_id, choices)
        self._trust.keys.require_not_outlived(choices.expires, (self._desk.uid, *choices.countersigners))

    def unanswered(self, person_id: str, typed: TypedPacket, *, contents: bool) -> tuple[UserError, ...]:
        """Everything that is still missing on the page of the recipient, or on that of the `contents`."""
        if not contents:
            return tuple(unanswered(typed))
        return tuple(unwritten(typed, own_page=self._collection.given.own_page(person_id) is not None))

    def assemble(self, person_id: str, typed: TypedPacket, draft_id: str) -> tuple[ToLayOut, tuple[Hit, ...]]:
        """The packet, ready for its pages, and the places to look at. UserError names what is missing.

        What the desk itself writes into it is in the packet's language; what is wrong is said in the window's.
        """
        try:
            with speaking(typed.language, resources.path("i18n")):
                draft = self._filled(person_id, typed, draft_id)
        except UserError:
            self._filled(person_id, typed, draft_id)  # what is wrong, in the words of the window
            raise
        to_lay = self._packets.assemble_draft(draft)
        return to_lay, self._packets.drafts.hits_in(to_lay.made, person_id, draft.unsigned)

    def _filled(self, person_id: str, typed: TypedPacket, draft_id: str) -> PacketDraft:
        choices, drafts = as_choices(typed), self._packets.drafts
        drafts.assembly.require_allowed(person_id, choices)
        has_page = self._collection.given.own_page(person_id) is not None
        team = self._trust.teams.team(typed.team)
        added = as_supplement(typed, own_page=has_page, team_phone=team.phone)
        collected = self._collection.collect(person_id, added, typed.kind)
        answer = drafts.assembly.bases.answer(person_id, team)
        choices = replace(
            choices,
            ready=collected.ready,
            explained=collected.explained,
            mode=Mode.PAPER if team.opens_with is OpensWith.PAPER else Mode.SEALED,
            withheld=(*self.contents.stays(person_id, typed, answer), *choices.withheld),
            nothing_withheld=False,
            consents=answer.ids if choices.legal_basis is LegalBasis.CONSENT else (),
        )
        return drafts.filled(draft_id, person_id, choices, collected.sections, unsigned=collected.unsigned)

    def beside(self, pages: Pages, hits: Sequence[Hit]) -> Beside:
        """What stands beside the pages before they are signed."""
        return Beside(
            packet=pages.packet,
            hits=tuple(hits),
            replaced=tuple(replaced_lines(pages.packet, self._packets.shelf.numbered)),
            starts=section_pages(pages.prepared),
        )

    def allow_signature(self, pages: Pages, ticked: Sequence[str], keys: object) -> Signing:
        """As `Packets.allow_signature`."""
        return self._packets.allow_signature(pages, ticked=ticked, typed_again=keys)

    def keep_signed(self, pages: Pages, signing: Signing, signed: bytes, ticked: Sequence[str]) -> str:
        """Writes the packet; the draft in which it was typed goes with the same deed. Gives the number."""
        return self._packets.keep_signed(pages, signing, signed, ticked=ticked).record.number


# what stands beside the steps and the pages


def section_lines(packet: Handover) -> list[tuple[bool, str]]:
    """Every section of the profile: whether it is in it, its title, and why not where it is not."""
    titles, found = section_titles(), []
    for entry in packet.manifest.sections:
        title, there = titles.get(entry.code, entry.code), entry.state is Presence.PRESENT
        words = tr("{section}: {reason}").format(section=title, reason=isolate(entry.reason or tr("nothing held")))
        found.append((there, title if there else words))
    return found


def withheld_line(each: Withheld) -> str:
    """One thing that was kept back, why, and by whose decision."""
    return tr("{matter}: {reason}, decided by {who}").format(
        matter=isolate(each.kind), reason=withheld_words(each.reason), who=isolate(each.decided_by)
    )


def withheld_lines(packet: Handover) -> list[str]:
    """What was kept back."""
    return [withheld_line(each) for each in packet.manifest.withheld] or [tr("Nothing was kept back.")]


def replaced_lines(packet: Handover, numbered: Callable[[str], PacketRow | None]) -> list[str]:
    """Which earlier packets it replaces, with their days. `numbered`: the packet of this desk that bears a number."""
    found = []
    for each in packet.packet.supersedes:
        row = numbered(each.number)
        day = "" if row is None else day_text(row.issued.astimezone().date())
        words = tr("Replaces {number} of {day}: that one counts no more once this one is sealed.")
        found.append(words.format(number=isolate_ltr(each.number), day=isolate(day)))
    return found


def beside_lines(choices: Choices) -> list[str]:
    """What the author wrote for the supervisor, which is in no packet."""
    found = []
    if choices.lawyer_note:
        found.append(tr("Another country. Lawyer: {words}").format(words=isolate(choices.lawyer_note)))
    if choices.copy_because:
        found.append(tr("No copy for the person: {words}").format(words=isolate(choices.copy_because)))
    return found


def different_sections(earlier: Handover, later: Handover) -> list[str]:
    """The sections whose content is not that of the earlier packet, by title."""
    before = {entry.code: entry.sha256 for entry in earlier.manifest.sections}
    titles = section_titles()
    return [
        titles.get(entry.code, entry.code)
        for entry in later.manifest.sections
        if before.get(entry.code) != entry.sha256
    ]
