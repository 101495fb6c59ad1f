"""The names that a certificate prints, in their order."""

from collections.abc import Iterable, Sequence

from corridor.foundations.likeness.letters import plain

from .models import NameForm, PersonName
from .naming import romanised_first


def certificate_forms(forms: Iterable[PersonName], confirmed: Sequence[str]) -> list[str]:
    """
    The own name, the romanised one, then others; a former name never. What the person confirmed for certificates takes the place of the
    forms in its letters, Latin or others: who confirmed "Mei LYU" gets that and not "Lü Mei", and the own name in Chinese as before.
    """
    rows = [each for each in forms if each.form != NameForm.FORMER]
    own = [each.full_name for each in rows if each.form == NameForm.OWN]
    first = romanised_first(rows)
    others = sorted(each.full_name for each in rows if each.form == NameForm.OTHER)
    written = [*own, *([first.full_name] if first else []), *others]
    said = {_is_latin(name) for name in confirmed}
    names = [name for name in written if _is_latin(name) not in said]
    # The letters in which the person's own name is written stay first.
    own_is_latin = bool(own) and _is_latin(own[0])
    ahead = [name for name in confirmed if _is_latin(name) == own_is_latin]
    rest = [name for name in confirmed if _is_latin(name) != own_is_latin]
    return list(dict.fromkeys(name for name in [*ahead, *names[:1], *rest, *names[1:]] if name))


def _is_latin(name: str) -> bool:
    return plain(name).isascii()
