"""How the fonts lie in one PDF: a subset of each face, and for each glyph the text that it stands for.

A document has its own two-byte codes, one for each glyph in each meaning: the same drawing may stand for two letters.
reportlab's own registry of fonts is not used, because it is shared by all documents of the process.
"""

from typing import TYPE_CHECKING, Any

from rehabdesk.paper.fonts import Face

if TYPE_CHECKING:
    from reportlab.pdfbase.pdfdoc import PDFDocument

# What a glyph stands for whose text another glyph says: an invisible joiner, never a private-use character.
_SILENT = "\u200d"


class EmbeddedFace:
    """One face in one document."""

    def __init__(self, face: Face, resource: str, prefix: str) -> None:
        self.resource = resource  # its name in the resources of a page
        self._face = face
        self._prefix = prefix
        self._codes: dict[tuple[int, str], int] = {}
        self._widths: dict[int, int] = {}
        self._drawn: dict[tuple[int, str], tuple[str, int]] = {}

    def code(self, gid: int, text: str) -> int:
        """The two-byte code of a glyph that stands for `text`; from 1, in the order of first use."""
        return self._codes.setdefault((gid, text or _SILENT), len(self._codes) + 1)

    def drawn(self, gid: int, text: str) -> tuple[str, int]:
        """As `code`, as it is written in a page, and the width of the glyph as `width`."""
        key = (gid, text)
        if key not in self._drawn:
            self._drawn[key] = (f"<{self.code(gid, text):04X}>", self.width(gid))
        return self._drawn[key]

    def width(self, gid: int) -> int:
        """The width that the PDF declares, in thousandths."""
        if gid not in self._widths:
            self._widths[gid] = round(self._face.advance(gid))
        return self._widths[gid]

    def objects(self, document: "PDFDocument") -> Any:
        """The reference to the font dictionary, after all codes are known."""
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

        base = PDFName(f"{self._prefix}+{self._face.name}")
        subset, places = self._subset()
        glyphs = [gid for gid, _ in self._codes]
        to_glyph = b"\0\0" + b"".join(places[gid].to_bytes(2, "big") for gid in glyphs)
        descendant = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": base,
                "CIDSystemInfo": PDFDictionary(
                    {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
                ),
                "FontDescriptor": document.Reference(self._descriptor(document, base, subset)),
                "DW": 1000,
                "W": PDFArray([1, PDFArray([self.width(gid) for gid in glyphs])]),
                "CIDToGIDMap": _stream(document, to_glyph),
            }
        )
        return document.Reference(
            PDFDictionary(
                {
                    "Type": PDFName("Font"),
                    "Subtype": PDFName("Type0"),
                    "BaseFont": base,
                    "Encoding": PDFName("Identity-H"),
                    "DescendantFonts": PDFArray([document.Reference(descendant)]),
                    "ToUnicode": _stream(document, self._to_unicode()),
                }
            )
        )

    def _subset(self) -> tuple[bytes, dict[int, int]]:
        """The font file with the used glyphs only, and where each of them lies in it."""
        import uharfbuzz

        wanted = uharfbuzz.SubsetInput()
        wanted.glyph_set.update({gid for gid, _ in self._codes})
        wanted.layout_feature_tag_set.clear()
        wanted.flags = uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
        for table in ("GSUB", "GPOS", "GDEF", "name", "post", "OS/2", "cmap"):
            wanted.drop_table_tag_set.add(int.from_bytes(table.encode(), "big"))
        plan = uharfbuzz.SubsetPlan(self._face.hb_face, wanted)
        places = {int(old): int(new) for old, new in dict(plan.old_to_new_glyph_mapping).items()}
        return bytes(plan.execute().blob.data), places

    def _descriptor(self, document: "PDFDocument", base: Any, subset: bytes) -> Any:
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

        ascent, descent = round(self._face.ascent), round(self._face.descent)
        return PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": base,
                "Flags": 4,  # symbolic: its own encoding
                "FontBBox": PDFArray([-1000, descent, 3000, ascent]),
                "ItalicAngle": 0,
                "Ascent": ascent,
                "Descent": descent,
                "CapHeight": 714,
                "StemV": 140 if self._face.name.endswith("Bold") else 80,
                "FontFile2": _stream(document, subset, Length1=len(subset)),
            }
        )

    def _to_unicode(self) -> bytes:
        rows = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for (_, text), code in self._codes.items()]
        blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]  # 100 is the most a block may hold
        body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")


class DocumentFonts:
    """The fonts of one PDF. reportlab asks for their objects when the document is written."""

    def __init__(self) -> None:
        self._embedded: dict[str, EmbeddedFace] = {}

    def embedded(self, face: Face) -> EmbeddedFace:
        if face.name not in self._embedded:
            number = len(self._embedded)
            self._embedded[face.name] = EmbeddedFace(face, f"P{number + 1}", "RDPAP" + chr(ord("A") + number))
        return self._embedded[face.name]

    def addObjects(self, document: "PDFDocument") -> None:  # noqa: N802 - the name that reportlab calls
        fonts = document.idToObject["BasicFonts"].dict
        for embedded in self._embedded.values():
            fonts[embedded.resource] = embedded.objects(document)


def _stream(document: "PDFDocument", content: bytes, **entries: int) -> Any:
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFStream, PDFZCompress

    stream = PDFStream(PDFDictionary(dict(entries)), content, filters=[PDFZCompress])
    return document.Reference(stream)
