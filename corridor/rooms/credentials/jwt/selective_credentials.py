"""
A credential as SD-JWT VC, bound to the key of its holder's wallet. Source: IETF SD-JWT-based Verifiable Credentials.

Its holder may leave out the name, the day of birth, each result, what a result answers to elsewhere, the levels of the whole, and each piece of
evidence (the site and the programme). What it is, who issued it, and whether it stands is always shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from corridor.kernel.wording import N_

from ..proofs.data_integrity import SigningKey
from ..proofs.instants import day_as_written, read_instant
from ..proofs.said import read_said
from ..proofs.shape import WrongShape
from ..proofs.texts import CRITERIA, DESCRIPTION, RECOGNITION, are_named
from ..proofs.verdicts import Said, UnitSaid
from .credentials import require_one_signer
from .selective import HASH, Hidden, Opened
from .tokens import sign_token

TYP = "dc+sd-jwt"
_TEXTS = ("id", "name", "type", "description", "criteria")
_NAMES, _ALIGNMENTS = "names", "alignments"
_TABLES = (_NAMES, _ALIGNMENTS)
_OF_ALIGNMENT = {
    "name": "targetName",
    "code": "targetCode",
    "url": "targetUrl",
    "framework": "targetFramework",
    "type": "targetType",
}
# What is told by language beside a text, in the achievement and in the claims.
_OF_ACHIEVEMENT = {"descriptions": DESCRIPTION, "criteria_texts": CRITERIA}
_ISSUER_NAMES, _RECOGNITIONS = "issuer_names", "recognition_texts"


@dataclass(frozen=True)
class Read:
    """What is shown of one: as our other credentials say it, and in the words by which they are looked at."""

    said: Said
    document: dict[str, Any]


def write_selective(
    document: Mapping[str, Any],
    *,
    vct: str,
    key: SigningKey,
    at: datetime,
    holder: Mapping[str, str] | None = None,
    born_on: date | None = None,
) -> str:
    """The token of a signed credential, with every part that may be left out; ``holder`` is the wallet's key as JSON Web Key."""
    require_one_signer(document)
    said, hidden = read_said(dict(document)), Hidden()
    begins, ends = read_instant(document["validFrom"]), read_instant(document.get("validUntil"))
    written = _alignments_written(document)
    results = [hidden.element(_result(each, said, written.get(each.id, []), hidden)) for each in said.units]
    places = [
        hidden.element({"genre": genre, "id": place, "name": name} | _further(said, place))
        for genre, place, name in (
            ("site", said.site, said.site_name), ("programme", said.programme, said.programme_name)
        )
    ]  # fmt: skip
    properties = {"name": said.learner_names[0] if said.learner_names else "", "results": results, "evidence": places}
    if levels := written.get(said.achievement_id):
        properties["levels"] = [_alignment(each, said) for each in levels]
    if said.learner_names[1:]:
        properties["other_names"] = list(said.learner_names[1:])
    if born_on is not None:
        properties["birthdate"] = born_on.isoformat()
    claims: dict[str, Any] = {
        "iss": said.issuer_did, "vct": vct, "jti": said.id, "iat": int(at.timestamp()),
        "nbf": int(begins.timestamp()) if begins else int(at.timestamp()),
        "valid_from": document["validFrom"], "issuer_name": said.issuer_name,
        "achievement": {
            "id": said.achievement_id, "name": said.name, "type": said.kind, "description": said.description, "criteria": said.criteria,
        } | _further(said, said.achievement_id) | _in_languages(said, {key: name for name, key in _OF_ACHIEVEMENT.items()}),
        "status": {"bitstring_status_list": document["credentialStatus"]},
        "_sd": sorted(hidden.property(name, value) for name, value in properties.items()),
        "_sd_alg": HASH,
    }  # fmt: skip
    claims |= {"exp": int(ends.timestamp()), "valid_until": document["validUntil"]} if ends else {}
    claims |= {"recognition": said.recognition} if said.recognition else {}
    claims |= _in_languages(said, {said.issuer_did: _ISSUER_NAMES, RECOGNITION: _RECOGNITIONS})
    claims |= {"cnf": {"jwk": dict(holder)}} if holder else {}
    return "~".join([sign_token(claims, key=key, typ=TYP), *hidden.disclosures, ""])


def read_selective(opened: Opened) -> Read:
    """:raises WrongShape: where it is not written as this alliance writes them."""
    claims = opened.claims
    achievement, results, evidence = claims.get("achievement"), claims.get("results", []), claims.get("evidence", [])
    nodes: list[Any] = [*results, *evidence] if isinstance(results, list) and isinstance(evidence, list) else [None]
    status = claims.get("status")
    whole = (
        all(isinstance(claims.get(name), str) for name in ("iss", "jti", "issuer_name", "valid_from", "vct"))
        and all(isinstance(claims.get(name, ""), str) for name in ("name", "recognition", "birthdate"))
        and isinstance(achievement, dict)
        and all(isinstance(achievement.get(name), str) for name in _TEXTS)
        and all(
            isinstance(each, dict) and all(isinstance(text, str) for name, text in each.items() if name not in _TABLES)
            for each in nodes
        )
        and all("id" in each and "name" in each for each in nodes)
        and all(are_named(each[_NAMES]) for each in (achievement, *nodes) if _NAMES in each)
        and all(are_named(achievement[name]) for name in _OF_ACHIEVEMENT if name in achievement)
        and all(are_named(claims[name]) for name in (_ISSUER_NAMES, _RECOGNITIONS) if name in claims)
        and all(_are_alignments(each.get(_ALIGNMENTS, [])) for each in nodes)
        and _are_alignments(claims.get("levels", []))
        and isinstance(status, dict)
        and isinstance(status.get("bitstring_status_list"), dict)
        and _are_texts(claims.get("other_names", []))
    )
    days: dict[str, Any] = {name: claims[name] for name in ("valid_from", "valid_until") if name in claims}
    if not whole or not isinstance(achievement, dict) or not _agree(claims, days):
        raise WrongShape(N_("The token is not written as this alliance's credentials are."))
    places = {each.get("genre"): each for each in evidence}
    names = [claims["name"]] if claims.get("name") else []
    said = Said(
        id=claims["jti"], name=achievement["name"], kind=achievement["type"], issuer_did=claims["iss"],
        issuer_name=claims["issuer_name"], learner_names=(*names, *claims.get("other_names", [])),
        achievement_id=achievement["id"], description=achievement["description"], criteria=achievement["criteria"],
        recognition=claims.get("recognition", ""), units=tuple(_unit(each) for each in results),
        site=places.get("site", {}).get("id", ""), site_name=places.get("site", {}).get("name", ""),
        programme=places.get("programme", {}).get("id", ""), programme_name=places.get("programme", {}).get("name", ""),
        issued_on=day_as_written(days["valid_from"]) or date.min, valid_until=days.get("valid_until", ""),
        alignments=_read_alignments(claims.get("levels", [])),
        texts={each["id"]: each[_NAMES] for each in (achievement, *nodes) if _NAMES in each}
        | {each["url"]: each[_NAMES] for each in claims.get("levels", []) if _NAMES in each}
        | {key: achievement[name] for name, key in _OF_ACHIEVEMENT.items() if name in achievement}
        | {key: claims[name] for name, key in ((_ISSUER_NAMES, claims["iss"]), (_RECOGNITIONS, RECOGNITION)) if name in claims},
    )  # fmt: skip
    status_of = {"credentialStatus": claims["status"]["bitstring_status_list"]}
    ends = {"validUntil": days["valid_until"]} if "valid_until" in days else {}
    return Read(said, {"issuer": claims["iss"], "validFrom": days["valid_from"], **ends, **status_of})


def _alignments_written(document: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """What the whole and each unit answer to elsewhere, by the address of ours."""
    achievement = document["credentialSubject"]["achievement"]
    return {
        each["id"]: each["alignment"]
        for each in (achievement, *achievement["resultDescription"])
        if "alignment" in each
    }


def _result(unit: UnitSaid, said: Said, alignments: Sequence[Mapping[str, Any]], hidden: Hidden) -> dict[str, Any]:
    """What it answers to elsewhere is hidden inside: it is shown with the unit, or kept back."""
    found: dict[str, Any] = {"id": unit.id, "name": unit.name} | _further(said, unit.id)
    found |= {"hours": unit.hours} if unit.hours else {}
    if alignments:
        found["_sd"] = [hidden.property(_ALIGNMENTS, [_alignment(each, said) for each in alignments])]
    return found


def _unit(result: Mapping[str, Any]) -> UnitSaid:
    return UnitSaid(
        result["id"], result["name"], _read_alignments(result.get(_ALIGNMENTS, [])), hours=result.get("hours", "")
    )


def _alignment(each: Mapping[str, Any], said: Said) -> dict[str, Any]:
    """In the words of Open Badges, without their "target"."""
    found = {name: each[long] for name, long in _OF_ALIGNMENT.items() if long in each}
    return found | _further(said, each["targetUrl"])


def _read_alignments(values: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, str, str], ...]:
    return tuple((each["name"], each.get("code", ""), each["url"]) for each in values)


def _are_alignments(values: Any) -> bool:
    return isinstance(values, list) and all(
        isinstance(each, dict)
        and {"name", "url"} <= set(each) <= {*_OF_ALIGNMENT, _NAMES}
        and all(isinstance(text, str) for name, text in each.items() if name != _NAMES)
        and are_named(each.get(_NAMES, {"en": "-"}))
        for each in values
    )


def _further(said: Said, key: str) -> dict[str, dict[str, str]]:
    """What it is called in further languages; it is shown and left out together with the name."""
    return _in_languages(said, {key: _NAMES})


def _in_languages(said: Said, names: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The tables of texts by language that there are, each under its name in the token (``names``, by key)."""
    return {name: dict(said.texts[key]) for key, name in names.items() if key in said.texts}


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _agree(claims: Mapping[str, Any], days: Mapping[str, Any]) -> bool:
    """Whether the days, which name the zone of the place, are the instants by which other readers go."""
    for name, instant in (("valid_from", "nbf"), ("valid_until", "exp")):
        written = read_instant(days.get(name))
        if claims.get(instant) != (int(written.timestamp()) if written else None) or (name in days and not written):
            return False
    return "valid_from" in days
