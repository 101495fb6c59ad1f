"""Pages on paper: one compiler of Typst for each template and process, with fonts for every script in which members write."""

import re
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
_DARK_RUN = re.compile(rb"\x00+")
_LONG = 1_300  # characters


def set_pages(template: Path, inputs: Mapping[str, str], *, standards: Sequence[str]) -> bytes:
    """
    The PDF of a template with its inputs, of those standards ("a-2b", "ua-1").

    :raises typst.TypstError: if it cannot be set: a standard is not met, or a character is in none of the fonts.
    """
    # A compiler is not safe to share while it works; what it keeps between two documents is worth the wait.
    with _ONE_AT_A_TIME:
        return bytes(_compiler(template).compile(format="pdf", sys_inputs=dict(inputs), pdf_standards=list(standards)))


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
    A code of an address with many signed words behind it, in as few modules as it takes; fifteen times as fast as ``qr_picture``. Long ones
    correct fewer errors, or their modules would be too small for a telephone.
    """
    level = "M" if len(code) < _LONG else "L"
    dots = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.QRCode, ec_level=level).to_image()
    rows, width = dots.shape
    raw, size = bytes(memoryview(dots)), width + 2 * _MARGIN
    runs = "".join(
        f"M{run.start() + _MARGIN} {row + _MARGIN}.5h{run.end() - run.start()}"
        for row in range(rows)
        for run in _DARK_RUN.finditer(raw[row * width : (row + 1) * width])
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>'
        f'<path stroke="{_DARK}" d="{runs}"/></svg>'
    )
    return QrPicture(svg, size)


@cache
def _compiler(template: Path) -> Any:
    folders = [
        str(settings.NODE_MODULES / _FONTS / family / weight)
        for family, weights in _FAMILIES.items()
        for weight in weights
    ]
    return typst.Compiler(str(template), font_paths=folders, ignore_system_fonts=True)
