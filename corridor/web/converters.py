"""Parts of addresses that Django has no converter for. Who uses one imports this module; that registers them."""

from django.urls import register_converter


class Word:
    """A code or a version as its owner writes it: letters, figures, dots and hyphens."""

    regex = r"[-.\w]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: object) -> str:
        return str(value)


class Solid(Word):
    """Letters and figures alone, up to the next hyphen."""

    regex = r"[0-9A-Za-z]+"


register_converter(Word, "word")
register_converter(Solid, "solid")
