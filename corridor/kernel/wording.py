"""Marks sentences for translation where Django is not known. The doors translate; see corridor.kernel.errors.Refusal."""


def N_(sentence: str) -> str:  # noqa: N802 (the catalogue tools look for this name)
    """Return the sentence unchanged: the mark is what the message catalogues are made from."""
    return sentence


class Phrase(str):
    """A place that is itself one of our phrases (the name of a unit): a door translates it before filling it in."""

    __slots__ = ()


class CountryCode(str):
    """A place that is a country or region of ISO 3166-1 by its two letters: a door writes its name in the reader's language."""

    __slots__ = ()


class LanguageTags(str):
    """A place that is a language by its tag (BCP 47), or several parted by commas: a door writes their names in the reader's language."""

    __slots__ = ()

    @classmethod
    def of(cls, *tags: str) -> "LanguageTags":
        return cls(", ".join(tags))
