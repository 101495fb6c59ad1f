"""Pages on paper: one compiler of Typst for each template and process, with fonts for every script in which members write."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import typst
import zxingcpp
from django.conf import settings
from PIL import Image, ImageOps

from .pdf.copying import make_copyable
from .pdf.objects import Objects

_FONTS = Path("@expo-google-fonts")
_FAMILIES = {
    "noto-sans": ("400Regular", "600SemiBold"),
    "noto-sans-lao": ("400Regular", "600SemiBold"),
    "noto-sans-sc": ("400Regular", "600SemiBold"),
    "noto-sans-thai": ("400Regular", "600SemiBold"),
    "noto-sans-khmer": ("400Regular", "600SemiBold"),
    "noto-sans-myanmar": ("400Regular", "600SemiBold"),
    "noto-sans-sinhala": ("400Regular", "600SemiBold"),
    "noto-sans-tamil": ("400Regular", "600SemiBold"),
    "noto-naskh-arabic": ("400Regular", "600SemiBold"),
    "noto-nastaliq-urdu": ("400Regular", "600SemiBold"),
    "nanum-gothic": ("400Regular", "700Bold"),
}
_ONE_AT_A_TIME = Lock()
_MARGIN = 2  # modules
_DARK = "#13212a"
_LONG = 1_300  # characters
# Signed and deflated words look like noise, so one mask leaves as few patterns as any other: in 40 papers no mask was worse than the best of the
# eight by more than a twentieth of its penalty (ISO/IEC 18004, 7.8.3). To try all of them takes five times as long as to write the code.
_MASK = 2


def set_pages(template: Path, inputs: Mapping[str, str], *, standards: Sequence[str]) -> bytes:
    """
    The PDF of a template with its inputs, of those standards ("a-2b", "ua-1").

    :raises typst.TypstError: if it cannot be set: a standard is not met, or a character is in none of the fonts.
    """
    return _set(template, inputs, standards, {"sys_inputs": dict(inputs)})


def set_alike(template: Path, inputs: Mapping[str, str], *, standards: Sequence[str]) -> bytes:
    """
    The same where many documents differ in little: the template is a function ``printed`` of its inputs, and says nothing of them in rules for
    all that follows. Then what two documents have in common is laid out once, which is three quarters of the work.

    :raises typst.TypstError: as above.
    """
    return _set(template, inputs, standards, {"input": source_alike(template, inputs)})


def source_alike(template: Path, inputs: Mapping[str, str]) -> dict[str, bytes]:
    """What Typst is given then: the inputs as files beside the template, which it reads without looking for quotes in them."""
    given = ", ".join(f'{name}: read("{name}")' for name in inputs)
    main = f'#import "{template.name}": printed\n#printed({given})'
    return {"main.typ": main.encode()} | {name: text.encode() for name, text in inputs.items()}


def _set(template: Path, inputs: Mapping[str, str], standards: Sequence[str], asked: Mapping[str, Any]) -> bytes:
    # A compiler is not safe to share while it works; what it keeps between two documents is worth the wait.
    with _ONE_AT_A_TIME:
        pdf = bytes(_compiler(template).compile(format="pdf", pdf_standards=list(standards), **asked))
    objects = Objects(pdf)
    make_copyable(objects, words="\n".join(inputs.values()))
    objects.slim()
    return objects.packed()


@dataclass(frozen=True)
class QrPicture:
    """A QR code as SVG, and how many modules it is wide, its margin included."""

    svg: str
    modules: int


def qr_picture(address: str) -> str:
    """As SVG, with a margin of two modules."""
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", border=_MARGIN, xmldecl=False, omitsize=True, dark=_DARK, light="#fff"
    )
    return picture.getvalue().decode()


def qr_of_words(code: str) -> QrPicture:
    """
    A code of an address with many signed words behind it, in as few modules as it takes: a pixel for each, as thousands of strokes weigh seven
    times as much. Long ones correct fewer errors, or their modules would be too small for a telephone.
    """
    level = "M" if len(code) < _LONG else "L"
    dots = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.QRCode, ec_level=level, data_mask=_MASK).to_image()
    rows, width = dots.shape
    pixels = Image.frombytes("L", (width, rows), bytes(memoryview(dots))).convert("1", dither=Image.Dither.NONE)
    pixels = ImageOps.expand(pixels, _MARGIN, "white")
    file = BytesIO()
    pixels.save(file, format="PNG")
    picture = b64encode(file.getvalue()).decode()
    size = width + 2 * _MARGIN
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><image width="{size}" height="{size}" '
        f'image-rendering="pixelated" href="data:image/png;base64,{picture}"/></svg>'
    )
    return QrPicture(svg, size)


@cache
def _compiler(template: Path) -> Any:
    folders = [
        str(settings.NODE_MODULES / _FONTS / family / weight)
        for family, weights in _FAMILIES.items()
        for weight in weights
    ]
    return typst.Compiler(str(template), root=str(template.parent), font_paths=folders, ignore_system_fonts=True)
