"""Everything signed that is no PDF is read by openssl alone: cards, lists, receipts, feedback (packet.md 13). What it
shows is compared, never its exit status.
"""

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from rehabdesk.core.canon import b64, sha256_hex, unb64
from rehabdesk.handover.after import receipt_service
from rehabdesk.handover.after.feedback_model import FeedbackKind
from rehabdesk.handover.after.receipt_model import Decision
from rehabdesk.handover.after.status_list_model import NEXT_AFTER, StatusList
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.trust.teams_service import make_team_card
from rehabdesk.handover.wire import encode
from rehabdesk.seals import certificates
from rehabdesk.seals.cards import content_of, sign_card
from rehabdesk.seals.certificates import KeyPair
from rehabdesk.seals.pdf_signature import SigningKey
from tests.handover.made import MadeSite
from tests.handover.workplace import TEAM

KINDS = ("site", "status", "team", "receipt", "feedback")


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A file, and the certificate that vouches for it."""

    raw: bytes
    issuer: bytes


@pytest.fixture(scope="module")
def files(made: MadeSite) -> Mapping[str, Signed]:
    private = certificates.new_private_key()
    own = certificates.self_issued(
        private=private, country=TEAM.country, organisation=TEAM.org, name=TEAM.name, at=made.at
    )
    key, packet, root = KeyPair(private=private, certificate=own), made.content().packet, made.root.certificate
    held = receipt_service.HeldPacket(number=packet.number, pdf_sha256=sha256_hex(made.packet), state=State.GENUINE)
    receipt_key = SigningKey(pair=key, root=own)
    _, receipt = receipt_service.make_receipt(
        held, decision=Decision.QUERY, by="Marième Sow", key=receipt_key, at=made.at, note="متى يصل؟"
    )
    told = receipt_service.Answer(
        number=packet.number, kind=FeedbackKind.NO_SHOW, by="Marième Sow", answers={"q1": "yes", "q9": "لا نقود"}
    )
    _, feedback = receipt_service.make_feedback(told, key=receipt_key, at=made.at)
    listed = StatusList(
        format="rehabdesk-status",
        version="1.0",
        site="DEMO",
        seq=1,
        issued=made.at,
        next_due=made.at + NEXT_AFTER,
        crl=b64(certificates.revocation_list(made.root, number=1, at=made.at)),
        entries=(),
    )
    team = make_team_card(TEAM, identity=made.identity, private=private, at=made.at)
    return {
        "site": Signed(raw=made.site_card(), issuer=root),
        "status": Signed(raw=sign_card(encode(listed), key=made.card_key.pair, root=root, at=made.at), issuer=root),
        "team": Signed(raw=team, issuer=unb64(json.loads(content_of(team))["certificate"])),
        "receipt": Signed(raw=receipt, issuer=own),
        "feedback": Signed(raw=feedback, issuer=own),
    }


def shown(folder: Path, raw: bytes, issuer: bytes, at: int) -> tuple[bytes, str]:
    """What openssl takes out of a file, and what it says."""
    (folder / "signed").write_bytes(raw)
    (folder / "issuer.der").write_bytes(issuer)
    (folder / "content").unlink(missing_ok=True)
    said = ""
    for command in (
        ("openssl", "x509", "-inform", "DER", "-in", "issuer.der", "-out", "issuer.pem"),
        (
            *("openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "signed"),
            *("-CAfile", "issuer.pem", "-attime", str(at), "-out", "content"),
        ),
    ):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
        said += done.stdout + done.stderr
    content = folder / "content"
    return content.read_bytes() if content.exists() else b"", said


@pytest.mark.parametrize("kind", KINDS)
def test_openssl_shows_what_was_signed_and_nothing_of_what_was_changed(
    files: Mapping[str, Signed], made: MadeSite, tmp_path: Path, kind: str
) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed; `packaging/dev.py test` installs it")
    file, at = files[kind], int(made.at.timestamp())
    content, said = shown(tmp_path, file.raw, file.issuer, at)
    assert "CAdES Verification successful" in said
    assert content == content_of(file.raw)
    assert json.loads(content)["format"] == f"rehabdesk-{kind}"
    _, said = shown(tmp_path, file.raw.replace(b"rehabdesk-", b"rehabdesK-", 1), file.issuer, at)
    assert "verification successful" not in said.lower()
    assert "failure" in said.lower()
    _, said = shown(tmp_path, file.raw, MadeSite.new(made.at).root.certificate, at)
    assert "verification successful" not in said.lower(), "another root"
