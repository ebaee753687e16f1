"""What a desk keeps about annexes: that one was asked for, for the team; what it says, for psychologists alone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rehabdesk.handover.annex.annex_model import AnnexState
from rehabdesk.handover.content.profile_model import ProfileCode


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexRequest:
    """A case officer asks a psychologist (uid). `number` is kept for the packet of that draft, and for nothing else."""

    number: str
    draft: str
    psychologist: str
    profile: ProfileCode
    team_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexStep:
    """A new state of a request: codes, hashes and the clinician's name, never a word of the annex."""

    request: str
    state: AnnexState
    for_name: str = ""
    pdf_sha256: str = ""
    sealed_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexRecord:
    """A signed annex. `content`: the canonical JSON; `clinician`: whose key it is sealed to."""

    request: str
    number: str
    clinician: str
    for_name: str
    issued: datetime
    content: str
    pdf_sha256: str
    sealed_sha256: str


class Bytes(StrEnum):
    """Which bytes of an annex lie in a part."""

    SIGNED = "signed"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexPart:
    """Part of the bytes of an annex, base64; `part` counts from 0."""

    annex: str
    which: Bytes
    sha256: str
    part: int
    parts: int
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedAnnex:
    """An annex from elsewhere that was genuine when it was kept: outside source, never a note of ours."""

    number: str
    site: str
    author_name: str
    approved_by: str
    content: str
    pdf_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAnnex:
    """A request as it stands now. `officer`: who asked; `for_name` and hash from the moment that it is ready."""

    id: str
    person: str
    officer: str
    asked_at: datetime
    request: AnnexRequest
    state: AnnexState
    for_name: str = ""
    pdf_sha256: str = ""

    @property
    def number(self) -> str:
        return self.request.number


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedAnnex:
    """An annex as it is being written: nothing needs to be complete. `clinician`: id of whose key it goes to."""

    clinician: str = ""
    treatment_summary: str = ""
    formulation: str = ""
    onward_plan: str = ""
    lang: str = ""
