"""Packet drafts: choosing, filling, looking at the hits, and putting the frozen packet together."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core import resources
from rehabdesk.core.canon import Json, dump, sha256_hex, unb64
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.db.projection import TEAM
from rehabdesk.handover import packet_model as packet
from rehabdesk.handover import store
from rehabdesk.handover.content_check_model import CheckList, Hit, check_content
from rehabdesk.handover.express_model import due_after
from rehabdesk.handover.number_model import PacketNumber
from rehabdesk.handover.packet_model import FORMAT, VERSION, Handover, Level, Presence, Sections
from rehabdesk.handover.profile_model import PROFILES, ProfileCode, SectionCode
from rehabdesk.handover.records_model import Choices, PacketDraft
from rehabdesk.handover.trust_service import Trust
from rehabdesk.handover.typed_model import TypedPacket
from rehabdesk.handover.wire import decode_sections, plain, section_sha256
from rehabdesk.people.service import People

DRAFT, TYPED = "packet", "packet_typed"
_LEVELS = {
    SectionCode.S1: Level.CORE,
    SectionCode.S2: Level.CORE,
    SectionCode.S3: Level.SHAREABLE,
    SectionCode.S4: Level.CORE_TEAM,
    SectionCode.S5: Level.TEAM,
    SectionCode.S6: Level.TEAM_SHAREABLE,
    SectionCode.S7: Level.TEAM,
    SectionCode.S8: Level.ALERT,
    SectionCode.S9: Level.SHAREABLE,
    SectionCode.S10: Level.SHAREABLE,
    SectionCode.S11: Level.PASTORAL_SHAREABLE,
    SectionCode.S12: Level.TEAM,
    SectionCode.S13: Level.CORE,
    SectionCode.S14: Level.TEAM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What only the moment of signing gives: number, time and receipt code."""

    number: str
    at: datetime
    receipt_code: str


class PacketDrafts:
    """The drafts of one login. A draft is its author's own until it is signed."""

    def __init__(self, desk: Desk, people: People, trust: Trust) -> None:
        self._desk, self._people, self._trust = desk, people, trust

    def start(self, person_id: str, choices: Choices, sections: Sections, *, unsigned: Sequence[str] = ()) -> str:
        """A new draft about a person; gives its id. UserError for a profile that this version does not make."""
        self._require_author()
        self._people.person(person_id)
        return self._save(person_id, choices, sections, unsigned, None)

    def filled(
        self, draft_id: str, person_id: str, choices: Choices, sections: Sections, *, unsigned: Sequence[str] = ()
    ) -> PacketDraft:
        """What was typed in the draft `draft_id`, made whole for its pages; nothing more is written.

        UserError as for `start`.
        """
        self._require_author()
        self._people.person(person_id)
        _require_offered(choices)
        return PacketDraft(id=draft_id, person=person_id, choices=choices, sections=sections, unsigned=tuple(unsigned))

    def change(self, draft_id: str, choices: Choices, sections: Sections, *, unsigned: Sequence[str] = ()) -> None:
        """Overwrites a draft."""
        self._save(self.draft(draft_id).person, choices, sections, unsigned, draft_id)

    def draft(self, draft_id: str) -> PacketDraft:
        """UserError where this login has no such packet draft."""
        found = self._desk.draft(draft_id)
        if found.kind != DRAFT or found.person is None:
            raise UserError(tr("That draft is not there any more."))
        held = found.payload
        choices, content, unsigned = held.get("choices"), held.get("sections"), held.get("unsigned")
        if not (isinstance(choices, dict) and isinstance(content, str) and isinstance(unsigned, list)):
            raise UserError(tr("That draft cannot be read any more. Start a new one."))
        return PacketDraft(
            id=draft_id,
            person=found.person,
            choices=from_payload(Choices, choices),
            sections=decode_sections(content.encode("utf-8")),
            unsigned=tuple(str(path) for path in unsigned),
        )

    def keep_typed(self, person_id: str, typed: TypedPacket, draft_id: str | None = None) -> str:
        """Autosave of a packet as it is being prepared, complete or not; gives the draft's id."""
        self._require_author()
        return self._desk.save_draft(TYPED, to_payload(typed), person=person_id, draft_id=draft_id)

    def typed(self, person_id: str = "") -> tuple[tuple[str, str, TypedPacket], ...]:
        """This login's packets in preparation as (draft id, person, what is typed); of one person, or all."""
        return tuple(
            (draft.id, draft.person or "", from_payload(TypedPacket, draft.payload))
            for draft in self._desk.drafts(TYPED)
            if person_id in ("", draft.person)
        )

    def drop(self, draft_id: str) -> None:
        """Throws a draft away."""
        self._desk.drop_draft(draft_id)

    def hits(self, draft_id: str) -> tuple[Hit, ...]:
        """The places that the signer must look at before signing (domain.md 10.5)."""
        draft = self.draft(draft_id)
        # the number of this look may go to another packet: only signing takes it
        return self.hits_in(self.assembled(draft, self.issue()), draft.person, draft.unsigned)

    def hits_in(self, made: Handover, person_id: str, unsigned: tuple[str, ...]) -> tuple[Hit, ...]:
        """As `hits`, for a packet that is put together."""
        words = resources.read_toml("words/content_check.toml")
        looked_for = CheckList(
            other_names=self._names_of_others(person_id),
            words=tuple(word for language in ("en", "fr", "ar") for word in words[language]),
            unsigned=unsigned,
        )
        return check_content(made, looked_for)

    def assembled(self, draft: PacketDraft, issue: Issue) -> Handover:
        """The frozen packet, but for its number of pages. UserError names what is still to be answered."""
        choices, settings = draft.choices, self._desk.settings()
        head = self._head(draft, issue)
        team = self._trust.teams.team(choices.team)
        if choices.profile is ProfileCode.EXPRESS and team.country != settings.country:
            raise UserError(
                tr("An Express packet does not leave the country. Choose another team, or make a full packet."),
                field="team",
            )
        root = unb64(self._trust.site().root)
        return Handover(
            format=FORMAT,
            version=VERSION,
            min_reader=VERSION,
            packet=head,
            site=packet.Site(
                id=settings.site,
                name=settings.name,
                country=settings.country,
                phone=settings.phone,
                root_sha256=sha256_hex(root),
            ),
            to=packet.Addressee(
                team=team.id,
                org=team.org,
                name=team.name,
                country=team.country,
                recipients=_recipients(choices, team.age),
            ),
            signers=packet.Signers(
                author=self._signer(self._desk.uid),
                countersigners=tuple(self._signer(uid) for uid in choices.countersigners),
            ),
            manifest=self._manifest(draft, settings.name),
            sections=draft.sections,
            x={},
        )

    def issue(self) -> Issue:
        """The next number of this installation, now, in whole seconds, with a random receipt code."""
        settings, at = self._desk.settings(), self._desk.clock.now().replace(microsecond=0)
        count = 1 + store.newest_count(self._desk.index(TEAM), settings.site, at.year, settings.installation)
        number = PacketNumber(site=settings.site, year=at.year, installation=settings.installation, count=count)
        return Issue(number=str(number), at=at, receipt_code=f"{secrets.randbelow(10**8):08d}")

    # inside

    def _require_author(self) -> None:
        if self._desk.role is not Role.CO:
            raise UserError(tr("A case officer prepares packets."))

    def _save(
        self, person_id: str, choices: Choices, sections: Sections, unsigned: Sequence[str], draft_id: str | None
    ) -> str:
        _require_offered(choices)
        payload: dict[str, Json] = {
            "choices": dict(to_payload(choices)),
            "sections": dump(plain(sections)).decode("utf-8"),
            "unsigned": list(unsigned),
        }
        return self._desk.save_draft(DRAFT, payload, person=person_id, draft_id=draft_id)

    def _head(self, draft: PacketDraft, issue: Issue) -> packet.PacketHead:
        choices = draft.choices
        if choices.person_informed is None:
            raise UserError(tr("Say whether the person was told about this packet."), field="person_informed")
        if not choices.person_informed and choices.not_informed_because is None:
            raise UserError(tr("Say why the person was not told."), field="not_informed_because")
        if choices.person_copy is None:
            raise UserError(tr("Say whether the person got a copy."), field="person_copy")
        if not 1 <= len(choices.countersigners) <= 5:
            raise UserError(tr("Name one to five supervisors who may countersign."), field="countersigners")
        return packet.PacketHead(
            number=issue.number,
            case_ref=self._people.person(draft.person).details.case_ref,
            profile=choices.profile,
            purpose=choices.purpose,
            legal_basis=packet.Basis(code=choices.legal_basis, cite=choices.legal_cite or None),
            mode=choices.mode,
            countersign_due=_second_due(choices, issue.at),
            issued=issue.at,
            expires=choices.expires,
            languages=(choices.language,),
            pages=0,
            ready=choices.ready,
            person_informed=packet.PersonInformed(
                value="yes" if choices.person_informed else "no",
                reason=None if choices.person_informed else choices.not_informed_because,
            ),
            person_copy=choices.person_copy,
            supersedes=self._superseded(choices),
            receipt_code=issue.receipt_code,
        )

    def _superseded(self, choices: Choices) -> tuple[packet.Superseded, ...]:
        """The packets that this one replaces, with the hash of what they said."""
        found = []
        for rid in choices.replaces:
            held = self._desk.read(TEAM, rid).payload
            if held["team"] != choices.team:
                raise UserError(tr("A packet replaces only one for the same team. Start a new packet."), field="team")
            content = str(held["content"]).encode("utf-8")
            found.append(packet.Superseded(number=str(held["number"]), json_sha256=sha256_hex(content)))
        return tuple(found)

    def _signer(self, uid: str) -> packet.Signer:
        issued, card = self._trust.certificate_of(uid), self._desk.staff(uid)
        if issued is None:
            raise UserError(
                tr("{name} has no certificate yet. An administrator and a supervisor issue it.").format(name=card.name)
            )
        if card.role is Role.CO:
            return packet.Signer(staff_role="CO", name=issued.name, cert_sha256=sha256_hex(unb64(issued.certificate)))
        if card.role is Role.SUP:
            return packet.Signer(staff_role="SUP", name=issued.name, cert_sha256=sha256_hex(unb64(issued.certificate)))
        raise UserError(tr("Only a supervisor countersigns a packet."), field="countersigners")

    def _manifest(self, draft: PacketDraft, agency: str) -> packet.Manifest:
        profile, present = PROFILES[draft.choices.profile], draft.sections.present()
        entries = []
        for code in profile.sections:
            section, reason = present.get(code), draft.choices.explained.get(code)
            if section is None and not reason and code in profile.required:
                raise UserError(
                    tr("Section {code} is empty. Fill it in, or say why it is left out.").format(code=code), field=code
                )
            entries.append(
                packet.ManifestEntry(
                    code=code,
                    form=profile.form_of(code),
                    state=_presence(section, reason),
                    reason=None if section is not None else reason or tr("nothing held"),
                    level=_LEVELS[code],
                    owner_agency=agency,
                    sha256=None if section is None else section_sha256(section),
                )
            )
        return packet.Manifest(sections=tuple(entries), withheld=draft.choices.withheld, annexes=())

    def _names_of_others(self, person_id: str) -> tuple[str, ...]:
        """Every name under which the register knows somebody else."""
        names: list[str] = []
        page = self._people.register_page(limit=500)
        while page:
            names.extend(name for row in page if row.id != person_id for name in (row.name, row.name_arabic) if name)
            page = self._people.register_page(after=page[-1], limit=500)
        return tuple(names)


def _require_offered(choices: Choices) -> None:
    if not PROFILES[choices.profile].offered:
        raise UserError(tr("This version does not make packets of that profile yet."), field="profile")
    if choices.language != "en":
        raise UserError(tr("Packets speak English only so far."), field="language")


def _second_due(choices: Choices, issued: datetime) -> datetime | None:
    """Only an Express packet is sent with one signature; its clock stands in the signed content (packet.md 5.5)."""
    if not choices.one_signature:
        return None
    if choices.profile is not ProfileCode.EXPRESS:
        raise UserError(tr("Only an Express packet goes out with one signature."), field="one_signature")
    return due_after(issued)


def _presence(section: object, reason: str | None) -> Presence:
    if section is not None:
        return Presence.PRESENT
    return Presence.EXPLAINED if reason else Presence.NONE


def _recipients(choices: Choices, keys: tuple[str, ...]) -> tuple[packet.Recipient, ...]:
    """One for each key, those that the author named, then the first again; on paper those that are named, keyless."""
    if not choices.recipients:
        raise UserError(tr("Name who receives the packet, or the team itself."), field="recipients")
    named = [packet.Recipient(name=each.name, role=each.role) for each in choices.recipients]
    if choices.mode is packet.Mode.PAPER:
        return tuple(named)
    return tuple(replace(named[min(place, len(named) - 1)], age=key) for place, key in enumerate(keys))
