"""The codes of a paper out of a photograph of it, for who has no reader at hand."""

from io import BytesIO

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

from corridor.kernel.wording import N_

from ..proofs.refusals import CannotRead

_MARKS = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
_MOST_PIXELS = 60_000_000
# A longer side tells nothing more of a code and costs seconds.
_LONGEST_SIDE = 4_200


def is_photo(raw: bytes) -> bool:
    """Whether the bytes are a picture as telephones send them."""
    return _form(raw) is not None


def codes_in_photo(raw: bytes) -> list[str]:
    """
    What the QR codes in a picture hold, each once.

    :raises CannotRead: for a picture that is damaged, far too large, or has no code that can be read.
    """
    form = _form(raw)
    try:
        with Image.open(BytesIO(raw), formats=[form] if form else []) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise CannotRead(
                    N_("The picture has more than %(most)s million pixels; make it smaller."), most=_MOST_PIXELS // 1_000_000
                )  # fmt: skip
            opened.draft("L", (_LONGEST_SIDE, _LONGEST_SIDE))
            picture = ImageOps.exif_transpose(opened.convert("L"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise CannotRead(N_("The picture is damaged; open it and save it again.")) from None
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    codes = list(dict.fromkeys(each.text.strip() for each in found if each.text.strip()))
    if not codes:
        raise CannotRead(N_("No code can be read in the picture. Photograph it nearer, flat, and in even light."))
    return codes


def _form(raw: bytes) -> str | None:
    return next((form for mark, form in _MARKS.items() if raw.startswith(mark)), None)
