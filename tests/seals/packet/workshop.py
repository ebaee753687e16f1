"""A site made for one test run, with real keys: its people, its packets, and tools to spoil them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from io import BytesIO
from typing import Any

from rehabdesk.seals import certificates, pdf_signature
from rehabdesk.seals.certificates import KeyPair
from rehabdesk.seals.examiner import examine
from rehabdesk.seals.findings import Findings
from rehabdesk.seals.pdf_preparation import AUTHOR_FIELD, SUPERVISOR_FIELD, Box, Description, prepare
from rehabdesk.seals.pdf_signature import SigningKey, certify, countersign
from rehabdesk.seals.raw_scan import SignedRange, find_ranges

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
JSON = b'{"format":"rehabdesk-handover","text":"' + b"housing; " * 400 + b'"}'
AUTHOR_BOX = Box(page=-1, left=60, bottom=600, right=290, top=680)
SUPERVISOR_BOX = Box(page=-1, left=310, bottom=600, right=540, top=680)
DESCRIPTION = Description(
    title="Personal resettlement file RD-NORD-2026-000124-Y",
    author="North & South site",
    creator="RehabDesk 0.1",
    language="en",
    issued=AT,
)


def tiny_pdf(pages: int = 3, width: int = 595, height: int = 842, page_entries: dict[str, Any] | None = None) -> bytes:
    """A few pages with a line on each; `page_entries` go into the dictionary of every page."""
    from pyhanko.pdf_utils import generic, writer

    made = writer.PdfFileWriter(stream_xrefs=False)
    for number in range(pages):
        drawing = generic.StreamObject(stream_data=b"0 0 %d 20 re S " % (10 + number))
        page = writer.PageObject(contents=made.add_object(drawing), media_box=(0, 0, width, height))
        for key, value in (page_entries or {}).items():
            page[generic.NameObject(key)] = value
        made.insert_page(page)
    out = BytesIO()
    made.write(out)
    return out.getvalue()


STAMP = tiny_pdf(1, 230, 80)


@dataclass(frozen=True, kw_only=True)
class Site:
    """A root with its people, and packets signed by them (each made once)."""

    root: KeyPair
    at: datetime = AT

    @classmethod
    def new(cls, name: str = "North site", at: datetime = AT) -> Site:
        return cls(root=certificates.make_root(site_name=name, country="FR", at=at), at=at)

    def member(self, role: str, name: str, *, at: datetime | None = None) -> SigningKey:
        private = certificates.new_private_key()
        certificate = certificates.issue(
            self.root, public=certificates.public_key(private), staff_role=role, name=name, at=at or self.at
        )
        return self.key(private, certificate)

    def key(self, private: bytes, certificate: bytes) -> SigningKey:
        return SigningKey(pair=KeyPair(private=private, certificate=certificate), root=self.root.certificate)

    @cached_property
    def author(self) -> SigningKey:
        return self.member("CO", "Amal Officer")

    @cached_property
    def supervisor(self) -> SigningKey:
        return self.member("SUP", "Sam Supervisor")

    @cached_property
    def crl(self) -> bytes:
        return certificates.revocation_list(self.root, number=1, at=self.at)

    @cached_property
    def prepared(self) -> bytes:
        return prepared()

    @cached_property
    def certified(self) -> bytes:
        return certify(self.prepared, key=self.author, stamp=STAMP, at=self.at)

    @cached_property
    def packet(self) -> bytes:
        return countersign(self.certified, key=self.supervisor, stamp=STAMP, at=self.at)

    def examine(self, pdf: bytes, *, crl: bytes | None = None, moment: datetime | None = None) -> Findings:
        """As a team that has pinned this site and holds its list."""
        return examine(
            pdf, roots=(self.root.certificate,), crls=(self.crl if crl is None else crl,), moment=moment or self.at
        )

    def sign_twice(self, pdf: bytes, first: SigningKey | None = None, second: SigningKey | None = None) -> bytes:
        """Both signatures without our own examination: what a forger with good keys would do."""
        return sign_blindly(
            sign_blindly(pdf, first or self.author, AUTHOR_FIELD), second or self.supervisor, SUPERVISOR_FIELD
        )


def prepared(pages: bytes | None = None, *, attachment: bytes = JSON, name: str = "handover.json") -> bytes:
    """Pages made ready for two signatures."""
    return prepare(
        pages or tiny_pdf(),
        attachment=attachment,
        attachment_name=name,
        attachment_note="The same content for machines",
        description=DESCRIPTION,
        author_box=AUTHOR_BOX,
        supervisor_box=SUPERVISOR_BOX,
    )


def sign_blindly(pdf: bytes, key: SigningKey, field: str) -> bytes:
    """A signature that nobody checks, with the same code that makes the good ones."""
    from pyhanko.sign.fields import MDPPerm

    return pdf_signature._sign(
        pdf,
        key,
        field,
        stamp=STAMP,
        at=AT,
        reason="as usual",
        certifies=MDPPerm.FILL_FORMS if field == AUTHOR_FIELD else None,
    )


def rewritten(pdf: bytes, change: Callable[[Any], None]) -> bytes:
    """`pdf` written anew after `change` of the writer, with the metadata left alone."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import PdfFileWriter

    class Writer(PdfFileWriter):
        def _update_meta(self) -> None:
            pass

    source = PdfFileReader(BytesIO(pdf))
    made: Any = Writer(stream_xrefs=False, init_page_tree=False)  # type: ignore[no-untyped-call]  # theirs
    copied: Any = made.import_object(source.root)
    made.root.update(copied)
    info: Any = made.import_object(source.trailer["/Info"])
    made.set_info(info)
    change(made)
    made.output_version = (2, 0)
    out = BytesIO()
    made.write(out)
    return out.getvalue()


def updated(pdf: bytes, change: Callable[[Any], None]) -> bytes:
    """`pdf` followed by an incremental update."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer: Any = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def ranges_of(pdf: bytes) -> tuple[SignedRange, ...]:
    """The signed ranges of a good packet."""
    ranges, reasons = find_ranges(pdf)
    assert reasons == ()
    return ranges


def flipped(pdf: bytes, at: int, bit: int = 0) -> bytes:
    """One bit changed."""
    return pdf[:at] + bytes([pdf[at] ^ (1 << bit)]) + pdf[at + 1 :]
