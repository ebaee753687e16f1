"""Putting a frozen packet together from its draft: addressee, signers, manifest, and the rules of who may get it."""

from dataclasses import replace
from datetime import datetime

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import sha256_hex, unb64
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import TEAM
from rehabdesk.handover.collecting.basis_service import Bases
from rehabdesk.handover.content import packet_model as packet
from rehabdesk.handover.content.addressee_model import Addressing, require_addressing
from rehabdesk.handover.content.packet_model import FORMAT, VERSION, Handover, Level, Presence, Sections
from rehabdesk.handover.content.profile_model import PROFILES, Profile, ProfileCode, SectionCode
from rehabdesk.handover.content.section_words_model import empty_section
from rehabdesk.handover.making.express_model import due_after
from rehabdesk.handover.making.told_model import require_told_before_copy
from rehabdesk.handover.records_model import Choices, Issue, PacketDraft
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.handover.wire import section_sha256
from rehabdesk.people.model import AgeRegime
from rehabdesk.people.service import People

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


class Assembly:
    """Packets of one login."""

    def __init__(self, desk: Desk, people: People, trust: Trust) -> None:
        self._desk, self._people, self._trust = desk, people, trust
        self.bases = Bases(people, desk.clock)

    def assembled(self, draft: PacketDraft, issue: Issue) -> Handover:
        """The frozen packet, but for its number of pages. UserError names what is still to be answered."""
        choices, settings = draft.choices, self._desk.settings()
        head = self._head(draft, issue)
        team = self._trust.teams.team(choices.team)
        self.require_allowed(draft.person, choices)
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
            sections=_only(draft.sections, PROFILES[choices.profile]),
            x={},
        )

    def require_allowed(self, person_id: str, choices: Choices) -> None:
        """UserError where this team may not get this packet about this person, or the basis does not hold."""
        team = self._trust.teams.team(choices.team)
        require_addressing(
            Addressing(
                profile=choices.profile,
                audience=choices.audience,
                child=self._people.known.age_regime(person_id) is AgeRegime.CHILD,
                abroad=team.country != self._desk.settings().country,
                lawyer_note=choices.lawyer_note,
            )
        )
        self.bases.require(person_id, team, choices.legal_basis, choices.legal_cite)

    # inside

    def _head(self, draft: PacketDraft, issue: Issue) -> packet.PacketHead:
        choices = draft.choices
        if choices.person_informed is None:
            raise UserError(tr("Say whether the person was told about this packet."), field="person_informed")
        if not choices.person_informed and choices.not_informed_because is None:
            raise UserError(tr("Say why the person was not told."), field="not_informed_because")
        if choices.person_copy is None:
            raise UserError(tr("Say whether the person got a copy."), field="person_copy")
        require_told_before_copy(told=choices.person_informed, copy=choices.person_copy, field="person_copy")
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
                tr("{name} has no signing key yet. An administrator and a supervisor make it together.").format(
                    name=isolate(card.name)
                )
            )
        if card.role is Role.CO:
            return packet.Signer(staff_role="CO", name=issued.name, cert_sha256=sha256_hex(unb64(issued.certificate)))
        if card.role is Role.SUP:
            return packet.Signer(staff_role="SUP", name=issued.name, cert_sha256=sha256_hex(unb64(issued.certificate)))
        raise UserError(tr("Only a supervisor countersigns a packet."), field="countersigners")

    def _manifest(self, draft: PacketDraft, agency: str) -> packet.Manifest:
        profile = PROFILES[draft.choices.profile]
        present = _only(draft.sections, profile).present()
        entries = []
        for code in profile.sections:
            section, reason = present.get(code), draft.choices.explained.get(code)
            if section is None and not reason and code in profile.required:
                raise UserError(empty_section(code), field=code)
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


def _presence(section: object, reason: str | None) -> Presence:
    if section is not None:
        return Presence.PRESENT
    return Presence.EXPLAINED if reason else Presence.NONE


def _second_due(choices: Choices, issued: datetime) -> datetime | None:
    """Only an Express packet is sent with one signature; its clock stands in the signed content (packet.md 5.5)."""
    if not choices.one_signature:
        return None
    if choices.profile is not ProfileCode.EXPRESS:
        raise UserError(tr("Only an Express packet goes out with one signature."), field="one_signature")
    return due_after(issued)


def _recipients(choices: Choices, keys: tuple[str, ...]) -> tuple[packet.Recipient, ...]:
    """One for each key, those that the author named, then the first again; on paper those that are named, keyless."""
    if not choices.recipients:
        raise UserError(tr("Name who receives the packet, or the team itself."), field="recipients")
    named = [packet.Recipient(name=each.name, role=each.role) for each in choices.recipients]
    if choices.mode is packet.Mode.PAPER:
        return tuple(named)
    return tuple(replace(named[min(place, len(named) - 1)], age=key) for place, key in enumerate(keys))


def _only(sections: Sections, profile: Profile) -> Sections:
    """Without what this kind of packet does not hold."""
    return replace(sections, **dict.fromkeys(set(sections.present()) - set(profile.sections)))
