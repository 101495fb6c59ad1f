"""Whether a PDF can be read: opened by the same program that writes our own, as far as its first page."""

from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

PDF = "application/pdf"
_PAPER = "paper.pdf"
# The page is looked for, never drawn: what it draws may take long.
_LOOK = f'#set page(width: 1cm, height: 1cm)\n#image("{_PAPER}", width: 1cm)'


def require_readable(content: bytes, media_type: str, *, file_name: str) -> None:
    """:raises BadInput: if it is a PDF that is damaged, locked by a password, or has no page."""
    if media_type != PDF:
        return
    with TemporaryDirectory() as folder:
        Path(folder, _PAPER).write_bytes(content)
        look = Path(folder, "look.typ")
        look.write_text(_LOOK, encoding="utf-8")
        try:
            typst.query(str(look), "image", root=folder, ignore_system_fonts=True)
        except RuntimeError as error:
            raise BadInput([Problem(_why(str(error)), file=file_name)]) from None


def _why(said: str) -> str:
    if "password" in said:
        return N_("The PDF is locked by a password; save it without one, and send it again.")
    if "does not exist" in said:
        return N_("The PDF has no page.")
    return N_("The PDF is damaged and cannot be opened; save it again, or scan the paper again.")
