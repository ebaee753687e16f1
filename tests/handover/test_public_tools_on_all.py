"""Every kind of packet in every language is good for the tools that its readers have (packet.md 13); their words are
read, never their exit status. So are Express packets with one signature and, completed, with two, and clinical annexes.

Cards, lists, receipts and feedback: `test_public_tools_on_cards.py`.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from rehabdesk.core.canon import sha256_hex
from rehabdesk.core.i18n import LANGUAGES
from rehabdesk.handover.annex import annex_making_service
from rehabdesk.handover.annex.annex_pdf import Sender
from rehabdesk.handover.content.packet_model import Handover, Sections
from rehabdesk.handover.content.profile_model import PROFILES, ProfileCode
from rehabdesk.handover.making.express_model import LONGEST_EXPRESS
from rehabdesk.handover.making.layout_service import lay_out
from rehabdesk.seals import certificates
from rehabdesk.seals.pdf_signature import certify
from rehabdesk.seals.raw_scan import find_ranges
from tests.handover import sample
from tests.handover.made import MadeSite
from tests.seals.packet.workshop import STAMP

ONE, COMPLETED, ANNEX = "express-with-one-signature", "express-completed", "annex"
ALL = [f"{kind}-{language}" for kind in (*ProfileCode, ONE, COMPLETED, ANNEX) for language in LANGUAGES]
VALIDATE = (
    "import sys\nfrom pyhanko.cli import cli_root\n"
    "for file in sys.argv[2:]:\n"
    "    print('FILE', file, flush=True)\n"
    "    words = ['sign', 'validate', '--pretty-print', '--trust', sys.argv[1], '--trust-replace', file]\n"
    "    cli_root.main(words, standalone_mode=False)\n"
)
"""The command line of pyHanko itself, loaded once for all files."""


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """A folder with a packet of each kind, and what a team has of the site."""

    folder: Path
    site: MadeSite

    def run(self, *command: str) -> str:
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, timeout=120)
        return done.stdout + done.stderr

    def pdf(self, name: str) -> bytes:
        return (self.folder / f"{name}.pdf").read_bytes()


def signatures_in(name: str) -> int:
    """How many people signed it."""
    return 1 if name.startswith((ONE, ANNEX)) else 2


def attached_to(name: str) -> bytes:
    """How what is attached for machines begins, by its format."""
    return b'"format":"rehabdesk-annex"' if name.startswith(ANNEX) else b'"format":"rehabdesk-handover"'


def annex_of(site: MadeSite, language: str) -> bytes:
    """A clinical annex that its psychologist signed."""
    content, psychologist = site.content(), site.member("PSY", "Psychologist 7")
    annex = sample.annex(content.packet.number, cert_sha256=sha256_hex(psychologist.pair.certificate))
    sender = Sender(
        site=content.site.name,
        country=content.site.country,
        phone=content.site.phone,
        person_ref=content.packet.case_ref,
        language=language,
        issued=content.packet.issued,
    )
    prepared = annex_making_service.lay(annex, sender).prepared
    return certify(prepared, key=psychologist, stamp=STAMP, at=site.at, allows_countersignature=False)


def content_of(site: MadeSite, profile: ProfileCode, language: str) -> Handover:
    whole, codes = site.content(), PROFILES[profile].sections
    kept = {code: section for code, section in whole.sections.present().items() if code in codes}
    sections = Sections(**kept)  # type: ignore[arg-type]  # sections by their codes
    made = replace(whole, sections=sections, manifest=sample.manifest_of(sections, profile))
    return sample.with_head(made, profile=profile, languages=(language,))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    for program in ("age", "pdfsig", "certutil", "crlutil", "openssl", "mutool", "qpdf", "pdfdetach"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed; `packaging/dev.py test` installs it")
    site = MadeSite.new()
    found = Shelf(folder=tmp_path_factory.mktemp("packets"), site=site)
    for profile in ProfileCode:
        for language in LANGUAGES:
            prepared = lay_out(content_of(site, profile, language), version="0").prepared
            signed = site.completed(site.certified(prepared))
            (found.folder / f"{profile.value}-{language}.pdf").write_bytes(signed)
    for language in LANGUAGES:
        pending = sample.with_head(
            content_of(site, ProfileCode.EXPRESS, language), countersign_due=sample.ISSUED + LONGEST_EXPRESS
        )
        sent = site.certified(lay_out(pending, version="0").prepared)
        (found.folder / f"{ONE}-{language}.pdf").write_bytes(sent)
        (found.folder / f"{COMPLETED}-{language}.pdf").write_bytes(site.completed(sent))
        (found.folder / f"{ANNEX}-{language}.pdf").write_bytes(annex_of(site, language))
    (found.folder / "root.der").write_bytes(site.root.certificate)
    (found.folder / "site.crl").write_bytes(certificates.revocation_list(site.root, number=1, at=site.at))
    found.run("openssl", "x509", "-inform", "DER", "-in", "root.der", "-out", "site-root.pem")
    found.run("openssl", "crl", "-inform", "DER", "-in", "site.crl", "-out", "site-crl.pem")
    return found


def bad(said_good: Callable[[str], bool]) -> list[str]:
    """The names of those packets of which it is not said."""
    return [name for name in ALL if not said_good(name)]


def test_pdfsig_trusts_both_signatures(shelf: Shelf) -> None:
    (shelf.folder / "nss").mkdir()
    shelf.run("certutil", "-N", "-d", "sql:nss", "--empty-password")
    shelf.run("certutil", "-A", "-d", "sql:nss", "-n", "site", "-t", ",C,", "-i", "site-root.pem")
    shelf.run("crlutil", "-I", "-t", "1", "-i", "site.crl", "-d", "sql:nss")

    def good(name: str) -> bool:
        said = shelf.run("pdfsig", "-nssdir", "sql:nss", f"{name}.pdf")
        many, fields = signatures_in(name), 1 if name.startswith(ANNEX) else 2
        counts = [said.count(words) for words in ("Signature is Valid.", "Certificate is Trusted.", "Signature #")]
        last = said.split(f"Signature #{many}")[1].partition("Signature #")[0]
        unsigned = said.count("The signature form field is not signed.")
        return counts == [many, many, fields] and unsigned == fields - many and "Total document signed" in last

    assert bad(good) == []


def test_openssl_verifies_what_is_cut_out(shelf: Shelf) -> None:
    (shelf.folder / "ca.pem").write_text("".join((shelf.folder / f"site-{w}.pem").read_text() for w in ("root", "crl")))

    def good(name: str) -> bool:
        pdf, said = shelf.pdf(name), ""
        for signed in find_ranges(pdf)[0][: signatures_in(name)]:
            (shelf.folder / "sig").write_bytes(bytes.fromhex(pdf[signed.gap_start + 1 : signed.gap_end - 1].decode()))
            (shelf.folder / "part").write_bytes(pdf[: signed.gap_start] + pdf[signed.gap_end : signed.end])
            said += shelf.run(
                *("openssl", "cms", "-verify", "-cades", "-binary", "-crl_check", "-inform", "DER", "-in", "sig"),
                *("-content", "part", "-CAfile", "ca.pem", "-attime", str(int(shelf.site.at.timestamp()))),
                *("-out", "none"),
            )
        return said.count("CAdES Verification successful") == signatures_in(name)

    assert bad(good) == []


def test_pyhankos_command_line_finds_nothing_wrong(shelf: Shelf) -> None:
    files = [f"{name}.pdf" for name in ALL]
    said = shelf.run(sys.executable, "-c", VALIDATE, "site-root.pem", *files).split("FILE ")[1:]

    assert len(said) == len(ALL)
    counts = [each.count("The signature is judged VALID.") for each in said]
    assert counts == [signatures_in(name) for name in ALL]
    assert not any("INVALID" in each for each in said)


def test_mutool_qpdf_and_pdfdetach_read_each(shelf: Shelf) -> None:
    def good(name: str) -> bool:
        file = f"{name}.pdf"
        signatures, checked = shelf.run("mutool", "sign", "-v", file), shelf.run("qpdf", "--check", file)
        shelf.run("pdfdetach", "-save", "1", "-o", "handover.json", file)
        return (
            signatures.count("The document is unchanged since signing.") == 1
            and "Digest error" not in signatures
            and "No syntax or stream encoding errors found" in checked
            and attached_to(name) in (shelf.folder / "handover.json").read_bytes()
        )

    assert bad(good) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_completed_express_packet_begins_with_the_one_that_was_sent(shelf: Shelf, language: str) -> None:
    assert shelf.pdf(f"{COMPLETED}-{language}").startswith(shelf.pdf(f"{ONE}-{language}"))


def test_age_opens_each_seal(shelf: Shelf) -> None:
    from rehabdesk.seals import sealing

    (shelf.folder / "team.agekey").write_text(shelf.site.identity)
    (shelf.folder / "team.agekey").chmod(0o600)

    def good(name: str) -> bool:
        sealed = sealing.seal(shelf.pdf(name), [sealing.recipient_of(shelf.site.identity)])
        (shelf.folder / "sealed.age").write_bytes(sealed)
        shelf.run("age", "-d", "-i", "team.agekey", "-o", "opened.pdf", "sealed.age")
        return (shelf.folder / "opened.pdf").read_bytes() == shelf.pdf(name)

    assert bad(good) == []
