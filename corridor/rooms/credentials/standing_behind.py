"""What stands behind a certificate beside its decisions: that the site was capable, and the evidence that the learner agrees to have named."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from corridor.foundations.access import NIGHTLY
from corridor.rooms.assessment.capability import Ground
from corridor.rooms.assessment.models import Decision, Evidence
from corridor.rooms.people.purposes import CERTIFICATE_EVIDENCE
from corridor.rooms.people.queries import persons_to_use
from corridor.rooms.sites.models import Site

from .models import Credential, CredentialUnit
from .proofs.facts import Place

_CAPABLE = "Equipped, accredited and staffed with licensed assessors for each unit listed on the day of its decision."
# Of one certificate; a reader takes no more than 64 parts of a kind.
_MOST = 40
type Rows = Mapping[UUID, Sequence[CredentialUnit]]


def capable_sites(credentials: Sequence[Credential], units: Rows) -> dict[UUID, str]:
    """
    What is to be said of the site, by credential: nothing where nobody has written down what assessing a unit needs, or something was in the
    way (an exception of the secretariat lets a unit be assessed, and makes no site capable).
    """
    found: dict[UUID, str] = {}
    decided = {each.pk: [row.decision for row in units.get(each.pk, [])] for each in credentials}
    wanted = {decision.unit_id: decision.unit for decisions in decided.values() for decision in decisions}
    if not wanted:
        return found
    sites = {each.cohort.site_id: each.cohort.site for each in credentials}
    ground = Ground(sites=sites.values(), units=wanted.values())
    known: dict[tuple[object, ...], bool] = {}
    for each in credentials:
        site = each.cohort.site
        good = [_is_capable(ground, site, decision, known) for decision in decided[each.pk]]
        if good and all(good):
            found[each.pk] = _CAPABLE
    return found


def evidence_named(credentials: Sequence[Credential], units: Rows) -> dict[UUID, tuple[Place, ...]]:
    """
    Each piece of evidence for the decisions of a credential as a link by its hash (RFC 6920), for those who agree on the day of issue. Whoever
    is shown the piece itself can see that it is the one; nobody learns anything else from it.
    """
    agreed: set[tuple[UUID, object]] = set()
    for day in {each.issued_on for each in credentials}:
        persons = {each.enrolment.person_id for each in credentials if each.issued_on == day}
        willing = persons_to_use(persons=persons, purpose=CERTIFICATE_EVIDENCE, on=day, by=NIGHTLY)
        agreed |= {(person, day) for person in willing}
    asked = [each for each in credentials if (each.enrolment.person_id, each.issued_on) in agreed]
    if not asked:
        return {}
    decisions = {each.pk: [row.decision for row in units.get(each.pk, [])] for each in asked}
    places = {decision.enrolment_id for rows in decisions.values() for decision in rows}
    pieces: dict[tuple[UUID, UUID, int], list[Evidence]] = {}
    for piece in Evidence.objects.filter(enrolment__in=places, document__isnull=False).order_by("added_at", "pk"):
        pieces.setdefault((piece.enrolment_id, piece.unit_id, piece.attempt), []).append(piece)
    return {key: _links(rows, pieces) for key, rows in decisions.items()}


def _links(
    decisions: Iterable[Decision], pieces: Mapping[tuple[UUID, UUID, int], Sequence[Evidence]]
) -> tuple[Place, ...]:
    found = {}
    for decision in decisions:
        for piece in pieces.get((decision.enrolment_id, decision.unit_id, decision.attempt), []):
            address = hash_address(piece.sha256)
            found.setdefault(address, Place(address, f"{decision.unit.code}: {piece.kind}"))
    return tuple(list(found.values())[:_MOST])


def hash_address(sha256: str) -> str:
    """``ni:///sha-256;`` and the hash, as RFC 6920 writes it; from hexadecimal digits."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")


def _is_capable(ground: Ground, site: Site, decision: Decision, known: dict[tuple[object, ...], bool]) -> bool:
    key = (site.pk, decision.unit_id, decision.decided_on)
    if key not in known:
        stands = ground.on(decision.decided_on, site=site, unit=decision.unit)
        known[key] = stands.is_asked and not stands.lacks
    return known[key]
