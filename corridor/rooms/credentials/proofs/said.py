"""Read out what a credential says. Only for documents whose signature and shape have held."""

from datetime import date
from typing import Any

from .instants import day_as_written
from .texts import CLAIM, by_language, read_texts
from .verdicts import Said, UnitSaid

# What follows the address of a unit in that of its hours.
HOURS = "-hours"


def read_said(document: dict[str, Any]) -> Said:
    """What was signed, from a document of exactly our shape."""
    subject = document["credentialSubject"]
    achievement = subject["achievement"]
    places = {each["genre"]: each for each in document["evidence"]}
    site, programme = places.get("site", {}), places.get("programme", {})
    completed = {each["resultDescription"] for each in subject["result"] if each.get("status") == "Completed"}
    values = {each["resultDescription"]: each["value"] for each in subject["result"] if "value" in each}
    hours = {unit: values.pop(key) for unit in completed if (key := f"{unit}{HOURS}") in values}
    return Said(
        id=document["id"],
        name=document["name"],
        kind=achievement["achievementType"],
        issuer_did=document["issuer"]["id"],
        issuer_name=document["issuer"]["name"],
        learner_names=tuple(
            each["identityHash"]
            for each in subject["identifier"]
            if not each["hashed"] and each["identityType"] == "name"
        ),
        achievement_id=achievement["id"],
        description=achievement["description"],
        criteria=achievement["criteria"]["narrative"],
        recognition=document.get("description", ""),
        units=tuple(
            _unit(each, hours.get(each["id"], ""))
            for each in achievement["resultDescription"]
            if each["id"] in completed
        ),
        site=site.get("id", ""),
        site_name=site.get("name", ""),
        site_note=site.get("description", ""),
        programme=programme.get("id", ""),
        programme_name=programme.get("name", ""),
        issued_on=day_as_written(document["validFrom"]) or date.min,
        valid_until=document.get("validUntil", ""),
        signers=tuple((each["id"], each["name"]) for each in document["evidence"] if each["genre"] == "signer"),
        measured=tuple(
            (each["name"], values[each["id"]]) for each in achievement["resultDescription"] if each["id"] in values
        ),
        alignments=tuple(_alignment(each) for each in achievement.get("alignment", [])),
        texts=read_texts(document),
    )


def read_endorsement(document: dict[str, Any]) -> Said:
    """What was signed, from an endorsement of exactly our shape."""
    subject = document["credentialSubject"]
    return Said(
        id=document["id"], name=document["name"], kind="EndorsementCredential", issuer_did=document["issuer"]["id"],
        issuer_name=document["issuer"]["name"], learner_names=(), achievement_id="",
        description=subject["endorsementComment"], criteria="", recognition="", units=(), site="", site_name="",
        programme="", programme_name="", issued_on=day_as_written(document["validFrom"]) or date.min,
        valid_until=document.get("validUntil", ""), endorses=subject["id"],
        texts=by_language((CLAIM, subject), ("", document), (document["issuer"]["id"], document["issuer"])),
    )  # fmt: skip


def _unit(unit: dict[str, Any], hours: str) -> UnitSaid:
    return UnitSaid(
        id=unit["id"],
        name=unit["name"],
        alignments=tuple(_alignment(each) for each in unit.get("alignment", [])),
        hours=hours,
    )


def _alignment(each: dict[str, Any]) -> tuple[str, str, str]:
    return each["targetName"], each.get("targetCode", ""), each["targetUrl"]
