"""Drawings (SVG) that are drawings and nothing else: no script, no style sheet, no address of anything outside."""

import re
from xml.etree import ElementTree

from corridor.kernel.wording import N_

from .bad_files import bad_file

MOST_BYTES = 500_000
MOST_ELEMENTS = 20_000
_SVG = "{http://www.w3.org/2000/svg}"
_LINK = {"href", "{http://www.w3.org/1999/xlink}href"}
_DRAWN = {
    "svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
    "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern",
}  # fmt: skip
# An entity can be nested until it fills the memory, and names files; no drawing needs one.
_DECLARED = re.compile(rb"<!(DOCTYPE|ENTITY|ATTLIST|ELEMENT)", re.IGNORECASE)
_OUTSIDE = re.compile(r"url\((?!\s*['\"]?#)|@import|expression\(|javascript:", re.IGNORECASE)


def is_drawing(content: bytes) -> bool:
    """Whether the bytes say that they are an SVG."""
    return b"<svg" in content[:4_096] and not content.startswith((b"\x89", b"%PDF"))


def require_plain(content: bytes, *, file_name: str) -> None:
    """:raises BadInput: if it is large, no XML, or holds anything but shapes, and says what."""
    if len(content) > MOST_BYTES:
        raise bad_file(
            file_name, N_("The drawing is larger than %(most)s kB; make it simpler."), most=MOST_BYTES // 1_000
        )
    if _DECLARED.search(content):
        raise bad_file(file_name, N_("The drawing declares a document type; save it as plain SVG."))
    try:
        root = ElementTree.fromstring(content.decode())  # noqa: S314 (no entity was declared: refused above)
    except (ElementTree.ParseError, ValueError, LookupError):
        raise bad_file(file_name, N_("The drawing is damaged; open it and save it as plain SVG.")) from None
    elements = list(root.iter())
    if root.tag != f"{_SVG}svg" or len(elements) > MOST_ELEMENTS:
        raise bad_file(file_name, N_("The drawing is no SVG, or has too many parts; save it as plain SVG."))
    for element in elements:
        _require_shape(element, file_name)


def _require_shape(element: ElementTree.Element, file_name: str) -> None:
    name = str(element.tag)
    # What drawing programs keep for themselves stands in vocabularies of theirs, and is passed over by whoever draws.
    if name.startswith(_SVG) and name.removeprefix(_SVG) not in _DRAWN:
        raise bad_file(
            file_name, N_("The drawing holds “%(part)s”; turn texts and pictures into paths first."), part=name.removeprefix(_SVG)
        )  # fmt: skip
    for key, value in element.attrib.items():
        is_link = key in _LINK and not value.startswith("#")
        if is_link or key.lower().startswith("on") or _OUTSIDE.search(value):
            raise bad_file(
                file_name, N_("The drawing names something outside of itself (%(part)s); take that out."), part=key
            )
