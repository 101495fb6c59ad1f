"""
A transcript as ELMO 1.7, which European universities read. Source: EMREX, elmo-schemas 1.7.0.

A name that nobody has marked as family and given stands whole as the family name, as on a passport that knows one name only. Credits and
citizenship are left out: no record says them.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from corridor.foundations.vocabularies.languages import bcp47

from ..addresses import did_of
from ..certificates.facts import UnitProved
from ..models import CredentialKind
from ..proofs.said import read_said
from ..proofs.texts import DESCRIPTION, RECOGNITION
from .facts import Awarded, Transcript

NAMESPACE = "https://github.com/emrex-eu/elmo-schemas/tree/v1"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What XML 1.0 cannot hold, even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COMPETENT = "Competent"


def write_elmo(transcript: Transcript) -> bytes:
    """The document, in UTF-8. One report for each issuer, by its reference."""
    root = Element("elmo", {"xmlns": NAMESPACE})
    made = transcript.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    _say(root, "generatedDate", made)
    _learner(root, transcript)
    issuers: dict[str, list[Awarded]] = {}
    for each in transcript.awarded:
        issuers.setdefault(each.facts.issuer_reference, []).append(each)
    for reference, awarded in sorted(issuers.items()):
        _report(root, reference, awarded, made)
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _learner(root: Element, transcript: Transcript) -> None:
    holder, learner = transcript.holder, SubElement(root, "learner")
    _identify(learner, "local", holder.reference)
    whole = holder.names[0] if holder.names else ""
    _say(learner, "givenNames", holder.given if holder.family else "")
    _say(learner, "familyName", holder.family or whole)
    if holder.born_on is not None:
        _say(learner, "bday", holder.born_on.isoformat())


def _report(root: Element, reference: str, awarded: list[Awarded], made: str) -> None:
    first, report = awarded[0], SubElement(root, "report")
    issuer = SubElement(report, "issuer")
    if first.issuer_country:
        _say(issuer, "country", first.issuer_country)
    _identify(issuer, "local", reference)
    _identify(issuer, "did", did_of(reference))
    _titles(issuer, first.facts.issuer)
    _say(issuer, "url", first.issuer_address)
    for each in awarded:
        _certificate(report, each)
    _say(report, "issueDate", made)


def _certificate(report: Element, awarded: Awarded) -> None:
    facts, document = awarded.facts, awarded.document
    is_award = facts.kind == CredentialKind.AWARD
    place = _opportunity(report, document["credentialSubject"]["achievement"]["id"], facts.title)
    _say(place, "url", facts.address)
    for language, told in _descriptions(document):
        _say(place, "description", told).set(_LANG, language)
    instance = _instance(place, facts.reference, facts.issued_on, facts.hours)
    instance.find("resultLabel").text = "Award" if is_award else "Statement of units"  # type: ignore[union-attr]
    for unit in facts.units:
        _unit(place, unit)


def _descriptions(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What it stands for and what it counts as: in English, and in each language in which it was signed."""
    said = read_said(document)
    yield "en", " ".join(part for part in (said.description, said.recognition) if part)
    for tag in sorted({*said.texts.get(DESCRIPTION, {}), *said.texts.get(RECOGNITION, {})}):
        told = (said.texts.get(key, {}).get(tag, "") for key in (DESCRIPTION, RECOGNITION))
        yield bcp47(tag), " ".join(part for part in told if part)


def _unit(place: Element, unit: UnitProved) -> None:
    part = _opportunity(SubElement(place, "hasPart"), unit.code, unit.titles or {"": unit.code}, kind="Module")
    _instance(part, "", unit.decided_on, unit.hours)


def _opportunity(parent: Element, identifier: str, titles: Mapping[str, str], *, kind: str = "") -> Element:
    place = SubElement(parent, "learningOpportunitySpecification")
    _identify(place, "local", identifier)
    _titles(place, titles)
    if kind:
        _say(place, "type", kind)
    return place


def _instance(place: Element, identifier: str, on: date, hours: int) -> Element:
    instance = SubElement(SubElement(place, "specifies"), "learningOpportunityInstance")
    if identifier:
        _identify(instance, "local", identifier)
    _say(instance, "date", on.isoformat())
    _say(instance, "status", "passed")
    _say(instance, "resultLabel", _COMPETENT)
    if hours:
        _say(instance, "engagementHours", str(hours))
    return instance


def _titles(parent: Element, titles: Mapping[str, str]) -> None:
    for language, title in sorted(titles.items()):
        said = _say(parent, "title", title)
        if language:
            said.set(_LANG, language)


def _identify(parent: Element, kind: str, value: str) -> None:
    _say(parent, "identifier", value).set("type", kind)


def _say(parent: Element, name: str, text: str) -> Element:
    found = SubElement(parent, name)
    found.text = _UNWRITABLE.sub("\ufffd", text)
    return found
