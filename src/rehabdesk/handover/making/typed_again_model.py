"""From a packet that a supervisor returned back to what was typed for it, so that nobody types it twice."""

from collections.abc import Mapping, Sequence

from rehabdesk.handover.collecting.next_step_model import NONE, code_of
from rehabdesk.handover.content.packet_model import Sections, Withheld
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.content.sections_model import Appointment, Text
from rehabdesk.handover.making.typed_model import KEPT_BACK, TypedPacket
from rehabdesk.handover.records_model import Choices


def typed_again(choices: Choices, sections: Sections, ticked: tuple[str, ...]) -> TypedPacket:
    """As it was typed, but for the word on safety alerts: that is given anew for every packet."""
    named = choices.recipients[0]
    first = sections.S4.appointments[0] if sections.S4 is not None and sections.S4.appointments else None
    at = None if first is None else first.at.astimezone()
    informed = choices.person_informed
    return TypedPacket(
        team=choices.team,
        audience=choices.audience,
        language=choices.language,
        profile=choices.profile.value,
        recipient=named.name,
        recipient_role=named.role,
        purpose=choices.purpose,
        basis=choices.legal_basis.value,
        cite=choices.legal_cite,
        expires=choices.expires,
        countersigners=choices.countersigners,
        told="" if informed is None else "yes" if informed else "no",
        not_told_because=choices.not_informed_because.value if choices.not_informed_because is not None else "",
        copy=choices.person_copy.value if choices.person_copy is not None else "",
        copy_because=choices.copy_because,
        lawyer_note=choices.lawyer_note,
        kept_back=choices.kept_back or _kept(choices.withheld),
        put_in=choices.put_in,
        left_out=choices.left_out,
        meeting_day=None if at is None else at.date(),
        meeting_time="" if at is None else f"{at:%H:%M}",
        texts={name: words for name, words in _texts(sections, first).items() if words},
        ticked=ticked,
        replaces=choices.replaces,
        one_signature=_one_signature(choices),
    )


def _kept(withheld: Sequence[Withheld]) -> tuple[str, ...]:
    """What was ticked for a packet of payload version 1; what the desk writes itself is not among it."""
    reasons = {reason: code for code, reason in KEPT_BACK.items()}
    return tuple(dict.fromkeys(reasons[each.reason] for each in withheld if each.reason in reasons))


def _one_signature(choices: Choices) -> str:
    if choices.profile is not ProfileCode.EXPRESS:
        return ""
    return "yes" if choices.one_signature else "no"


def _texts(sections: Sections, first: Appointment | None) -> Mapping[str, str]:
    """Every text by the name of its field."""
    found: dict[str, str] = {}
    if (who := sections.S1) is not None:
        found |= {"contact_preference": _words(who.contact_preference), "safe_times": _words(who.safe_times)}
    if (said := sections.S3) is not None:
        found |= {line.code: line.text.text for line in said.voice} | {"no_voice": _words(said.reason)}
    if (weeks := sections.S4) is not None:
        found |= {
            "first_night": weeks.first_night.text,
            "journey": _words(weeks.journey),
            "medicines": _words(weeks.medicines_due),
            "money": _words(weeks.money),
            "phone_access": _words(weeks.phone_access),
        }
    if (link := sections.S13) is not None:
        found |= {
            "link_name": link.link_worker.name,
            "link_role": link.link_worker.role,
            "link_phone": link.link_worker.phone,
            "link_hours": link.link_worker.hours,
            "return_channel": link.return_channel.text,
        }
    if (learnt := sections.S10) is not None:
        found["next_step"] = NONE if learnt.next_step is None else code_of(learnt.next_step)
    if first is not None:
        found |= {"meeting_with": first.with_, "meeting_place": first.place}
    return found


def _words(text: Text | None) -> str:
    return "" if text is None else text.text
