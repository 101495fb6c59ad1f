"""Light or dark: what a reader may choose, and the cookie that remembers it. Without a choice the reader's device decides."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COOKIE = "theme"
CHOICES: list[tuple[str, str | Promise]] = [("auto", _("As my device")), ("light", _("Light")), ("dark", _("Dark"))]


def chosen(cookie: str | None) -> str:
    """ "light", "dark", or "" where nothing was chosen."""
    return cookie if cookie in {"light", "dark"} else ""
