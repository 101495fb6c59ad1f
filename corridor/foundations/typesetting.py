"""Pages on paper: one compiler of Typst for each template and process, with fonts for every script in which members write."""

from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import typst
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
    "nanum-gothic": ("400Regular", "700Bold"),
}
_ONE_AT_A_TIME = Lock()


def set_pages(template: Path, inputs: Mapping[str, str], *, standards: Sequence[str]) -> bytes:
    """
    The PDF of a template with its inputs, of those standards ("a-2b", "ua-1").

    :raises typst.TypstError: if it cannot be set: a standard is not met, or a character is in none of the fonts.
    """
    # A compiler is not safe to share while it works; what it keeps between two documents is worth the wait.
    with _ONE_AT_A_TIME:
        return bytes(_compiler(template).compile(format="pdf", sys_inputs=dict(inputs), pdf_standards=list(standards)))


def qr_picture(address: str) -> str:
    """As SVG, with a margin of two modules."""
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", border=2, xmldecl=False, omitsize=True, dark="#13212a", light="#fff"
    )
    return picture.getvalue().decode()


@cache
def _compiler(template: Path) -> Any:
    folders = [
        str(settings.NODE_MODULES / _FONTS / family / weight)
        for family, weights in _FAMILIES.items()
        for weight in weights
    ]
    return typst.Compiler(str(template), font_paths=folders, ignore_system_fonts=True)
