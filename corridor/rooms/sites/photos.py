"""Photos as they are kept: no larger than a screen or a sheet of paper needs, so that a page with twelve of them opens on a phone."""

from dataclasses import replace
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from corridor.foundations.documents.kinds_of_file import media_type_of
from corridor.foundations.documents.pictures import MOST_PIXELS
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

MOST_PHOTOS = 12
LONGEST_SIDE = 1600
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}


def as_kept(upload: Upload) -> Upload:
    """
    The same photo, upright, its longest side at most 1600 pixels. What is damaged or too large goes on as it came: whoever keeps it says so.

    :raises BadInput: if it is no picture.
    """
    form = _FORMATS.get(media_type_of(upload.file_name, upload.content))
    if form is None:
        raise BadInput([Problem(N_("Send a photo: PNG or JPEG."), file=upload.file_name, column="photo")])
    try:
        with Image.open(BytesIO(upload.content), formats=[form]) as picture:
            if max(picture.size) <= LONGEST_SIDE or picture.width * picture.height > MOST_PIXELS:
                return upload
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            smaller = BytesIO()
            upright.save(
                smaller,
                form,
                icc_profile=picture.info.get("icc_profile"),
                **({"quality": 85} if form == "JPEG" else {}),
            )
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return upload
    return replace(upload, content=smaller.getvalue())
