"""
The leaving kit of a member: everything that it takes to verify what it issued, for years and without us, and its data in open formats.

One folder: see ``kit_readme.py``, which goes with it.
"""

import csv
import io
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit.keys import NoAllianceKey
from corridor.foundations.vocabularies.languages import django_code
from corridor.rooms.members.models import Organisation, OrganisationName
from corridor.rooms.training.names import names_of

from .addresses import alliance_did, did_of
from .alliance import alliance_document, alliance_signer
from .further_languages import Names
from .issuers import active_days
from .keys import published
from .kit_pages import TEXTS, Held, Told, Verifier, held_page, index_page, verify_page
from .kit_readme import readme
from .lifecycle import CredentialStatus
from .models import Attestation, Credential, DayTree, Entitlement, RegisterEdition, SigningKey, StatusList
from .proofs.data_integrity import JCS, as_text, sign, timestamp
from .queries.naming import is_named_to_all
from .queries.trees import has_proof, proof_of

FORMAT = "corridor-leaving-kit-1"
# Addresses that only their holders know.
_HELD = ("/c/", "/attestations/")


@dataclass
class Kit:
    """The files by their path below the folder, and how many certificates and attestations are among them."""

    files: dict[str, str] = field(default_factory=dict)
    credentials: int = 0
    attestations: int = 0
    persons: list[Any] = field(default_factory=list)


def make_kit(member: Organisation, *, on: date, at: datetime, keys: str = "", verifier: Verifier | None = None) -> Kit:
    """
    ``keys``: the private halves, sealed to the member; empty where they were not handed over. ``verifier``: for a page that
    verifies with what stands at the old addresses; without it there is no such page.
    """
    kit, told = Kit(), Told(_names(member, on), on)
    _add_published(kit, member)
    _add_credentials(kit, member, told)
    _add_attestations(kit, member)
    kit.files |= _data(member)
    if keys:
        kit.files["keys.sealed.json"] = keys
    kit.files["README.txt"] = readme(told, reference=member.reference, country=member.country)
    kit.files["site/nginx.conf.example"] = (TEXTS / "nginx.conf.example").read_text("utf-8")
    shown = sorted(
        each.removeprefix("site/")
        for each in kit.files
        if each.startswith("site/") and not any(place in each for place in _HELD)
    )
    if verifier is not None and any(name.endswith("/issuers.json") for name in kit.files):
        _add_verifier(kit, member, told, verifier)
        shown.append(f"{_site().removeprefix('site/')}verify/")
    kit.files["site/language.js"] = (TEXTS / "language.js").read_text("utf-8")
    kit.files["site/index.html"] = index_page(told, [each for each in shown if not each.endswith(".example")])
    kit.files["kit.json"] = as_text(_manifest(kit, told, member, at))
    return kit


def _add_published(kit: Kit, member: Organisation) -> None:
    """Keys, lists, register and checkpoints: as files of the folder, and at their old addresses below site/."""
    reference, site = member.reference, _site()
    document, alliance = published(member.pk, reference), alliance_document()
    if document is not None:
        kit.files[f"dids/{reference}.json"] = kit.files[f"{site}members/{reference}/did.json"] = as_text(document)
    if alliance is not None:
        kit.files["dids/the.alliance.json"] = kit.files["site/.well-known/did.json"] = as_text(alliance)
    for listed in StatusList.objects.filter(organisation=member).exclude(signed_list="").order_by("number"):
        kit.files[f"status/{reference}-{listed.number}.json"] = listed.signed_list
        kit.files[f"companions/{reference}-{listed.number}.json"] = listed.signed_companion
        kit.files[f"{site}status/{reference}/{listed.number}/index.html"] = listed.signed_list
        kit.files[f"{site}status/{reference}/{listed.number}/reasons"] = listed.signed_companion
    register = RegisterEdition.objects.first()
    if register is not None:
        kit.files["register.json"] = kit.files[f"{site}issuers.json"] = register.document
        kit.files[f"{site}issuers/{register.number}.json"] = register.document
    for tree in DayTree.objects.order_by("number").iterator(chunk_size=200):
        kit.files[f"checkpoints/{tree.number:05}.json"] = kit.files[f"{site}checkpoints/{tree.number}.json"] = (
            tree.document
        )


def _add_credentials(kit: Kit, member: Organisation, told: Told) -> None:
    rows = Credential.objects.filter(issuer=member).exclude(document="").select_related("enrolment__person")
    for each in rows.order_by("reference").iterator(chunk_size=200):
        kit.files[f"credentials/{each.reference}.json"] = each.document
        kit.credentials += 1
        kit.persons.append(each.enrolment.person_id)
        links = []
        if has_proof(credential=each, by=NIGHTLY):
            proof = as_text(proof_of(credential=each, by=NIGHTLY))
            kit.files[f"proofs/{each.reference}.json"] = kit.files[f"site/c/{each.token}/proof.json"] = proof
            links.append("proof.json")
        # Whose it is stands on the page only as the holder agreed; whoever has the file shows it themselves.
        if is_named_to_all(credential=each, on=told.day, by=NIGHTLY):
            kit.files[f"site/c/{each.token}/credential.json"] = each.document
            links.append("credential.json")
        held = Held(
            each.reference, each.issued_on, CredentialStatus(each.status).label, sha256(each.document.encode()).hexdigest(), links
        )  # fmt: skip
        kit.files[f"site/c/{each.token}/index.html"] = held_page(told, held, up="../../")


def _add_attestations(kit: Kit, member: Organisation) -> None:
    """What it signed outside of cohorts. At the old addresses only what names nobody: a web server may list the folder to anyone."""
    rows = Attestation.objects.filter(issuer=member).exclude(document="")
    for each in rows.order_by("reference").iterator(chunk_size=200):
        kit.files[f"attestations/{each.reference}.json"] = each.document
        kit.attestations += 1
        place = f"{_site()}attestations/held/{each.token}"
        if has_proof(credential=each, by=NIGHTLY):
            proof = as_text(proof_of(credential=each, by=NIGHTLY))
            kit.files[f"proofs/{each.reference}.json"] = kit.files[f"{place}/proof.json"] = proof
        if each.person_id is None:
            kit.files[f"{place}.json"] = each.document
        else:
            kit.persons.append(each.person_id)


def _add_verifier(kit: Kit, member: Organisation, told: Told, verifier: Verifier) -> None:
    """A page beside the published files that reads them, and nothing else."""
    site = _site()
    up = "../" * (1 + site.removeprefix("site/").count("/"))
    lists = [name for name in kit.files if name.startswith(f"{site}status/") and name.endswith("/index.html")]
    published = {
        "alliance": f"{up}.well-known/did.json", "register": "../issuers.json", "dids": [f"../members/{member.reference}/did.json"],
        "lists": [f"../{name.removeprefix(site).removesuffix('index.html')}" for name in sorted(lists)],
        "companions": [f"../{name.removeprefix(site).removesuffix('index.html')}reasons" for name in sorted(lists)],
    }  # fmt: skip
    kit.files[f"{site}verify/index.html"] = verify_page(told, published, verifier.sentences, up=up)
    kit.files[f"{site}verify/page.js"] = (TEXTS / "verify.js").read_text("utf-8")
    kit.files[f"{site}verify/verifying.js"] = verifier.script


def _site() -> str:
    """Where in the kit the old addresses begin."""
    base = urlsplit(settings.PUBLIC_URL).path.strip("/")
    return f"site/{base}/" if base else "site/"


def _data(member: Organisation) -> dict[str, str]:
    active = active_days([member.pk]).get(member.pk, [])
    organisation = {
        "reference": member.reference, "did": did_of(member.reference), "country": member.country,
        "names": [
            {"language": each.language, "kind": each.kind, "name": each.name}
            for each in OrganisationName.objects.filter(organisation=member).order_by("kind", "language", "pk")
        ],
        "active": [{"from": f"{begin}", "before": f"{end}" if end else None} for begin, end in active],
    }  # fmt: skip
    held = list(
        Credential.objects.filter(issuer=member).exclude(status="draft")
        .select_related("cohort__programme", "cohort__site", "enrolment", "signing_key", "replaces", "status_list")
        .order_by("reference")
    )  # fmt: skip
    names = names_of({each.enrolment.person_id for each in held})
    credentials = [
        {
            "reference": each.reference, "kind": each.kind, "status": each.status, "issued_on": each.issued_on,
            "expires_before": each.expires_before or "", "own_name": names[each.enrolment.person_id].own_name,
            "romanised_name": names[each.enrolment.person_id].romanised_name, "programme": each.cohort.programme.reference,
            "site": each.cohort.site.reference, "cohort": each.cohort.reference, "number": each.enrolment.number,
            "key": each.signing_key.fragment if each.signing_key else "", "list": each.status_list.number, "index": each.status_index,
            "replaces": each.replaces.reference if each.replaces else "",
        }
        for each in held
    ]  # fmt: skip
    given = Attestation.objects.filter(issuer=member).select_related(
        "credential", "version__curriculum", "member", "signing_key", "status_list"
    )
    attestations = [
        {
            "reference": each.reference, "kind": each.kind, "status": each.status, "issued_on": each.issued_on,
            "expires_before": each.expires_before or "", "credential": each.credential.reference if each.credential else "",
            "curriculum": str(each.version) if each.version else "", "member": each.member.reference if each.member else "",
            "key": each.signing_key.fragment, "list": each.status_list.number, "index": each.status_index,
        }
        for each in given.order_by("reference")
    ]  # fmt: skip
    entitlements = [
        {
            "programme": each.programme.reference,
            "site": each.site.reference,
            "starts_on": each.starts_on,
            "ends_before": each.ends_before or "",
        }
        for each in Entitlement.objects.filter(issuer=member)
        .select_related("programme", "site")
        .order_by("starts_on", "pk")
    ]
    keys = [
        {
            "key": each.fragment, "public_multibase": each.public_multibase, "valid_from": timestamp(each.valid_from),
            "valid_before": timestamp(each.valid_before) if each.valid_before else "",
            "compromised_from": timestamp(each.compromised_from) if each.compromised_from else "",
        }
        for each in SigningKey.objects.filter(organisation=member).defer("sealed_private").order_by("valid_from")
    ]  # fmt: skip
    return {
        "data/organisation.json": json.dumps(organisation, ensure_ascii=False, indent=1),
        "data/credentials.csv": _table(credentials),
        "data/attestations.csv": _table(attestations),
        "data/entitlements.csv": _table(entitlements),
        "data/keys.csv": _table(keys),
    }


def _table(rows: list[dict[str, Any]]) -> str:
    written = io.StringIO()
    if rows:
        table = csv.DictWriter(written, list(rows[0]), lineterminator="\r\n")
        table.writeheader()
        table.writerows(rows)
    return written.getvalue()


def _manifest(kit: Kit, told: Told, member: Organisation, at: datetime) -> dict[str, Any]:
    """Signed by the alliance where it has a key; the fingerprints alone find what was damaged on the way."""
    said: dict[str, Any] = {
        "format": FORMAT, "id": f"urn:corridor:kit:{member.reference}:{timestamp(at)}", "member": member.reference, "name": told.names["en"],
        "did": did_of(member.reference), "alliance": settings.PUBLIC_URL, "issuer": alliance_did(), "created": timestamp(at),
        "files": {name: sha256(text.encode()).hexdigest() for name, text in sorted(kit.files.items())},
    }  # fmt: skip
    try:
        _key, signer = alliance_signer()
    except NoAllianceKey:
        return said
    return sign(said, key=signer, created=at, cryptosuite=JCS)


def _names(member: Organisation, on: date) -> dict[str, str]:
    """What it is officially called on that day, by Django's code of the language; its reference where it has no English name."""
    names = Names([member.pk]).on(member.pk, on)
    return {"en": member.reference} | {django_code(language): name for language, name in names.items()}
