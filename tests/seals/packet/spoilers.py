"""Ways to spoil a packet that keep it well-formed, for the tests of the examiner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyhanko.pdf_utils import generic

from rehabdesk.seals import certificates
from tests.seals.packet.workshop import JSON, Site

library: Any = generic  # its classes are not typed by their authors
name, number, text = library.NameObject, library.NumberObject, library.TextStringObject


def certificate_with(site: Site, purposes: list[str]) -> bytes:
    """The supervisor's certificate with other purposes, really issued by the root."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization

    good = certificates.load(site.supervisor.pair.certificate)
    builder = (
        x509.CertificateBuilder()
        .subject_name(good.subject)
        .issuer_name(good.issuer)
        .public_key(good.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(good.not_valid_before_utc)
        .not_valid_after(good.not_valid_after_utc)
    )
    for extension in good.extensions:
        value = extension.value
        if isinstance(value, x509.ExtendedKeyUsage):
            value = x509.ExtendedKeyUsage([x509.ObjectIdentifier(each) for each in purposes])
        builder = builder.add_extension(value, extension.critical)
    signed = builder.sign(certificates.load_private(site.root.private), hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.DER)


def script_on_opening(writer: Any) -> None:
    """In a place where no reader looks, but a script all the same."""
    writer.root["/ViewerPreferences"][name("/OpenAction")] = library.DictionaryObject(
        {
            name("/S"): name("/JavaScript"),
            name("/JS"): text("app.alert(1)"),
        }
    )


def other_title(writer: Any) -> None:
    """Info says another number than XMP."""
    info = writer._info.get_object()
    info[name("/Title")] = text("Personal resettlement file RD-NORD-2026-000123-0")


def second_attachment(writer: Any) -> None:
    """One more embedded file."""
    from pyhanko.pdf_utils import embed

    file = embed.EmbeddedFileObject.from_file_data(writer, data=JSON, compress=True, mime_type="application/json")
    embed.embed_file(writer, embed.FileSpec("more.json", file_name="more.json", embedded_data=file))


def hostile_page_entries() -> list[dict[str, Any]]:
    """Page dictionaries with links, scripts and layers."""

    def entries(**values: Any) -> Any:
        return library.DictionaryObject({name(f"/{key}"): value for key, value in values.items()})

    def link(**more: Any) -> Any:
        area = library.ArrayObject([number(0), number(0), number(99), number(99)])
        return library.ArrayObject([entries(Type=name("/Annot"), Subtype=name("/Link"), Rect=area, **more)])

    layer = entries(Type=name("/OCG"), Name=text("shown or not"))
    return [
        {"/Annots": link()},
        {"/Annots": link(A=entries(S=name("/URI"), URI=text("https://example.org")))},
        {"/Annots": link(A=entries(S=name("/GoTo"), D=number(0)))},
        {"/AA": entries(O=entries(S=name("/JavaScript"), JS=text("1")))},
        {"/Resources": entries(Properties=entries(L=layer))},
    ]


def _overlay(writer: Any) -> None:
    writer.add_stream_to_page(0, writer.add_object(library.StreamObject(stream_data=b"0 0 300 300 re f ")))


def _page_replaced(writer: Any) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page[name("/Contents")] = writer.add_object(library.StreamObject(stream_data=b"0 0 9 9 re f "))
    writer.update_container(page)


def _page_removed(writer: Any) -> None:
    pages = writer.root["/Pages"]
    del pages["/Kids"][0]
    pages[name("/Count")] = number(2)
    writer.update_container(pages)


def _other_json(writer: Any) -> None:
    stream = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"]["/F"]
    stream._data = b'{"other":1}'
    stream._encoded_data = None
    writer.update_container(stream)


def _json_pointed_elsewhere(writer: Any) -> None:
    from pyhanko.pdf_utils import embed

    other = embed.EmbeddedFileObject.from_file_data(writer, data=b"{}", mime_type="application/json")
    files = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"]
    files[name("/F")] = files[name("/UF")] = other
    writer.update_container(files)


def _annotation(writer: Any) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    note = library.DictionaryObject(
        {
            name("/Type"): name("/Annot"),
            name("/Subtype"): name("/FreeText"),
            name("/Rect"): library.ArrayObject([number(0), number(0), number(200), number(200)]),
            name("/Contents"): text("released early"),
        }
    )
    page[name("/Annots")] = library.ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def _form_value(writer: Any) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[name("/TU")] = text("other words")
    writer.update_container(field)


def _author_stamp_moved(writer: Any) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[name("/Rect")] = library.ArrayObject([number(0), number(0), number(600), number(800)])
    writer.update_container(field)


def _author_stamp_redrawn(writer: Any) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0]
    other = library.StreamObject(stream_data=b"0 0 9 9 re f ")
    for key in ("/Type", "/Subtype", "/BBox"):
        other[name(key)] = field["/AP"]["/N"].raw_get(key)
    field["/AP"][name("/N")] = writer.add_object(other)
    writer.update_container(field["/AP"])


def _title(writer: Any) -> None:
    info = writer.trailer["/Info"]
    info[name("/Title")] = text("Personal resettlement file RD-NORD-2026-000123-0")
    writer.update_container(info)


def _lock_removed(writer: Any) -> None:
    field = writer.root["/AcroForm"]["/Fields"][1]
    del field["/Lock"]
    writer.update_container(field)


def _script(writer: Any) -> None:
    action = library.DictionaryObject({name("/S"): name("/JavaScript"), name("/JS"): text("1")})
    writer.root[name("/OpenAction")] = action
    writer.update_root()


def later_changes() -> list[Callable[[Any], None]]:
    """What somebody might do to a finished file."""
    return [
        _overlay,
        _page_replaced,
        _page_removed,
        _other_json,
        _json_pointed_elsewhere,
        _annotation,
        _form_value,
        _author_stamp_moved,
        _author_stamp_redrawn,
        _title,
        _lock_removed,
        _script,
    ]
