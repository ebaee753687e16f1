"""Everything a packet's catalog reaches, and what of it a packet may hold (packet.md 3.3, 8.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from rehabdesk.core.errors import FormatError
from rehabdesk.core.i18n import tr
from rehabdesk.seals.findings import Reason
from rehabdesk.seals.pdf_preparation import Description, xmp_packet

if TYPE_CHECKING:
    from pyhanko.pdf_utils.generic import DictionaryObject, PdfObject
    from pyhanko.pdf_utils.reader import PdfFileReader

MOST_OBJECTS = 20_000
MOST_PAGES = 200
MOST_ATTACHMENT_BYTES = 4 << 20
_DEEPEST_PAGE_TREE = 20
_CATALOG = {
    "/Type", "/Version", "/Pages", "/Lang", "/Outlines", "/PageMode", "/Names", "/AF", "/AcroForm", "/Metadata",
    "/Extensions", "/Perms", "/MarkInfo", "/StructTreeRoot", "/ViewerPreferences", "/OutputIntents",
}  # fmt: skip
_ACTIVE = {
    "/JS", "/JavaScript", "/AA", "/OpenAction", "/Launch", "/XFA", "/RichMedia", "/GoToE", "/GoToR", "/URI",
    "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/3D", "/OCProperties", "/OCG", "/OCMD",
    "/FileAttachment", "/Screen",
}  # fmt: skip
_WHERE_ACTIONS_ARE_NAMED = ("/S", "/Subtype", "/Type")


@dataclass(slots=True)
class Reached:
    """What the walk met."""

    active: bool = False
    too_many: bool = False
    objects: set[int] = field(default_factory=set)
    annotation_lists: list[PdfObject] = field(default_factory=list)
    file_specifications: int = 0
    embedded_files: int = 0
    annotation_actions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """The one embedded file."""

    name: str
    data: bytes


def walk(reader: PdfFileReader) -> Reached:
    """Meets every object that trailer entries lead to, each once. Streams are not decoded."""
    from pyhanko.pdf_utils import generic

    reached = Reached()
    waiting: list[PdfObject] = [reader.trailer.raw_get("/Root"), reader.trailer.raw_get("/Info")]
    steps = 0
    while waiting:
        steps += 1
        if steps > 20 * MOST_OBJECTS or len(reached.objects) > MOST_OBJECTS:
            reached.too_many = True
            break
        value = waiting.pop()
        if isinstance(value, generic.IndirectObject):
            if value.idnum in reached.objects:
                continue
            reached.objects.add(value.idnum)
            value = value.get_object()
        if isinstance(value, generic.DictionaryObject):
            _note(value, reached)
            waiting.extend(value.raw_get(key) for key in value)
        elif isinstance(value, generic.ArrayObject):
            waiting.extend(value.raw_get(place) for place in range(len(value)))
    return reached


def content_problems(reader: PdfFileReader, reached: Reached) -> Iterator[Reason]:
    """What the catalog and the objects hold that a packet may not."""
    root = reader.root
    names, form, permissions = entry(root, "/Names"), entry(root, "/AcroForm"), entry(root, "/Perms")
    if not set(root) <= _CATALOG or set(names) != {"/EmbeddedFiles"}:
        yield Reason.CATALOG
    if set(form) != {"/Fields", "/SigFlags"} or form["/SigFlags"] != 3 or set(permissions) != {"/DocMDP"}:
        yield Reason.FIELD_SHAPE
    if reached.active or reached.annotation_actions:
        yield Reason.ACTIVE_CONTENT
    if reached.too_many:
        yield Reason.TOO_MANY_OBJECTS
        return
    widgets = {_number(each) for each in _items(form["/Fields"])}
    if {_number(each) for annotations in reached.annotation_lists for each in _items(annotations)} != widgets:
        yield Reason.EXTRA_ANNOTATION


def count_pages(reader: PdfFileReader) -> int:
    """Pages that the tree really holds. FormatError when it is too deep, has loops or does not say its true count."""
    seen: set[int] = set()

    def leaves(node: PdfObject, depth: int) -> int:
        number = _number(node)
        if depth > _DEEPEST_PAGE_TREE or number in seen or len(seen) > 2 * MOST_PAGES:
            raise FormatError(tr("The pages of the file are not in order."))
        seen.add(number)
        page = cast("DictionaryObject", node.get_object())
        if page["/Type"] == "/Page":
            return 1
        found = sum(leaves(kid, depth + 1) for kid in _items(page.raw_get("/Kids")))
        if found != page["/Count"]:
            raise FormatError(tr("The pages of the file are not in order."))
        return found

    pages = leaves(reader.root.raw_get("/Pages"), 0)
    if not 1 <= pages <= MOST_PAGES:
        raise FormatError(tr("The file has more pages than allowed."))
    return pages


def attachment(reader: PdfFileReader, reached: Reached) -> Attachment:
    """The one embedded file, which is also the one associated file. FormatError for none, two or another kind."""
    names = list(_items(reader.root["/Names"]["/EmbeddedFiles"].raw_get("/Names")))
    associated = list(_items(reader.root.raw_get("/AF")))
    single = len(names) == 2 and len(associated) == 1 and reached.file_specifications == reached.embedded_files == 1
    if not single or _number(names[1]) != _number(associated[0]):
        raise FormatError(tr("The file does not hold exactly one attachment."))
    specification = cast("DictionaryObject", names[1].get_object())
    files = specification["/EF"]
    file = files["/F"]
    right_kind = file["/Subtype"] == "/application/json" and specification["/AFRelationship"] == "/Data"
    name = str(names[0])
    same_name = name == str(specification["/F"]) == str(specification["/UF"])
    if (
        not right_kind
        or not same_name
        or {_number(files.raw_get(key)) for key in files} != {_number(files.raw_get("/F"))}
    ):
        raise FormatError(tr("The attachment is of another kind than RehabDesk embeds."))
    return Attachment(name=name, data=bytes(file.data))


def title(reader: PdfFileReader) -> str:
    """The title, on which Info and XMP agree to the byte. FormatError when they do not."""
    from datetime import UTC

    from pyhanko.pdf_utils.generic import parse_pdf_date

    info = reader.trailer["/Info"]
    root = reader.root
    if set(info) != {"/Title", "/Author", "/Creator", "/CreationDate", "/ModDate"}:
        raise FormatError(tr("The description of the file is not the one RehabDesk writes."))
    description = Description(
        title=str(info["/Title"]),
        author=str(info["/Author"]),
        creator=str(info["/Creator"]),
        language=str(root["/Lang"]),
        issued=parse_pdf_date(str(info["/CreationDate"]), strict=True).astimezone(UTC),
    )
    same_dates = info["/CreationDate"] == info["/ModDate"]
    if not same_dates or root["/Metadata"].data != xmp_packet(description):
        raise FormatError(tr("The two descriptions of the file do not agree."))
    return description.title


def entry(value: DictionaryObject, key: str) -> Any:
    """What stands under `key`, references followed; an empty dictionary when nothing does."""
    from pyhanko.pdf_utils.generic import DictionaryObject

    return value[key] if key in value else DictionaryObject()


def _note(value: DictionaryObject, reached: Reached) -> None:
    keys = set(value)
    if keys & _ACTIVE or any(str(entry(value, key)) in _ACTIVE for key in _WHERE_ACTIONS_ARE_NAMED):
        reached.active = True
    is_outline_item = {"/Title", "/Parent"} <= keys
    is_annotation = "/Rect" in keys or entry(value, "/Type") == "/Annot"
    if "/A" in keys and (is_outline_item or is_annotation):
        reached.annotation_actions = True
    if "/Annots" in keys:
        reached.annotation_lists.append(value.raw_get("/Annots"))
    reached.file_specifications += "/EF" in keys
    reached.embedded_files += entry(value, "/Type") == "/EmbeddedFile"


def _items(value: PdfObject) -> Iterable[PdfObject]:
    """The raw members of an array, direct or not. FormatError for what is no array."""
    from pyhanko.pdf_utils.generic import ArrayObject

    found = value.get_object()
    if not isinstance(found, ArrayObject):
        raise FormatError(tr("A list in the file is missing."))
    return [found.raw_get(place) for place in range(len(found))]


def _number(value: PdfObject) -> int:
    """The object number of a reference; -1 for a direct value, which is never a page, field or file of ours."""
    from pyhanko.pdf_utils.generic import IndirectObject

    return value.idnum if isinstance(value, IndirectObject) else -1
