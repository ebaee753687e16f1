"""Which sections which reader gets, and who may be a reader at all (domain.md 10.2, 10.3, packet.md 3.1)."""

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.handover.content.addressee_model import Addressing, require_addressing
from rehabdesk.handover.content.audience_model import FOR_CHILDREN, PROFILE_OF, AudienceCode, audiences
from rehabdesk.handover.content.profile_model import PROFILES, Form, ProfileCode, SectionCode
from rehabdesk.handover.making.typed_model import TypedPacket

EXACTLY = {
    ProfileCode.SUPERVISING_OFFICER: ("S1 S2 S3 S4 S5 S6 S7 S8 S12 S13 S14", Form.FULL, 2),
    ProfileCode.NGO_MENTOR: ("S1 S3 S4 S5 S6 S10 S12 S13", Form.SHORT, 2),
    ProfileCode.COMMUNITY_PSYCHOLOGIST: ("S1 S3 S6", Form.FULL, 2),
    ProfileCode.FAITH_MENTOR: ("S1 S3 S11 S13", Form.NAME_ONLY, 2),
    ProfileCode.RECEIVING_PRISON: ("S1 S2 S3 S4 S5 S6 S7 S8 S9 S10 S11 S12 S13 S14", Form.FULL, 2),
    ProfileCode.LAWYER_PERSON: ("S1 S2 S3 S4 S6", Form.SHORT, 2),
    ProfileCode.COURT_BOARD: ("S2 S3 S5 S7", Form.FULL, 2),
    ProfileCode.EXPRESS: ("S1 S2 S4 S6 S8 S12 S13", Form.FULL, 1),
}


def test_each_profile_has_exactly_its_sections() -> None:
    found = {code: (" ".join(one.sections), one.s1_form, one.signatures) for code, one in PROFILES.items()}
    assert found == EXACTLY
    assert set(PROFILE_OF.values()) == set(PROFILES) - {ProfileCode.EXPRESS}, "each is made for somebody"


def test_what_is_optional_and_what_is_off_while_nobody_chose() -> None:
    prison = PROFILES[ProfileCode.RECEIVING_PRISON]
    assert " ".join(prison.optional) == "S7 S9 S10 S11 S14"
    assert set(prison.sections) - prison.chosen_by_default() == {"S9", "S11", "S14"}
    assert set(prison.sections) - prison.chosen_by_default(child=True) == {"S7", "S9", "S11", "S14"}
    court = PROFILES[ProfileCode.COURT_BOARD]
    assert SectionCode.S7 in court.required, "the statement of limits stands there"
    assert court.optional == ()


@pytest.mark.parametrize("audience", list(AudienceCode))
@pytest.mark.parametrize("child", [True, False])
def test_a_child_has_other_readers(audience: AudienceCode, child: bool) -> None:
    asked = Addressing(profile=PROFILE_OF[audience], audience=audience.value, child=child, abroad=False, lawyer_note="")
    if audience in audiences(child=child):
        require_addressing(asked)
        return
    assert (audience in FOR_CHILDREN) != child
    with pytest.raises(UserError) as refused:
        require_addressing(asked)
    assert refused.value.field == "audience"


@pytest.mark.parametrize(
    ("profile", "note", "field"),
    [
        (ProfileCode.EXPRESS, "Lawyer T. looked at it.", "team"),
        (ProfileCode.NGO_MENTOR, " ", "lawyer_note"),
        (ProfileCode.NGO_MENTOR, "Lawyer T. looked at it.", None),
    ],
)
def test_another_country_needs_two_signatures_and_a_lawyer(profile: ProfileCode, note: str, field: str | None) -> None:
    asked = Addressing(profile=profile, audience="ngo", child=False, abroad=True, lawyer_note=note)
    if field is None:
        require_addressing(asked)
        return
    with pytest.raises(UserError) as refused:
        require_addressing(asked)
    assert refused.value.field == field


@pytest.mark.parametrize("audience", [*AudienceCode, ""])
@pytest.mark.parametrize("child", [True, False])
def test_express_goes_to_who_receives_somebody_at_short_notice(audience: str, child: bool) -> None:
    asked = Addressing(profile=ProfileCode.EXPRESS, audience=audience, child=child, abroad=False, lawyer_note="")
    if audience in (("child_services", "guardian") if child else ("supervision", "ngo")):
        require_addressing(asked)
        return
    with pytest.raises(UserError) as refused:
        require_addressing(asked)
    assert refused.value.field == "audience"


def test_what_the_team_is_decides_the_packet_but_not_of_an_express_one() -> None:
    assert TypedPacket().for_audience("court").kind.code is ProfileCode.COURT_BOARD
    assert TypedPacket(profile="express").for_audience("ngo").kind.code is ProfileCode.EXPRESS
    wrong = Addressing(profile=ProfileCode.COURT_BOARD, audience="ngo", child=False, abroad=False, lawyer_note="")
    with pytest.raises(UserError) as refused:
        require_addressing(wrong)
    assert refused.value.field == "audience"
