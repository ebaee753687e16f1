"""A sealed packet on its way: the file and the slip, written, read back, and compared (packet.md 2, 6.1)."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rehabdesk.core import files, resources
from rehabdesk.core.canon import digits24, sha256_hex
from rehabdesk.core.errors import RehabDeskError, SealBroken, StorageError, UserError
from rehabdesk.core.i18n import speaking, tr
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.file_index.file_index_model import index_of
from rehabdesk.handover.making.slip_model import Slip
from rehabdesk.seals import sealing


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What was written: the sealed file and its slip, and the hashes that the log keeps."""

    file: Path
    slip: Path
    sealed_sha256: str
    pdf_sha256: str
    packet_code: str


def deliver(
    pdf: bytes,
    packet: Handover,
    folder: Path,
    *,
    site_digits: str,
    second_due: datetime | None = None,
    beside: Sequence[tuple[str, bytes]] = (),
) -> Delivered:
    """Seals `pdf` to the keys that its own content names, writes it and the slip into `folder`, and reads it back.

    `second_due`: by when an Express packet with one signature gets its second. `beside`: name and bytes of what goes
    with it, the newest status list.
    UserError for a folder that is not there or files that are already; SealBroken when what was read back differs.
    """
    recipients = [each.age for each in packet.to.recipients if each.age is not None]
    sealed = sealing.seal(pdf, recipients)
    number = packet.packet.number
    file, slip = folder / f"{number}.pdf.age", folder / f"{number}.txt"
    if not folder.is_dir():
        raise UserError(tr("There is no folder {name}. Choose where the sealed file goes.").format(name=folder))
    if file.exists():
        sentence = tr("{name} is there already and is not written over. Delete it there, or choose another folder.")
        raise UserError(sentence.format(name=file.name))
    try:
        with files.on_foreign_medium():
            files.durable_write(file, sealed)
            words = _slip(pdf, sealed, packet, file.name, site_digits, second_due)
            files.durable_write(slip, words.encode("utf-8"))
            kept = files.read_limited(file, sealing.MOST_SEALED_BYTES)
        if kept != sealed:
            raise _not_kept()
        for name, content in beside:
            save_checked(folder / name, content)
    except RehabDeskError:
        with suppress(StorageError):  # what was not read back does not stay, or a second try would find it
            files.remove(file)
        raise
    return Delivered(
        file=file,
        slip=slip,
        sealed_sha256=sha256_hex(sealed),
        pdf_sha256=sha256_hex(pdf),
        packet_code=digits24(pdf),
    )


def save_checked(path: Path, content: bytes) -> Path:
    """Writes a small file for others and reads it back; one that is there already is written over with the newer one.

    UserError for a folder that is not there; SealBroken when what was read back differs.
    """
    if not path.parent.is_dir():
        raise UserError(tr("There is no folder {name}. Choose where the file goes.").format(name=path.parent))
    with files.on_foreign_medium():
        files.durable_write(path, content)
        kept = files.read_limited(path, len(content) + 1)
    if kept != content:
        with suppress(StorageError):
            files.remove(path)
        raise _not_kept()
    return path


def _not_kept() -> SealBroken:
    return SealBroken(tr("The medium did not keep what was written. Nothing on it can be relied on; use another one."))


def _slip(pdf: bytes, sealed: bytes, packet: Handover, name: str, site_digits: str, second_due: datetime | None) -> str:
    """In the packet's language."""
    index = index_of(packet)
    slip = Slip(
        number=packet.packet.number,
        issued=packet.packet.issued,
        team=packet.to.team,
        file=name,
        sealed_size=len(sealed),
        sealed_sha256=sha256_hex(sealed),
        pdf_size=len(pdf),
        pdf_sha256=sha256_hex(pdf),
        packet_code=digits24(pdf),
        site_digits=site_digits,
        second_due=second_due,
        index_sha256="" if index is None else index.pdf_sha256,
    )
    with speaking(packet.packet.languages[0], resources.path("i18n")):
        return slip.text()
