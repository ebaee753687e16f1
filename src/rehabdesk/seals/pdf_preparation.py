"""From finished pages to a PDF that is ready to sign: attachment, metadata that agree, two signature fields.

The result is written anew from what the catalog reaches, so it holds no object that nothing points to (packet.md 3.3).
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from pyhanko.pdf_utils.generic import DictionaryObject
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import PdfFileWriter

AUTHOR_FIELD = "AuthorSignature"
SUPERVISOR_FIELD = "SupervisorSignature"
ATTACHMENT_TYPE = "application/json"
_KEPT_OF_CATALOG = {"/Type", "/Pages", "/Outlines", "/PageMode", "/MarkInfo", "/StructTreeRoot", "/OutputIntents"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Where a signature field lies: page from 0, -1 being the last; points from the lower left corner."""

    page: int
    left: int
    bottom: int
    right: int
    top: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What Info and XMP say, word for word the same. `language` is a BCP 47 tag, `issued` in UTC."""

    title: str
    author: str
    creator: str
    language: str
    issued: datetime


def prepare(
    pages: bytes,
    *,
    attachment: bytes,
    attachment_name: str,
    attachment_note: str,
    description: Description,
    author_box: Box,
    supervisor_box: Box | None,
) -> bytes:
    """The PDF with its one attachment and its empty signature fields. `supervisor_box` is None for an annex only.

    `pages` is our own layout's output; nothing of its catalog survives but pages, outlines, tags and language marks.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    source = PdfFileReader(BytesIO(pages), strict=True)
    writer = _copy_of(source)
    _attach(writer, attachment, attachment_name, attachment_note, description.issued)
    _add_fields(writer, author_box, supervisor_box)
    _describe(writer, description)
    writer.output_version = (2, 0)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def xmp_packet(description: Description) -> bytes:
    """The XMP that belongs to `description`: the only one a packet may hold, so a reader compares whole bytes."""
    title, author, creator, language = (
        html.escape(text, quote=False).replace('"', "&quot;")  # what XML's own function writes, without its network
        for text in (description.title, description.author, description.creator, description.language)
    )
    when = f"{description.issued.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"
    return f"""<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{when}</xmp:CreateDate>
<xmp:ModifyDate>{when}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode()


def _copy_of(source: PdfFileReader) -> PdfFileWriter:
    from pyhanko.pdf_utils.writer import PdfFileWriter

    class Writer(PdfFileWriter):
        """Leaves our metadata as they are: the library would write its own name and the machine's time."""

        def _update_meta(self) -> None:
            pass

    writer: PdfFileWriter = Writer(stream_xrefs=False, init_page_tree=False)  # type: ignore[no-untyped-call]  # theirs
    root = source.root
    for key in set(root) - _KEPT_OF_CATALOG:
        del root[key]
    # one import for all, so that an object which two branches share stays one object
    writer.root.update(cast("DictionaryObject", writer.import_object(root)))
    return writer


def _attach(writer: PdfFileWriter, data: bytes, name: str, note: str, issued: datetime) -> None:
    from pyhanko.pdf_utils import embed
    from pyhanko.pdf_utils.generic import NameObject

    params = embed.EmbeddedFileParams(creation_date=issued, modification_date=issued)
    file = embed.EmbeddedFileObject.from_file_data(
        writer, data=data, compress=True, params=params, mime_type=ATTACHMENT_TYPE
    )
    embed.embed_file(
        writer,
        embed.FileSpec(
            name,
            file_name=name,
            embedded_data=file,
            description=note,
            af_relationship=NameObject("/Data"),
        ),
    )


def _add_fields(writer: PdfFileWriter, author: Box, supervisor: Box | None) -> None:
    from pyhanko.sign import fields

    def place(name: str, box: Box, *, locks: bool) -> None:
        lock = fields.FieldMDPSpec(fields.FieldMDPAction.ALL) if locks else None
        spec = fields.SigFieldSpec(
            name,
            on_page=box.page,
            box=(box.left, box.bottom, box.right, box.top),
            field_mdp_spec=lock,
            doc_mdp_update_value=fields.MDPPerm.NO_CHANGES if locks else None,
        )
        fields.append_signature_field(writer, spec)

    place(AUTHOR_FIELD, author, locks=False)
    if supervisor is not None:
        # locked from the start: the countersignature turns every later change into a violation
        place(SUPERVISOR_FIELD, supervisor, locks=True)


def _describe(writer: PdfFileWriter, description: Description) -> None:
    from pyhanko.pdf_utils import generic

    name = generic.NameObject
    info = generic.DictionaryObject(
        {
            name("/Title"): generic.TextStringObject(description.title),
            name("/Author"): generic.TextStringObject(description.author),
            name("/Creator"): generic.TextStringObject(description.creator),
            name("/CreationDate"): generic.pdf_date(description.issued.astimezone(UTC)),
            name("/ModDate"): generic.pdf_date(description.issued.astimezone(UTC)),
        }
    )
    writer.set_info(info)
    metadata = generic.StreamObject(
        {name("/Type"): name("/Metadata"), name("/Subtype"): name("/XML")},
        stream_data=xmp_packet(description),
    )
    direction = "/R2L" if description.language.split("-")[0] == "ar" else "/L2R"
    writer.root[name("/Metadata")] = writer.add_object(metadata)
    writer.root[name("/Lang")] = generic.TextStringObject(description.language)
    writer.root[name("/ViewerPreferences")] = generic.DictionaryObject(
        {name("/DisplayDocTitle"): generic.BooleanObject(True), name("/Direction"): name(direction)}
    )
