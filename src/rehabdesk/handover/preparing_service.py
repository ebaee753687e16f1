"""Preparing a packet step by step, as the window does it: typed drafts, collecting, the pages, the signature."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.cards_model import CardTeam
from rehabdesk.handover.collect_service import Collection
from rehabdesk.handover.content_check_model import Hit
from rehabdesk.handover.making_service import Pages, Signing, ToLayOut
from rehabdesk.handover.packet_model import Handover, Presence, Sections
from rehabdesk.handover.profile_model import PROFILES, Profile, ProfileCode
from rehabdesk.handover.service import Packets
from rehabdesk.handover.state_words_model import withheld_words
from rehabdesk.handover.trust_model import Channel, Team
from rehabdesk.handover.trust_service import Trust
from rehabdesk.handover.typed_model import TypedPacket, as_choices, as_supplement

TEAM_CODE = "[A-Z0-9][A-Z0-9-]{1,31}"


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


class Preparing:
    """One case officer's packets in preparation."""

    def __init__(self, desk: Desk, packets: Packets, collection: Collection, trust: Trust) -> None:
        self._desk, self._packets, self._collection, self._trust = desk, packets, collection, trust

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
        texts = {
            "link_name": self._desk.staff(self._desk.uid).name,
            "link_phone": self._desk.settings().phone,
            "return_channel": tr("By phone to the link worker."),
        }
        purpose = tr("Support after a release at short notice")
        return None, TypedPacket(profile=ProfileCode.EXPRESS.value, purpose=purpose, texts=texts)

    def keep(self, person_id: str, typed: TypedPacket, draft_id: str | None) -> str:
        """Autosave; gives the draft's id."""
        return self._packets.drafts.keep_typed(person_id, typed, draft_id)

    def drop(self, draft_id: str) -> None:
        self._packets.drafts.drop(draft_id)

    def live_alerts(self, person_id: str) -> int:
        """How many safety alerts about the person are live: they go into the packet."""
        return self._collection.live_alerts(person_id)

    def clock_words(self) -> str:
        """The time of day, for the saved state."""
        return f"{self._desk.clock.now().astimezone():%H:%M:%S}"

    # teams

    def teams(self) -> Sequence[Team]:
        """Those whose key was confirmed."""
        return [team for team in self._trust.teams.all() if team.confirmation is not None]

    def take_team(self, new: NewTeam, on: date) -> Team:
        """Takes the key and confirms it by the digits that the team read aloud. UserError names the field."""
        if not re.fullmatch(TEAM_CODE, new.id):
            raise UserError(tr("The short code is 2 to 32 capital letters, digits or dashes: RIVER."), field="id")
        if not re.fullmatch("[A-Z]{2}", new.country.upper()):
            raise UserError(tr("The country is two letters, for example GB."), field="country")
        try:
            card = CardTeam(id=new.id, name=new.name, org=new.org, country=new.country.upper(), phone=new.phone)
            for name in ("name", "org", "id", "phone"):
                if not getattr(card, name).strip():
                    raise UserError(tr("Fill in everything about the team."), field=name)
            self._trust.teams.take_key(card, new.key.strip())
        except FormatError as error:
            raise UserError(error.sentence, field="key") from None
        return self._trust.teams.confirm(
            new.id, digits=new.digits, their_name=new.their_name.strip(), channel=new.channel, on=on
        )

    # pages and signature

    def check_choices(self, typed: TypedPacket) -> None:
        """UserError names what is missing about the recipient, or a key that would end before the packet does."""
        choices = as_choices(typed)
        self._trust.keys.require_not_outlived(choices.expires, (self._desk.uid, *choices.countersigners))

    def assemble(self, person_id: str, typed: TypedPacket, draft_id: str) -> tuple[ToLayOut, tuple[Hit, ...]]:
        """The packet, ready for its pages, and the places to look at. UserError names what is missing."""
        choices, added = as_choices(typed), as_supplement(typed)
        collected = self._collection.collect(person_id, added)
        choices = replace(choices, ready=collected.ready, explained=collected.explained)
        sections = only_sections(collected.sections, PROFILES[choices.profile])
        drafts = self._packets.drafts
        held = set(sections.present())
        unsigned = tuple(path for path in collected.unsigned if path.partition(".")[0] in held)
        draft = drafts.filled(draft_id, person_id, choices, sections, unsigned=unsigned)
        to_lay = self._packets.assemble_draft(draft)
        return to_lay, drafts.hits_in(to_lay.made, person_id, draft.unsigned)

    def allow_signature(self, pages: Pages, ticked: Sequence[str], keys: object) -> Signing:
        """As `Packets.allow_signature`."""
        return self._packets.allow_signature(pages, ticked=ticked, typed_again=keys)

    def keep_signed(self, pages: Pages, signing: Signing, signed: bytes, ticked: Sequence[str]) -> str:
        """Writes the packet; the draft in which it was typed goes with the same deed. Gives the number."""
        return self._packets.keep_signed(pages, signing, signed, ticked=ticked).record.number


# what stands beside the steps and the pages


def only_sections(sections: Sections, profile: Profile) -> Sections:
    """Without what this kind of packet does not hold."""
    return replace(sections, **dict.fromkeys(set(sections.present()) - set(profile.sections)))


def sections_to_come(profile: ProfileCode) -> list[str]:
    """What a packet of this kind holds, before it is put together."""
    titles = section_titles()
    return [titles[code] for code in PROFILES[profile].sections]


def section_lines(packet: Handover) -> list[tuple[bool, str]]:
    """Every section of the profile: whether it is in it, its title, and why not where it is not."""
    titles, found = section_titles(), []
    for entry in packet.manifest.sections:
        title, there = titles.get(entry.code, entry.code), entry.state is Presence.PRESENT
        words = tr("{section}: {reason}").format(section=title, reason=isolate(entry.reason or tr("nothing held")))
        found.append((there, title if there else words))
    return found


def withheld_lines(packet: Handover) -> list[str]:
    """What was kept back, why, and by whose decision."""
    lines = [
        tr("{matter}: {reason}, decided by {who}").format(
            matter=isolate(each.kind), reason=withheld_words(each.reason), who=isolate(each.decided_by)
        )
        for each in packet.manifest.withheld
    ]
    return lines or [tr("Nothing was kept back.")]


def different_sections(earlier: Handover, later: Handover) -> list[str]:
    """The sections whose content is not that of the earlier packet, by title."""
    before = {entry.code: entry.sha256 for entry in earlier.manifest.sections}
    titles = section_titles()
    return [
        titles.get(entry.code, entry.code)
        for entry in later.manifest.sections
        if before.get(entry.code) != entry.sha256
    ]


def section_titles() -> Mapping[str, str]:
    """The sections of domain.md 10.2 in plain words."""
    return {
        "S1": tr("Who"),
        "S2": tr("Dates and conditions"),
        "S3": tr("Own words"),
        "S4": tr("First two weeks"),
        "S5": tr("Plan"),
        "S6": tr("What helps"),
        "S7": tr("Progress in words"),
        "S8": tr("Safety"),
        "S9": tr("Health"),
        "S10": tr("Certificates"),
        "S11": tr("Pastoral contribution"),
        "S12": tr("What is open"),
        "S13": tr("Contacts"),
        "S14": tr("Conference"),
    }
