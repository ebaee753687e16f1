"""What `rehabdesk verify` and `rehabdesk open` do: files in, sentences or JSON lines out, an exit status (packet.md 9).

Parsing of the command line is not here.
"""

import json
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rehabdesk.core import files
from rehabdesk.core.canon import sha256_hex
from rehabdesk.core.clock import Clock, SystemClock, stamp, whole_ms
from rehabdesk.core.errors import FormatError, StorageError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.process import ReadyChild
from rehabdesk.core.text import without_isolates
from rehabdesk.handover.checking.brought_service import brought_lines, brought_object
from rehabdesk.handover.checking.examination_service import ANNEX_ALONE, Checked, PacketCheck
from rehabdesk.handover.checking.report_service import card_lines, remarks, report_lines
from rehabdesk.handover.checking.verdict_model import EXIT_STATUS, MAY_BE_OPENED, State, worst_exit_status
from rehabdesk.handover.checking.verdict_words_model import sentence
from rehabdesk.handover.file_index.file_index_check_service import (
    found_words,
    index_words,
    is_called_index,
    may_be_index,
    recognised,
    with_index_beside,
)
from rehabdesk.handover.file_index.file_index_model import IndexFound, IndexIs, index_name
from rehabdesk.seals import sealing
from rehabdesk.seals.sealing import MOST_SEALED_BYTES

_WRONG_USE = 64
_MOST_KEY_FILE_BYTES = 64 << 10
MOST_CARD_BYTES = 256 << 10
MOST_LIST_BYTES = 2 << 20


def verify(
    paths: Sequence[Path],
    *,
    site_cards: Sequence[Path] = (),
    status_lists: Sequence[Path] = (),
    identity: Path | None = None,
    team: str | None = None,
    at: str | None = None,
    language: str = "en",
    as_json: bool = False,
    clock: Clock | None = None,
    say: Callable[[str], None] = print,
    ready: ReadyChild | None = None,
) -> int:
    """Says the verdict on each of `paths`; gives the exit status of the command, 1 before 2 before 0.

    UserError (status 64) for a card, key file or time that cannot be used; a packet that cannot be read is said on
    stderr, the others are still judged, and the status is 64. An annex is judged with the packets among `paths`.
    `ready`: child B, as somebody has started it already.
    """
    moment = _moment(at, clock or SystemClock())
    check = PacketCheck(
        [read_given(path, MOST_CARD_BYTES) for path in site_cards],
        [read_given(path, MOST_LIST_BYTES) for path in status_lists],
    )
    key = _identity(identity)
    judged: list[tuple[str, bytes, Checked]] = []
    unreadable = False
    for path in paths:
        try:
            raw = read_judged(path)
        except UserError as problem:
            print(problem.sentence, file=sys.stderr)
            unreadable = True
            continue
        checked = check.check(raw, moment=moment, at_given=at is not None, identity=key, team=team, ready=ready)
        judged.append((path.name, raw, checked))
    all_checked = recognised(_with_annexes(check, judged, moment=moment, at_given=at is not None, identity=key))
    for (name, raw, _), checked in zip(judged, all_checked, strict=True):
        if as_json:
            say(json.dumps(json_object(checked, name, raw), ensure_ascii=False))
        else:
            _say_report(checked, name, language, say, alone=len(judged) == 1)
    statuses = [checked.verdict.exit_status for checked in all_checked]
    return _WRONG_USE if unreadable else worst_exit_status(statuses)


def open_packet(
    path: Path,
    *,
    out: Path,
    index: Path | None = None,
    site_cards: Sequence[Path] = (),
    identity: Path | None = None,
    language: str = "en",
    clock: Clock | None = None,
    say: Callable[[str], None] = print,
) -> int:
    """Unseals and checks one packet, and writes `{number}.pdf` and `{number}.json` into the folder `out`.

    `index`: its file index, written as `{number}-INDEX.pdf` if it is the one that the packet names; if not, the status
    is 1, or 2 where that cannot be said. By its name it is known in the place of the packet too.

    Nothing is written, and no folder made, in a state in which the content may not be shown.
    """
    if index is not None and is_called_index(path.name) and not is_called_index(index.name):
        path, index = index, path
    moment = _moment(None, clock or SystemClock())
    check = PacketCheck([read_given(card, MOST_CARD_BYTES) for card in site_cards])
    key = _identity(identity)
    checked = check.check(read_judged(path), moment=moment, identity=key)
    if index is not None:
        checked = with_index_beside(checked, read_judged(index), [] if key is None else [key])
    _say_report(checked, path.name, language, say, alone=index is None)
    status = worst_exit_status([checked.verdict.exit_status, _index_status(checked.index)])
    packet = checked.packet
    if packet is None or checked.pdf is None or checked.json is None or checked.verdict.state not in MAY_BE_OPENED:
        say(tr("Nothing was written."))
        return status
    number = packet.packet.number
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise files.storage_error(problem, out.name) from problem
    written = {f"{number}.pdf": checked.pdf, f"{number}.json": checked.json}
    if checked.index is not None and checked.index.pdf is not None:
        written[index_name(number)] = checked.index.pdf
    for name, content in written.items():
        files.durable_write(out / name, content)
        say(tr("Written: {file}").format(file=out / name))
    say(tr("A viewer may show more or less than was checked. Protect these files: they are no longer sealed."))
    return status


def _index_status(found: IndexFound | None) -> int:
    """Of a file index that was given beside its packet."""
    if found is None or found.is_ is IndexIs.NAMED:
        return 0
    return EXIT_STATUS[State.CHANGED if found.is_ is IndexIs.OTHER else State.CANNOT_OPEN]


def _with_annexes(
    check: PacketCheck,
    judged: Sequence[tuple[str, bytes, Checked]],
    *,
    moment: datetime,
    at_given: bool,
    identity: str | None,
) -> list[Checked]:
    """The same files; a clinical annex among them is judged with the packets among them."""
    packets = [checked for _, _, checked in judged]
    return [
        judged_beside(check, raw, packets, moment=moment, at_given=at_given, identity=identity)
        if is_lone_annex(checked)
        else checked
        for _, raw, checked in judged
    ]


def is_lone_annex(checked: Checked) -> bool:
    """Whether it is a clinical annex that was judged without its packet."""
    return ANNEX_ALONE in checked.verdict.reasons


def judged_beside(
    check: PacketCheck,
    raw: bytes,
    packets: Sequence[Checked],
    *,
    moment: datetime,
    at_given: bool = False,
    identity: str | None = None,
) -> Checked:
    """The annex `raw` with the packets that lie beside it, of which one may release it. Its text is in nothing of this.

    Asked for at its first use: an annex knows the pages of annexes, which every other check does without.
    """
    from rehabdesk.handover.annex.annex_check_service import AnnexCheck

    annex = AnnexCheck(check).check(raw, moment=moment, at_given=at_given, identity=identity, beside=packets)
    return annex.as_checked()


def json_object(checked: Checked, name: str, raw: bytes) -> dict[str, Any]:
    """The object of `--json`. Keys may be added in later versions, never changed.

    `sha256` and `packet_code` are of the signed PDF, `file_sha256` of the file as it lies; null where there is none.
    """
    verdict = checked.verdict
    packet = verdict.packet
    return {
        "state": str(verdict.state),
        "number": packet.number if packet is not None else None,
        "signers": [
            {
                "role": signer.role,
                "staff_role": signer.staff_role,
                "name": signer.name,
                "cert_sha256": signer.cert_sha256,
                "stated_at": stamp(signer.stated_at),
            }
            for signer in verdict.signers
        ],
        "reasons": list(verdict.reasons),
        "notes": list(verdict.notes),
        "trusted": verdict.trusted,
        "file": name,
        "file_sha256": sha256_hex(raw),
        "sha256": checked.sha256,
        "packet_code": checked.packet_code,
        "site": verdict.known_site or (packet.site_name if packet is not None else None),
        "site_digits": [site.digits for site in checked.sites],
        "list_age_days": verdict.list_age_days,
        "judged_at": stamp(verdict.judged_at),
    } | _card_object(checked)


def _card_object(checked: Checked) -> dict[str, Any]:
    if checked.site_card is not None:
        return {"card": "site", "card_digits": checked.site_card.digits}
    if checked.team_card is not None:
        return {"card": "team", "card_digits": checked.team_card.digits}
    if checked.brought is not None:
        return brought_object(checked.brought)
    if checked.index_of:
        return {"file_index_of": checked.index_of}
    return {}


def _say_report(checked: Checked, name: str, language: str, say: Callable[[str], None], *, alone: bool) -> None:
    """Terminals show the invisible isolates as boxes: they are for screens and paper. `alone`: no other file came."""
    if checked.site_card is not None or checked.team_card is not None:
        lines = card_lines(checked)
    elif checked.index_of:
        lines = [index_words(checked.index_of), sentence(checked.verdict, language), *remarks(checked.verdict)]
    elif checked.brought is not None:
        lines = [*brought_lines(checked.verdict, checked.brought), *remarks(checked.verdict)]
    elif alone and may_be_index(name, checked):
        lines = [found_words(IndexFound(is_=IndexIs.ALONE)), *report_lines(checked, language)]
    else:
        lines = [*([checked.sentence] if checked.sentence else []), *report_lines(checked, language)]
        lines += [] if checked.index is None else [found_words(checked.index)]
    say(f"{name}")
    for line in lines:
        say("  " + without_isolates(line))


def read_judged(path: Path) -> bytes:
    """The whole file, or one byte more than any packet has. UserError if it cannot be read at all."""
    try:
        if path.is_file():  # a pipe would keep the command waiting for ever
            with path.open("rb") as file:
                return file.read(MOST_SEALED_BYTES + 1)
    except OSError:
        pass
    raise _unreadable(path)


def read_given(path: Path, limit: int) -> bytes:
    """A card or key file, whole. UserError if it cannot be read or holds more than `limit` bytes."""
    try:
        if path.is_file():
            return files.read_limited(path, limit)
    except (StorageError, OSError):
        pass
    raise _unreadable(path)


def _unreadable(path: Path) -> UserError:
    return UserError(tr("The file {name} cannot be read. Check the name and the medium.").format(name=path))


def _identity(path: Path | None) -> str | None:
    return None if path is None else key_in(path)


def key_in(path: Path) -> str:
    """The team's secret key in a key file. UserError if the file cannot be used."""
    try:
        return sealing.identity_in(read_given(path, _MOST_KEY_FILE_BYTES).decode("utf-8"))
    except UnicodeDecodeError:
        raise UserError(tr("The key file is not a text file. Give the team's age identity.")) from None
    except FormatError as problem:
        raise UserError(problem.sentence) from problem


def _moment(at: str | None, clock: Clock) -> datetime:
    if at is None:
        return clock.now()
    try:
        return whole_ms(datetime.fromisoformat(at))
    except (ValueError, OverflowError):
        raise UserError(tr("The time is not understood. Write it as 2026-11-24T09:00:00Z.")) from None
