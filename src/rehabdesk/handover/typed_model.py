"""A packet as it is being prepared: nothing needs to be complete. It becomes choices and a supplement when it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.onward_sections_model import HelpContact, LinkWorker
from rehabdesk.handover.packet_model import LegalBasis, NotInformedBecause, PersonCopy, Withheld, WithheldBecause
from rehabdesk.handover.profile_model import PROFILES, ProfileCode, SectionCode
from rehabdesk.handover.records_model import Choices, NamedRecipient
from rehabdesk.handover.sections_model import Appointment, CallerWithHours, MadeBy, Text, VoiceLine
from rehabdesk.handover.supplement_model import Supplement

VALID_FOR = timedelta(days=180)
VOICE_CODES = ("V1", "V2", "V3", "V4", "V5")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPacket:
    """Codes are those of `packet_model`. `told` and `one_signature` are yes, no or empty; `texts` is what was typed, by
    field name.
    """

    team: str = ""
    recipient: str = ""
    recipient_role: str = ""
    purpose: str = ""
    basis: str = ""
    cite: str = ""
    expires: date | None = None
    countersigners: tuple[str, ...] = ()
    told: str = ""
    not_told_because: str = ""
    copy: str = ""
    kept_back: tuple[str, ...] = ("clinical", "pastoral")
    no_alert: bool = False
    with_conference: bool = False
    meeting_day: date | None = None
    meeting_time: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    ticked: tuple[str, ...] = ()
    profile: str = ProfileCode.SUPERVISING_OFFICER.value
    replaces: tuple[str, ...] = ()
    one_signature: str = ""

    def holds(self, section: SectionCode) -> bool:
        """Whether this kind of packet has the section."""
        return section in PROFILES[ProfileCode(self.profile)].sections


KEPT_BACK = {
    "clinical": WithheldBecause.PROFESSIONAL_SECRECY,
    "pastoral": WithheldBecause.FAITH_CONFIDENCE,
    "third_party": WithheldBecause.THIRD_PARTY,
    "victim": WithheldBecause.VICTIM,
}
"""Kinds of matter that can be kept back with one tick, and the reason that is printed."""


def as_choices(typed: TypedPacket) -> Choices:
    """UserError names the first thing that is missing; its `field` is a name of TypedPacket."""
    for name, sentence in (
        ("team", tr("Choose the team that receives the packet.")),
        ("recipient", tr("Write who receives it there.")),
        ("recipient_role", tr("Write the role of the one who receives it.")),
        ("purpose", tr("Say what the packet is for.")),
        ("basis", tr("Say on which basis it may be shared.")),
        ("countersigners", tr("Choose at least one supervisor who may countersign.")),
        ("told", tr("Say whether the person was told about this packet.")),
        ("copy", tr("Say whether the person gets a copy.")),
    ):
        if not getattr(typed, name):
            raise UserError(sentence, field=name)
    if typed.told == "no" and not typed.not_told_because:
        raise UserError(tr("Say why the person was not told."), field="not_told_because")
    express = typed.profile == ProfileCode.EXPRESS
    if express and not typed.one_signature:
        raise UserError(tr("Say whether it is sent now, or waits for the second signature."), field="one_signature")
    if typed.expires is None:
        raise UserError(tr("Set the day on which the packet expires."), field="expires")
    return Choices(
        team=typed.team,
        recipients=(NamedRecipient(name=typed.recipient.strip(), role=typed.recipient_role.strip()),),
        purpose=typed.purpose.strip(),
        legal_basis=LegalBasis(typed.basis),
        legal_cite=typed.cite.strip(),
        expires=typed.expires,
        countersigners=typed.countersigners,
        person_informed=typed.told == "yes",
        not_informed_because=NotInformedBecause(typed.not_told_because) if typed.told == "no" else None,
        person_copy=PersonCopy(typed.copy),
        withheld=tuple(
            Withheld(kind=kept_back_words(code), decided_by=_decided_by(code), reason=KEPT_BACK[code])
            for code in typed.kept_back
        ),
        nothing_withheld=not typed.kept_back,
        profile=ProfileCode(typed.profile),
        replaces=typed.replaces,
        one_signature=express and typed.one_signature == "yes",
    )


def as_supplement(typed: TypedPacket) -> Supplement:
    """UserError names the first thing that is missing; its `field` is a name in `texts`, or `no_alert`."""
    for name, sentence in (
        ("contact_preference", tr("Write how the person wants to be reached.")),
        ("first_night", tr("Write where the person sleeps in the first night.")),
        ("link_name", tr("Write who answers questions after the release.")),
        ("link_phone", tr("Write the phone number of the link worker.")),
        ("return_channel", tr("Write how the team can answer.")),
    ):
        if not typed.texts.get(name, "").strip():
            raise UserError(sentence, field=name)
    if not typed.no_alert:
        raise UserError(tr("Confirm what the packet says about safety alerts."), field="no_alert")
    said = typed.texts
    voice = tuple(
        VoiceLine(code=code, text=_english(said[code]))  # type: ignore[arg-type]  # the codes above
        for code in VOICE_CODES
        if said.get(code, "").strip()
    )
    if not voice and typed.holds(SectionCode.S3) and not said.get("no_voice", "").strip():
        raise UserError(tr("Write the person's own words, or why there are none."), field="V1")
    phone = said["link_phone"].strip()
    return Supplement(
        contact_preference=_english(said["contact_preference"]),
        first_night=_english(said["first_night"]),
        journey=_optional(said, "journey"),
        medicines_due=_optional(said, "medicines"),
        money=_optional(said, "money"),
        phone_access=_optional(said, "phone_access"),
        safe_times=_optional(said, "safe_times"),
        link_worker=LinkWorker(
            name=said["link_name"].strip(),
            role=said.get("link_role", "").strip() or tr("case officer"),
            phone=phone,
            hours=said.get("link_hours", "").strip() or tr("office hours"),
        ),
        return_channel=_english(said["return_channel"]),
        contacts=(HelpContact(name=typed.recipient.strip(), role=typed.recipient_role.strip(), phone=phone),),
        crisis_contacts=(CallerWithHours(name=said["link_name"].strip(), phone=phone, hours=None),),
        appointments=_appointments(typed),
        voice=voice,
        made_by=MadeBy.DICTATED_READ_BACK if voice else MadeBy.DECLINED,
        no_voice_because=None if voice else _optional(said, "no_voice"),
        alerts=(),
        with_conference=typed.with_conference,
    )


def kept_back_words(code: str) -> str:
    """The kind of matter, as it stands in the packet's ledger."""
    return {
        "clinical": tr("Notes of psychological sessions"),
        "pastoral": tr("Pastoral notes"),
        "third_party": tr("Matters of other people"),
        "victim": tr("Matters of victims"),
    }[code]


def _decided_by(code: str) -> str:
    return {"clinical": tr("psychologist"), "pastoral": tr("chaplain")}.get(code, tr("case officer"))


def _appointments(typed: TypedPacket) -> tuple[Appointment, ...]:
    """The first appointment outside, where its day is known."""
    if typed.meeting_day is None:
        return ()
    said = typed.texts
    for name in ("meeting_with", "meeting_place"):
        if not said.get(name, "").strip():
            raise UserError(tr("Say with whom and where the first appointment is."), field=name)
    try:
        hour, minute = (int(part) for part in (typed.meeting_time or "09:00").split(":"))
        at = datetime.combine(typed.meeting_day, time(hour, minute)).astimezone()
    except ValueError:
        raise UserError(tr("Time must be like 0930 or 14:30."), field="meeting_time") from None
    return (
        Appointment(
            at=at,
            with_=said["meeting_with"].strip(),
            place=said["meeting_place"].strip(),
            purpose=tr("First appointment"),
        ),
    )


def _optional(said: Mapping[str, str], name: str) -> Text | None:
    words = said.get(name, "").strip()
    return _english(words) if words else None


def _english(words: str) -> Text:
    """Packets speak English only so far."""
    return Text(text=words.strip(), lang="en")
