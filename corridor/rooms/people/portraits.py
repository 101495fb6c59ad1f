"""A photo as registers need it: so small that forty of them open on a phone, and with nothing beside the picture."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from corridor.foundations.documents.kinds_of_file import media_type_of
from corridor.foundations.documents.pictures import MOST_PIXELS
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

MOST_BYTES = 15_000
# The longest side and the quality: the first that is small enough. A photo of a face is with the first or the second.
_STEPS = ((240, 80), (240, 60), (200, 50), (160, 40), (120, 30))
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}


def as_portrait(upload: Upload, *, reference: str) -> Upload:
    """
    The photo as a small JPEG, upright, drawn anew: no place, time or camera stands in it. Its name and title tell no more than the reference.

    :raises BadInput: if it is no picture, damaged, or has more pixels than any paper needs.
    """
    form = _FORMATS.get(media_type_of(upload.file_name, upload.content))
    if form is None:
        raise BadInput([Problem(N_("Send a photo: PNG or JPEG."), file=upload.file_name, column="photo")])
    try:
        with Image.open(BytesIO(upload.content), formats=[form]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                message = N_("The picture has more than %(most)s million pixels; make it smaller.")
                raise BadInput(
                    [Problem(message, {"most": MOST_PIXELS // 1_000_000}, file=upload.file_name, column="photo")]
                )
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        message = N_("The picture is damaged; open it and save it again.")
        raise BadInput([Problem(message, file=upload.file_name, column="photo")]) from None
    # What is seen through a transparent picture is white, as on paper.
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright)
    content = b""
    for side, quality in _STEPS:
        small = plain.copy()
        small.thumbnail((side, side))
        drawn = BytesIO()
        small.save(drawn, "JPEG", quality=quality)
        content = drawn.getvalue()
        if len(content) <= MOST_BYTES:
            break
    return Upload(f"{reference}.jpg", content, title=reference, kind="portrait")
