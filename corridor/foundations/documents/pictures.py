"""Pictures without what the camera wrote beside them: a photograph from a phone says where somebody lives."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

MOST_PIXELS = 60_000_000
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}


def bare(content: bytes, media_type: str, *, file_name: str) -> bytes:
    """
    The same picture, upright, with no metadata (place, time, camera, comments, thumbnails). What is no picture comes back as it is.

    :raises BadInput: if it is damaged, or has more pixels than any paper needs.
    """
    form = _FORMATS.get(media_type)
    if form is None:
        return content
    try:
        with Image.open(BytesIO(content), formats=[form]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise BadInput(
                    [
                        Problem(
                            N_("The picture has more than %(most)s million pixels; make it smaller."),
                            {"most": MOST_PIXELS // 1_000_000},
                            file=file_name,
                        )
                    ]
                )
            if not (_says_more(picture) or _carries_more(content, form)):
                picture.load()
                return content
            # A palette may hold transparency of its own: as RGBA nothing of it is lost.
            upright = ImageOps.exif_transpose(picture.convert("RGBA") if picture.mode == "P" else picture)
            plain = Image.new(upright.mode, upright.size)
            plain.paste(upright)
            profile = picture.info.get("icc_profile")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise BadInput([Problem(N_("The picture is damaged; open it and save it again."), file=file_name)]) from None
    kept = BytesIO()
    how: dict[str, int | bool] = {"quality": 92, "subsampling": 0} if form == "JPEG" else {"optimize": False}
    plain.save(kept, form, icc_profile=profile, **how)
    return kept.getvalue()


# What a picture may carry without telling anything of anybody: its size, colours and resolution.
_HARMLESS = {
    "jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive", "progression", "icc_profile", "adobe", "adobe_transform",
    "gamma", "srgb", "chromaticity", "transparency", "interlace", "aspect", "background",
}  # fmt: skip


def _says_more(picture: Image.Image) -> bool:
    return bool(picture.getexif()) or bool(set(picture.info) - _HARMLESS) or _has_app(picture)


# The chunks of a PNG that a picture is drawn from; others hold texts, times, places, or what some program put there for itself.
_DRAWN = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD", b"hIST", b"pHYs", b"sPLT",
}  # fmt: skip


def _carries_more(content: bytes, form: str) -> bool:
    """Whether something stands in it that Pillow passes over: behind the end of the picture (a film, another file), or in a chunk of its own."""
    if form == "JPEG":
        return content.find(b"\xff\xd9") != len(content) - 2
    place = 8
    while place + 8 <= len(content):
        name = content[place + 4 : place + 8]
        place += 12 + int.from_bytes(content[place : place + 4])
        if name not in _DRAWN:
            return True
        if name == b"IEND":
            break
    return place != len(content)


def _has_app(picture: Image.Image) -> bool:
    """Whether a JPEG has segments besides JFIF, a colour profile and Adobe's mark (XMP and IPTC stand in such)."""
    segments: list[tuple[str, bytes]] = getattr(picture, "applist", [])
    return any(
        not (name == "APP0" or (name == "APP2" and body.startswith(b"ICC_PROFILE")) or name == "APP14")
        for name, body in segments
    )
