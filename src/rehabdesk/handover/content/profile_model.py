"""Which sections a packet for which reader holds, in which form, and which are required (domain.md 10.2, 10.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class SectionCode(StrEnum):
    """S0 is the manifest itself and is never listed in it."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"
    S5 = "S5"
    S6 = "S6"
    S7 = "S7"
    S8 = "S8"
    S9 = "S9"
    S10 = "S10"
    S11 = "S11"
    S12 = "S12"
    S13 = "S13"
    S14 = "S14"


class Form(StrEnum):
    FULL = "full"
    SHORT = "short"
    NAME_ONLY = "name_only"


class ProfileCode(StrEnum):
    SUPERVISING_OFFICER = "supervising_officer"
    NGO_MENTOR = "ngo_mentor"
    COMMUNITY_PSYCHOLOGIST = "community_psychologist"
    FAITH_MENTOR = "faith_mentor"
    RECEIVING_PRISON = "receiving_prison"
    LAWYER_PERSON = "lawyer_person"
    COURT_BOARD = "court_board"
    EXPRESS = "express"


_REQUIRED = frozenset(
    {
        SectionCode.S1,
        SectionCode.S2,
        SectionCode.S3,
        SectionCode.S4,
        SectionCode.S5,
        SectionCode.S6,
        SectionCode.S8,
        SectionCode.S12,
        SectionCode.S13,
    }
)


OFF_BY_DEFAULT = frozenset({SectionCode.S9, SectionCode.S11, SectionCode.S14})
"""Sections that go in only where the author puts them in (domain.md 10.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """`always`: sections that are optional elsewhere and required here. `with_rights`: a page of rights goes along."""

    code: ProfileCode
    title: str
    sections: tuple[SectionCode, ...]
    s1_form: Form = Form.FULL
    signatures: int = 2
    always: frozenset[SectionCode] = frozenset()
    with_rights: bool = False

    @property
    def required(self) -> tuple[SectionCode, ...]:
        """Sections that are printed with their reason even when they are empty."""
        return tuple(code for code in self.sections if code in _REQUIRED | self.always)

    @property
    def optional(self) -> tuple[SectionCode, ...]:
        """Sections that the author may put in or leave out."""
        return tuple(code for code in self.sections if code not in self.required)

    def chosen_by_default(self, *, child: bool = False) -> frozenset[SectionCode]:
        """The sections that are in it while nobody chose otherwise; words of progress not of a child (G27)."""
        off = OFF_BY_DEFAULT | ({SectionCode.S7} if child else frozenset())
        return frozenset(code for code in self.sections if code in self.required or code not in off)

    def form_of(self, section: SectionCode) -> Form:
        return self.s1_form if section is SectionCode.S1 else Form.FULL


def _sections(*numbers: int) -> tuple[SectionCode, ...]:
    return tuple(SectionCode(f"S{number}") for number in numbers)


_PROFILES = (
    Profile(
        code=ProfileCode.SUPERVISING_OFFICER,
        title="Supervising officer",
        sections=_sections(1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 14),
    ),
    Profile(
        code=ProfileCode.NGO_MENTOR,
        title="NGO or mentor",
        sections=_sections(1, 3, 4, 5, 6, 10, 12, 13),
        s1_form=Form.SHORT,
    ),
    Profile(
        code=ProfileCode.COMMUNITY_PSYCHOLOGIST,
        title="Community psychologist",
        sections=_sections(1, 3, 6),
    ),
    Profile(
        code=ProfileCode.FAITH_MENTOR,
        title="Faith mentor",
        sections=_sections(1, 3, 11, 13),
        s1_form=Form.NAME_ONLY,
    ),
    Profile(
        code=ProfileCode.RECEIVING_PRISON,
        title="Receiving prison",
        sections=_sections(*range(1, 15)),
    ),
    Profile(
        code=ProfileCode.LAWYER_PERSON,
        title="Lawyer or the person",
        sections=_sections(1, 2, 3, 4, 6),
        s1_form=Form.SHORT,
        with_rights=True,
    ),
    Profile(
        code=ProfileCode.COURT_BOARD,
        title="Court or board",
        sections=_sections(2, 3, 5, 7),
        always=frozenset({SectionCode.S7}),
    ),
    Profile(
        code=ProfileCode.EXPRESS,
        title="Express",
        sections=_sections(1, 2, 4, 6, 8, 12, 13),
        signatures=1,
    ),
)

PROFILES: Mapping[ProfileCode, Profile] = {profile.code: profile for profile in _PROFILES}
