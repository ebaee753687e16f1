"""The slip beside a sealed packet: plain text without personal data, in the language that is spoken (packet.md 2).

Terminals and editors show it as it is: values and commands stand at the end of a line or on one of their own, so that
right-to-left labels need no isolates.
"""

from dataclasses import dataclass
from datetime import datetime

from rehabdesk.core.i18n import tr
from rehabdesk.handover.file_index.file_index_model import index_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Sizes in bytes. `second_due`: by when an Express packet with one signature gets its second.

    `index_sha256`: of the file index that lies sealed beside it, "" where there is none.
    """

    number: str
    issued: datetime
    team: str
    file: str
    sealed_size: int
    sealed_sha256: str
    pdf_size: int
    pdf_sha256: str
    packet_code: str
    site_digits: str
    second_due: datetime | None = None
    index_sha256: str = ""

    def text(self) -> str:
        """The whole file."""
        head = tr("REHABDESK SLIP - no personal data; this paper proves nothing by itself")
        return "\n".join([head, *self._facts(), "", tr("How to check"), *self._steps(), ""])

    def _facts(self) -> list[str]:
        return [
            f"{label}: {value}"
            for label, value in (
                (tr("number"), self.number),
                (tr("issued"), f"{self.issued:%Y-%m-%d %H:%M} UTC"),
                (tr("team"), self.team),
                (tr("sealed file"), self.file),
                (tr("bytes of the sealed file"), str(self.sealed_size)),
                (tr("SHA-256 of the sealed file"), self.sealed_sha256),
                (tr("PDF inside"), f"{self.number}.pdf"),
                (tr("bytes of the PDF"), str(self.pdf_size)),
                (tr("SHA-256 of the PDF"), self.pdf_sha256),
                (tr("packet code"), self.packet_code),
                (tr("site digits"), self.site_digits),
                *self._index(),
            )
        ]

    def _index(self) -> tuple[tuple[str, str], ...]:
        if not self.index_sha256:
            return ()
        name = index_name(self.number)
        return ((tr("file index, sealed"), f"{name}.age"), (tr("SHA-256 of the file index"), self.index_sha256))

    def _steps(self) -> list[str]:
        """Six steps, commands below their words."""
        pdf = f"{self.number}.pdf"
        steps = (
            (
                tr(
                    "Call the sender on a number that you already know and compare number, packet code and site digits."
                ),
                (),
            ),
            (tr("Open it:"), (f"age -d -i team.agekey -o {pdf} {self.file}",)),
            (tr("Its hash, without and with Windows:"), (f"sha256sum {pdf}", f"certutil -hashfile {pdf} SHA256")),
            (tr("The verdict:"), (f"rehabdesk verify {self.file} --site SITE.rdsite --identity team.agekey",)),
            (self._signatures(), (f"pdfsig -nssdir sql:nss {pdf}",)),
            (tr("If anything differs, do not use the file. Tell the sender."), ()),
        )
        return [
            line
            for place, (words, commands) in enumerate(steps, start=1)
            for line in (f"{place}. {words}", *(f"   {command}" for command in commands))
        ]

    def _signatures(self) -> str:
        if self.second_due is None:
            return tr("Or look at the signatures: two signatures, two people, the last “Total document signed”.")
        return tr("EXPRESS: one signature so far. The second is due by {due}; a completed file follows.").format(
            due=f"{self.second_due:%Y-%m-%d %H:%M} UTC"
        )
