"""What public tools say about a good packet; their text is read, never their exit status (packet.md 13)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.seals.packet.workshop import JSON, Site, ranges_of


def _tool(name: str) -> None:
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")


def _run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def folder(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("packet")
    (made / "RD.pdf").write_bytes(site.packet)
    (made / "root.der").write_bytes(site.root.certificate)
    (made / "site.crl").write_bytes(site.crl)
    _tool("openssl")
    _run(made, "openssl", "x509", "-inform", "DER", "-in", "root.der", "-out", "site-root.pem")
    _run(made, "openssl", "crl", "-inform", "DER", "-in", "site.crl", "-out", "site-crl.pem")
    return made


def test_pdfsig_with_the_site_in_its_database(folder: Path) -> None:
    for name in ("pdfsig", "certutil", "crlutil"):
        _tool(name)
    (folder / "nss").mkdir()
    _run(folder, "certutil", "-N", "-d", "sql:nss", "--empty-password")
    _run(folder, "certutil", "-A", "-d", "sql:nss", "-n", "site", "-t", ",C,", "-i", "site-root.pem")
    _run(folder, "crlutil", "-I", "-t", "1", "-i", "site.crl", "-d", "sql:nss")

    said = _run(folder, "pdfsig", "-nssdir", "sql:nss", "RD.pdf")

    assert said.count("Signature Validation: Signature is Valid.") == 2
    assert said.count("Certificate Validation: Certificate is Trusted.") == 2
    assert said.count("Signature #") == 2
    assert said.rstrip().split("Signature #2")[1].count("Total document signed") == 1
    assert "ETSI.CAdES.detached" in said


def test_openssl_on_the_cut_out_parts_with_the_list(site: Site, folder: Path) -> None:
    certificates = (folder / "site-root.pem").read_text() + (folder / "site-crl.pem").read_text()
    (folder / "ca.pem").write_text(certificates)
    for signed in ranges_of(site.packet):
        raw = bytes.fromhex(site.packet[signed.gap_start + 1 : signed.gap_end - 1].decode())
        (folder / "sig").write_bytes(raw)
        (folder / "part").write_bytes(site.packet[: signed.gap_start] + site.packet[signed.gap_end : signed.end])

        said = _run(
            folder, "openssl", "cms", "-verify", "-cades", "-binary", "-crl_check", "-inform", "DER", "-in", "sig",
            "-content", "part", "-CAfile", "ca.pem", "-attime", str(int(site.at.timestamp())), "-out", "none",
        )  # fmt: skip

        assert "CAdES Verification successful" in said


def test_pyhankos_command_line(folder: Path) -> None:
    program = Path(sys.executable).with_name("pyhanko")
    if not program.exists():
        pytest.skip("the pyhanko command line is not installed")

    said = _run(
        folder, str(program), "sign", "validate", "--pretty-print", "--trust", "site-root.pem", "--trust-replace",
        "RD.pdf",
    )  # fmt: skip

    assert said.count("The signature is judged VALID.") == 2
    assert said.count("The signature is cryptographically sound.") == 2
    assert "INVALID" not in said


def test_mutool_qpdf_and_pdfdetach(folder: Path) -> None:
    for name in ("mutool", "qpdf", "pdfdetach"):
        _tool(name)

    signatures = _run(folder, "mutool", "sign", "-v", "RD.pdf")
    check = _run(folder, "qpdf", "--check", "RD.pdf")
    _run(folder, "pdfdetach", "-save", "1", "-o", "handover.json", "RD.pdf")

    assert signatures.count("The signature is valid but there have been edits since signing.") == 1
    assert signatures.count("The document is unchanged since signing.") == 1
    assert "Digest error" not in signatures
    assert "No syntax or stream encoding errors found" in check
    assert (folder / "handover.json").read_bytes() == JSON


def test_pdfinfo_shows_the_neutral_description(folder: Path) -> None:
    _tool("pdfinfo")

    said = _run(folder, "pdfinfo", "RD.pdf")

    assert "Personal resettlement file RD-NORD-2026-000124-Y" in said
    assert "2.0" in said
    assert "Producer" not in said
    assert "JavaScript:      no" in said
