"""Foreign pictures, made anew from their pixels: no metadata, place, colour profile or hidden picture outlives it.

Only for a limited child process without keys (vault.md 9): a decoder may fail in any way.
"""

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from rehabdesk.core.errors import FormatError

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 3_000
"""Pixels; larger pictures are made smaller. A page of A4 at 250 dots an inch has 2,900."""
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
_GREY = 12
"""Steps of 255 between colours that a grey page shows after a lossy scan."""
_LARGEST_PNG = 3 << 20
"""Drawings and scans of text stay exact; a photograph of that size is kept as JPEG."""


def clean_image(raw: bytes) -> bytes:
    """The same picture as PNG or JPEG, upright, in sRGB, on white, at most `LONGEST_SIDE` pixels long.

    FormatError with code `too_many_pixels` or `several_pictures`; anything at all where it cannot be decoded.
    """
    picture = open_image(raw)
    is_png = picture.format == "PNG"
    picture = _upright(picture)
    if is_png:
        exact = _saved(picture, "PNG")
        if len(exact) <= _LARGEST_PNG:
            return exact
    return jpeg(picture, quality=88)[0]


def open_image(raw: bytes) -> "Image":
    """The picture before its pixels are decoded. Errors as `clean_image`."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # judged just below
        try:
            picture = Image.open(BytesIO(raw), formats=_FORMATS)
        except Image.DecompressionBombError:
            raise FormatError("The picture has too many pixels.", code="too_many_pixels") from None
    if picture.width * picture.height > MOST_PIXELS:
        raise FormatError("The picture has too many pixels.", code="too_many_pixels")
    if getattr(picture, "n_frames", 1) > 1:
        raise FormatError("The file holds several pictures.", code="several_pictures")
    return picture


def jpeg(picture: "Image", *, quality: int) -> tuple[bytes, bool]:
    """Pixels as JPEG, and whether it is grey: where there is no colour."""
    from PIL import ImageChops

    red, green, blue = picture.convert("RGB").split()
    steps = [ImageChops.difference(one, other).histogram() for one, other in ((red, green), (green, blue))]
    grey = not any(any(counts[_GREY:]) for counts in steps)
    return _saved(green if grey else picture.convert("RGB"), "JPEG", quality=quality), grey


def pixels(raw: bytes, width: int, height: int) -> tuple[int, int, bytes]:
    """(width, height, RGB rows without padding) of a picture of ours, as large as it fits into `width` × `height`."""
    picture = open_image(raw).convert("RGB")
    picture.thumbnail((width, height))
    return picture.width, picture.height, picture.tobytes()


def _upright(picture: "Image") -> "Image":
    from PIL import Image, ImageOps

    profile = picture.info.get("icc_profile")
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded at a half where that is large enough
    turned = ImageOps.exif_transpose(picture)
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if turned.mode in ("1", "L"):
        return _bare(turned)
    if turned.mode == "P" or "A" in turned.getbands():
        turned = turned.convert("RGBA")
        white = Image.new("RGBA", turned.size, "white")
        turned = Image.alpha_composite(white, turned)
    return _bare(_in_srgb(turned, profile if isinstance(profile, bytes) else b""))


def _in_srgb(picture: "Image", profile: bytes) -> "Image":
    """Colours as they were meant; a profile that is not one is left out."""
    from PIL import ImageCms

    if profile and picture.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            return picture.convert("RGB")
        return picture if converted is None else converted
    return picture.convert("RGB")


def _bare(picture: "Image") -> "Image":
    """The pixels alone."""
    from PIL import Image

    return Image.frombytes(picture.mode, picture.size, picture.tobytes())


def _saved(picture: "Image", kind: str, **options: int) -> bytes:
    out = BytesIO()
    picture.save(out, kind, optimize=True, **options)
    return out.getvalue()
