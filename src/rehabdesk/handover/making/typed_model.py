"""A packet as it is being prepared: nothing needs to be complete. It becomes choices and a supplement when it is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import LANGUAGES, language, tr
from rehabdesk.core.text import require_text
from rehabdesk.handover.content.audience_model import PROFILE_OF, AudienceCode
from rehabdesk.handover.content.language_model import language_of
from rehabdesk.handover.content.onward_sections_model import HelpContact, LinkWorker
from rehabdesk.handover.content.packet_model import (
    LegalBasis,
    NotInformedBecause,
    PersonCopy,
    Withheld,
    WithheldBecause,
)
from rehabdesk.handover.content.profile_model import PROFILES, Form, Profile, ProfileCode, SectionCode
from rehabdesk.handover.content.sections_model import Appointment, CallerWithHours, MadeBy, Text, VoiceLine
from rehabdesk.handover.content.supplement_model import Supplement
from rehabdesk.handover.making.told_model import require_told_before_copy
from rehabdesk.handover.records_model import Choices, NamedRecipient

VALID_FOR = timedelta(days=180)
VOICE_CODES = ("V1", "V2", "V3", "V4", "V5")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPacket:
    """Codes are those of `packet_model`. `told` and `one_signature` are yes, no or empty; `texts` is what was typed, by
    field name. `audience`: what the team is (`audience_model`). `put_in`, `left_out`: sections that are not as usual.
    """

    team: str = ""
    audience: str = ""
    language: str = "en"
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
    copy_because: str = ""
    lawyer_note: str = ""
    kept_back: tuple[str, ...] = ()
    no_alert: bool = False
    put_in: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    meeting_day: date | None = None
    meeting_time: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    ticked: tuple[str, ...] = ()
    profile: str = ProfileCode.SUPERVISING_OFFICER.value
    replaces: tuple[str, ...] = ()
    one_signature: str = ""

    @property
    def kind(self) -> Profile:
        """Which packet it is."""
        return PROFILES[ProfileCode(self.profile)]

    def holds(self, section: SectionCode) -> bool:
        """Whether this kind of packet has the section."""
        return section in self.kind.sections

    def for_audience(self, audience: str) -> "TypedPacket":
        """The packet that such a team gets; an Express packet stays one."""
        if not audience or self.profile == ProfileCode.EXPRESS:
            return replace(self, audience=audience)
        return replace(self, audience=audience, profile=PROFILE_OF[AudienceCode(audience)].value)


KEPT_BACK = {
    "third_party": WithheldBecause.THIRD_PARTY,
    "child": WithheldBecause.CHILD,
    "victim": WithheldBecause.VICTIM,
    "ongoing_case": WithheldBecause.ONGOING_CASE,
    "source_agency": WithheldBecause.SOURCE_AGENCY,
    "safety": WithheldBecause.SAFETY_OF_PERSON,
}
"""What the case officer kept back besides, with one tick, and the reason that is printed. Of other disciplines the desk
itself writes what stays (ledger_service).
"""
MOST_OF_A_LINE, MOST_OF_A_TEXT = 200, 20_000
"""Characters that a packet holds in a name or title, and in a text (packet.md 4.1)."""
_LINES = frozenset({"link_name", "link_role", "link_hours", "meeting_with", "meeting_place"})
NEEDS_REASON = frozenset({PersonCopy.NOT_SAFE, PersonCopy.NOT_POSSIBLE})
"""Answers about the person's copy that say why."""


def new_packet() -> TypedPacket:
    """It speaks the language of the window, where packets know it."""
    spoken = language()
    return TypedPacket(language=spoken if spoken in LANGUAGES else "en")


def as_choices(typed: TypedPacket) -> Choices:
    """UserError names the first thing that is missing; its `field` is a name of TypedPacket."""
    for name in ("recipient", "recipient_role", "purpose", "cite"):
        _require_fit(name, getattr(typed, name), MOST_OF_A_LINE)
    expires = _require_answers(typed)
    return Choices(
        team=typed.team,
        recipients=(NamedRecipient(name=_on_a_line(typed.recipient), role=_on_a_line(typed.recipient_role)),),
        purpose=_on_a_line(typed.purpose),
        legal_basis=LegalBasis(typed.basis),
        legal_cite=_on_a_line(typed.cite),
        expires=expires,
        countersigners=typed.countersigners,
        person_informed=typed.told == "yes",
        not_informed_because=NotInformedBecause(typed.not_told_because) if typed.told == "no" else None,
        person_copy=PersonCopy(typed.copy),
        withheld=tuple(
            Withheld(kind=kept_back_words(code), decided_by=_decided_by(code), reason=KEPT_BACK[code])
            for code in _kept(typed)
        ),
        nothing_withheld=not _kept(typed),
        profile=ProfileCode(typed.profile),
        language=typed.language,
        audience=typed.audience,
        lawyer_note=typed.lawyer_note.strip(),
        copy_because=typed.copy_because.strip() if PersonCopy(typed.copy) in NEEDS_REASON else "",
        kept_back=_kept(typed),
        put_in=typed.put_in,
        left_out=typed.left_out,
        replaces=typed.replaces,
        one_signature=_is_express(typed) and typed.one_signature == "yes",
    )


def unanswered(typed: TypedPacket) -> Iterator[UserError]:
    """What is still to be answered about the recipient and the person, each at its field, in the order of the page."""
    for name, sentence in (
        ("team", tr("Choose the team that receives the packet.")),
        ("audience", tr("Say what the team is: it decides what is in the packet.")),
        ("recipient", tr("Write who receives it there.")),
        ("recipient_role", tr("Write the role of the one who receives it.")),
        ("purpose", tr("Say what the packet is for.")),
        ("basis", tr("Say on which basis it may be shared.")),
        ("expires", tr("Set the day on which the packet expires.")),
        ("countersigners", tr("Choose at least one supervisor who may countersign.")),
        ("one_signature", tr("Say whether it is sent now, or waits for the second signature.")),
        ("told", tr("Say whether the person was told about this packet.")),
        ("not_told_because", tr("Say why the person was not told.")),
        ("copy", tr("Say whether the person gets a copy.")),
        ("copy_because", tr("Say why the person has no copy.")),
    ):
        given = getattr(typed, name)
        missing = not (given.strip() if isinstance(given, str) else given)
        if missing and _is_asked(typed, name):
            yield UserError(sentence, field=name)


def _is_asked(typed: TypedPacket, name: str) -> bool:
    """Whether the question stands on the page: some follow from an answer only."""
    if name == "one_signature":
        return _is_express(typed)
    if name == "not_told_because":
        return typed.told == "no"
    if name == "copy_because":
        return typed.copy in {each.value for each in NEEDS_REASON}
    return True


def _require_answers(typed: TypedPacket) -> date:
    """The last day of the packet, once everything about its recipient is answered."""
    for problem in unanswered(typed):
        raise problem
    require_told_before_copy(told=typed.told == "yes", copy=PersonCopy(typed.copy), field="copy")
    if typed.expires is None:
        raise UserError(tr("Set the day on which the packet expires."), field="expires")
    return typed.expires


def _require_fit(field: str, words: str, longest: int) -> None:
    """UserError where no packet can hold it: found before anything is made of a page of pasted text."""
    require_text(words, field=field, label=tr("What is written here"), longest=longest, empty_allowed=True)


def _on_a_line(words: str) -> str:
    """As a name stands in a packet: what was pasted in several lines or columns is one line."""
    return " ".join(words.split())


def _is_express(typed: TypedPacket) -> bool:
    return typed.profile == ProfileCode.EXPRESS


def as_supplement(typed: TypedPacket, *, own_page: bool = False, team_phone: str = "") -> Supplement:
    """`own_page`: the desk has a page in the person's own words, so none is typed here. `team_phone`: where the one who
    receives the packet is called.

    UserError names the first thing that is missing for this kind of packet; its `field` is a name in `texts`, or
    `no_alert`.
    """
    said = typed.texts
    for name, words in said.items():
        _require_fit(name, words, MOST_OF_A_LINE if name in _LINES else MOST_OF_A_TEXT)
    for problem in unwritten(typed, own_page=own_page):
        raise problem
    voice = _voice(typed) if typed.holds(SectionCode.S3) and not own_page else ()
    no_voice = _optional(typed, "no_voice")
    phone, link = said.get("link_phone", "").strip(), said.get("link_name", "").strip()
    if phone and not re.fullmatch(r"[0-9+ ()-]{3,32}", phone):
        sentence = tr("A phone number is 3 to 32 digits; spaces, +, - and brackets can be among them.")
        raise UserError(sentence, field="link_phone")
    return Supplement(
        contact_preference=_optional(typed, "contact_preference"),
        first_night=_optional(typed, "first_night"),
        journey=_optional(typed, "journey"),
        medicines_due=_optional(typed, "medicines"),
        money=_optional(typed, "money"),
        phone_access=_optional(typed, "phone_access"),
        safe_times=_optional(typed, "safe_times"),
        link_worker=_link_worker(said) if typed.holds(SectionCode.S13) else None,
        return_channel=_optional(typed, "return_channel"),
        contacts=(
            HelpContact(name=_on_a_line(typed.recipient), role=_on_a_line(typed.recipient_role), phone=team_phone),
        )
        if typed.holds(SectionCode.S13) and team_phone
        else (),
        crisis_contacts=(CallerWithHours(name=link, phone=phone, hours=None),) if link and phone else (),
        appointments=_appointments(typed) if typed.holds(SectionCode.S4) else (),
        voice=voice,
        made_by=MadeBy.DICTATED_READ_BACK if voice else MadeBy.DECLINED,
        no_voice_because=None if voice else no_voice,
        plan_language=typed.language,
        put_in=_sections(typed.put_in),
        left_out=_sections(typed.left_out),
        recipients=(typed.recipient.strip(),),
        next_step=said.get("next_step", ""),
    )


def unwritten(typed: TypedPacket, *, own_page: bool) -> Iterator[UserError]:
    """As `unanswered`, for what this kind of packet cannot do without in its contents."""
    said, has_voice = typed.texts, own_page or bool(_voice(typed)) or _optional(typed, "no_voice") is not None
    if typed.holds(SectionCode.S3) and not has_voice:
        yield UserError(tr("Write the person's own words, or why there are none."), field="V1")
    for name, sentence in _needed(typed.kind):
        if not said.get(name, "").strip():
            yield UserError(sentence, field=name)
    if typed.holds(SectionCode.S8) and not typed.no_alert:
        yield UserError(tr("Confirm what the packet says about safety alerts."), field="no_alert")


def _needed(kind: Profile) -> tuple[tuple[str, str], ...]:
    """The texts that this kind of packet cannot do without."""
    found = []
    if SectionCode.S1 in kind.sections and kind.s1_form is not Form.NAME_ONLY:
        found.append(("contact_preference", tr("Write how the person wants to be reached.")))
    if SectionCode.S4 in kind.sections:
        found.append(("first_night", tr("Write where the person sleeps in the first night.")))
    if SectionCode.S13 in kind.sections:
        found += [
            ("link_name", tr("Write who answers questions after the release.")),
            ("link_phone", tr("Write the phone number of the link worker.")),
            ("return_channel", tr("Write how the team can answer.")),
        ]
    return tuple(found)


def _kept(typed: TypedPacket) -> tuple[str, ...]:
    return tuple(code for code in typed.kept_back if code in KEPT_BACK)


def _sections(codes: Iterable[str]) -> frozenset[SectionCode]:
    return frozenset(SectionCode(code) for code in codes)


def _voice(typed: TypedPacket) -> tuple[VoiceLine, ...]:
    found = []
    for code in VOICE_CODES:
        words = _optional(typed, code)
        if words is not None:
            found.append(VoiceLine(code=code, text=words))  # type: ignore[arg-type]  # the codes above
    return tuple(found)


def _link_worker(said: Mapping[str, str]) -> LinkWorker:
    return LinkWorker(
        name=said["link_name"].strip(),
        role=said.get("link_role", "").strip() or tr("case officer"),
        phone=said["link_phone"].strip(),
        hours=said.get("link_hours", "").strip() or tr("office hours"),
    )


def kept_back_words(code: str) -> str:
    """The kind of matter, as it stands in the packet's ledger."""
    return {
        "third_party": tr("Matters of other people"),
        "child": tr("Matters of children"),
        "victim": tr("Matters of victims"),
        "ongoing_case": tr("What belongs to an ongoing case"),
        "source_agency": tr("What another agency gave us"),
        "safety": tr("What would put the person in danger"),
    }[code]


def _decided_by(code: str) -> str:
    return tr("the agency that gave it") if code == "source_agency" else tr("case officer")


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


def _optional(typed: TypedPacket, name: str) -> Text | None:
    """What was typed, marked with the language in which it seems to be written."""
    words = typed.texts.get(name, "").strip()
    return Text(text=words, lang=language_of(words, typed.language)) if words else None
