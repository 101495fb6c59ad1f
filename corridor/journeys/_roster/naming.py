"""A whole name, which is ours, and its parts, which are OneRoster's: nobody's name is cut here but on the way out."""

import re

from corridor.rooms.people.models import NameOrder, Person, PersonName

# Scripts that write the parts of a name without a space, the family's first.
_UNSPACED = re.compile("[\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]+")
# What stands in a part that a person does not have: the format wants both.
NONE = "-"
_NOTHING = {"", "-", ".", "–", "—"}
# Family names of two characters; every other has one.
_DOUBLE = frozenset(
    {"欧阳", "歐陽", "上官", "司马", "司馬", "诸葛", "諸葛", "东方", "東方", "皇甫", "尉迟", "尉遲", "公孙", "公孫", "慕容", "令狐", "司徒", "夏侯"}
)  # fmt: skip


def joined(given: str, middle: str, family: str) -> str:
    """The whole name of these parts: 陈 and 美 are 陈美, Khamla and Sisavath are Khamla Sisavath; a part that is only a dash is none."""
    given, middle, family = (" ".join(part.split()) for part in (given, middle, family))
    given, middle, family = ("" if part in _NOTHING else part for part in (given, middle, family))
    if given and family and _UNSPACED.fullmatch(given + middle + family):
        return f"{family}{middle}{given}"
    return " ".join(part for part in (given, middle, family) if part)


def whole(given: str, middle: str, family: str, said: str) -> str:
    """The whole name as a package says it beside the parts; the parts where they were changed and no longer have its letters."""
    parts = joined(given, middle, family)
    said = " ".join(said.split())
    return said if said and _letters(said) == _letters(parts) else parts


def _letters(name: str) -> list[str]:
    return sorted(sign for sign in name.casefold() if sign.isalnum() or not sign.isascii())


def parted(person: Person, name: PersonName) -> tuple[str, str]:
    """Given and family part of a whole name, as the person marked them; else by the order that is known, or the usual one."""
    full = name.full_name
    if name.family_part and name.given_part:
        return name.given_part, name.family_part
    if _UNSPACED.fullmatch(full) and len(full) > 1:
        length = 2 if full[:2] in _DOUBLE and len(full) > 2 else 1
        return full[length:], full[:length]
    words = full.split()
    if len(words) < 2 or person.name_order == NameOrder.MONONYM:
        return full, NONE
    if person.name_order == NameOrder.FAMILY_FIRST:
        return " ".join(words[1:]), words[0]
    return " ".join(words[:-1]), words[-1]
