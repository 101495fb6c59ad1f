"""
Our own rules for what a credential and a status list look like, as one closed grammar.

A signature covers what a document says (RDF), not its JSON: lists lose their order, one value and a list of one are
the same, ``null`` and empty lists vanish, a node may be told in two places, and a word may be given another meaning.
So a reader of the JSON could be shown something that was never signed. In a document of exactly this shape none of
that is possible: the vocabulary is fixed, every key is one of ours, each is always one value or always a list, and no
node is told twice.
"""

from enum import Enum
from functools import lru_cache
from typing import Any

from corridor.kernel.wording import N_

from .grammar import FLAG, GRAMMAR, INSTANT, TAGGED, TEXT, Is, Many, One, OneOf
from .instants import read_instant
from .refusals import CannotRead
from .texts import are_tagged

MOST = 64  # of one kind in one place


class WrongShape(CannotRead):
    """Readable, perhaps genuine, but not written as this alliance's credentials are."""


def check_shape(document: dict[str, Any], kind: str = "credential") -> None:
    """Return when the document is exactly of that kind; raises WrongShape naming the first place where it is not."""
    if not _fits(document, kind, set()):
        _check(document, kind, kind, set())


class _Step(Enum):
    """What is asked of a value, worked out from its rule once."""

    TEXT, ONE, MANY, PLAIN = range(4)


def _step(key: str, rule: Any) -> tuple[_Step, Any]:
    if rule == TEXT:
        return _Step.TEXT, None
    if isinstance(rule, One):
        return (_Step.MANY if isinstance(rule, Many) else _Step.ONE), rule.kind
    return _Step.PLAIN, (rule, key == "type")


# the grammar by kind: the keys that must stand there, and what is asked of each
_STEPS = {
    kind: (
        frozenset(name for name in rules if not name.endswith("?")),
        {name.removesuffix("?"): _step(name, rule) for name, rule in rules.items()},
    )
    for kind, rules in GRAMMAR.items()
}


@lru_cache(
    maxsize=1_024
)  # most nodes of a document are written like another; of what strangers write otherwise nothing is kept
def _asked(kind: str, keys: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[tuple[str, _Step, Any], ...]]:
    """
    Which of these keys must be texts, and what is asked of the others.

    :raises KeyError: where they are not the keys of that kind.
    """
    needed, steps = _STEPS[kind]
    asked = tuple((key, *steps[key]) for key in keys)
    if not needed <= set(keys):
        raise KeyError(kind)
    return tuple(key for key, step, _ in asked if step is _Step.TEXT), tuple(
        each for each in asked if each[1] is not _Step.TEXT
    )


def _fits(node: Any, kind: str, ids: set[str]) -> bool:
    """The same question without saying where: nearly every document fits, and then nothing needs a name."""
    if not isinstance(node, dict):
        return False
    try:
        texts, others = _asked(kind, tuple(node))
    except KeyError:
        return False
    for key in texts:
        if not isinstance(node[key], str):
            return False
    for key, step, asked in others:
        value = node[key]
        if step is _Step.PLAIN:
            if not _is_plain(value, asked[0], is_type=asked[1]):
                return False
        elif step is _Step.ONE:
            if not _fits(value, asked, ids):
                return False
        elif not _fit_all(value, asked, ids):
            return False
    name = node.get("id")
    if name is None:
        return True
    is_new = name not in ids
    ids.add(name)
    return is_new


def _fit_all(values: Any, kind: str, ids: set[str]) -> bool:
    if not isinstance(values, list) or not 0 < len(values) <= MOST or _has_twin(values):
        return False
    return all(_fits(each, kind, ids) for each in values)


def _has_twin(values: list[Any]) -> bool:
    if len(values) < 2:
        return False
    # Whose names differ are no twins.
    names = {each.get("id") for each in values if isinstance(each, dict) and isinstance(each.get("id"), str)}
    return len(names) < len(values) and any(each in values[place + 1 :] for place, each in enumerate(values))


def _is_plain(value: Any, rule: Any, *, is_type: bool) -> bool:
    """Whether a value that is no node is what the rule says."""
    if isinstance(rule, Is):
        return bool(value == rule.value) or (is_type and _names(value) and sorted(value) == sorted(rule.value))
    if isinstance(rule, OneOf):
        return isinstance(value, str) and value in rule.texts
    if rule == TAGGED:
        return are_tagged(value)
    if rule == INSTANT:
        return read_instant(value) is not None
    return isinstance(value, bool if rule == FLAG else str)


def _check(node: Any, kind: str, place: str, ids: set[str]) -> None:
    if not isinstance(node, dict):
        raise WrongShape(N_("“%(place)s” is not written as this alliance's credentials are."), place=place)
    rules = GRAMMAR[kind]
    for key in node:
        if key not in rules and f"{key}?" not in rules:
            raise WrongShape(
                N_("“%(place)s” has a part that this alliance's credentials do not have: %(key)s."),
                place=place,
                key=key[:60],
            )
    for name, rule in rules.items():
        key = name.removesuffix("?")
        if key in node:
            _value(node[key], rule, f"{place}.{key}", ids)
        elif not name.endswith("?"):
            raise WrongShape(N_("“%(place)s” lacks its %(key)s."), place=place, key=key)
    if "id" in node:
        if node["id"] in ids:
            raise WrongShape(N_("“%(place)s” is told in two places."), place=place)
        ids.add(node["id"])


def _value(value: Any, rule: Any, place: str, ids: set[str]) -> None:
    if isinstance(rule, Many):
        fits = isinstance(value, list) and 0 < len(value) <= MOST and not _has_twin(value)
        for each in value if fits else ():
            _check(each, rule.kind, place, ids)
    elif isinstance(rule, One):
        fits = True
        _check(value, rule.kind, place, ids)
    else:
        fits = _is_plain(value, rule, is_type=place.endswith(".type"))
    if not fits:
        raise WrongShape(N_("“%(place)s” is not written as this alliance's credentials are."), place=place)


def _names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
