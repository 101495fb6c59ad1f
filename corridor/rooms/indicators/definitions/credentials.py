"""What was issued, what is in force, and how far it counts."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.evidence import EvidenceRow, Role, role_of
from corridor.kernel.periods import Period
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.rooms.credentials.lifecycle import CredentialStatus
from corridor.rooms.credentials.models import Credential, RecognitionKind, RecognitionStatement
from corridor.rooms.members.merging import references_that_stand
from corridor.rooms.training.models import ParticipantKind

from ..scopes import Scope
from .definition import Definition, Form, Gathered, Time, When
from .learners import DIMENSIONS, KEYS, PATHS, Learners

COUNTS_ABROAD = {RecognitionKind.NATIONAL.value, RecognitionKind.REFERENCED.value, RecognitionKind.BILATERAL.value}
NOT_STATED = "none"


class Held(NamedTuple):
    """One credential with the codes of the place in a cohort that it stands for."""

    credential: UUID
    person: str
    kind: str
    programme: UUID
    issued_on: date
    codes: dict[str, str]


def _issued(scope: Scope, when: When) -> Gathered:
    return _rows(_issued_in(when.period), scope)


def _in_force(scope: Scope, when: When) -> Gathered:
    issued = with_status_on(Credential.objects.all(), when.day).filter(status_then=CredentialStatus.ISSUED)
    not_expired = Q(expires_before__isnull=True) | Q(expires_before__gt=when.day)
    return _rows(issued.filter(not_expired, issued_on__lte=when.day), scope)


def _recognised(scope: Scope, when: When) -> Gathered:
    statements = _Statements.read()
    abroad = scope.get("country")
    rows = []
    for held in _held(_issued_in(when.period), scope.without(["country"])):
        recognition = statements.of(held, country=abroad or held.codes["country"])
        roles = [Role.DENOMINATOR, Role.NUMERATOR] if recognition in COUNTS_ABROAD else [Role.DENOMINATOR]
        codes = held.codes | {"recognition": recognition}
        rows.append(
            EvidenceRow("credential", str(held.credential), str(held.credential), role=role_of(*roles), codes=codes)
        )
    return Gathered(rows)


def _issued_in(period: Period) -> QuerySet[Any]:
    inside = Q(issued_on__gte=period.starts_on)
    if period.ends_before is not None:
        inside &= Q(issued_on__lt=period.ends_before)
    return Credential.objects.filter(inside, replaces__isnull=True).exclude(status=CredentialStatus.DRAFT)


def _rows(credentials: QuerySet[Any], scope: Scope) -> Gathered:
    every = list(_held(credentials, scope))
    return Gathered(
        [EvidenceRow("credential", str(held.credential), held.person, codes=held.codes) for held in every],
        days={str(held.credential): held.issued_on for held in every},
    )


def _held(credentials: QuerySet[Any], scope: Scope) -> Iterator[Held]:
    credentials = scope.narrow(credentials, {key: f"enrolment__{path}" for key, path in PATHS.items()})
    found: Any = credentials.order_by("pk").values_list(
        "pk", "enrolment_id", "kind", "issuer__reference", "issued_on", "cohort__programme_id"
    )
    every = list(found.iterator(chunk_size=2_000))
    learners = Learners.of({enrolment for _key, enrolment, *_more in every})
    stands = references_that_stand()
    for key, enrolment, kind, issuer, issued_on, programme in every:
        codes = learners.codes(enrolment, issued_on) | {"credential_kind": kind, "issuer": stands.get(issuer, issuer)}
        yield Held(key, learners.subject(enrolment), kind, programme, issued_on, codes)


class _Statements:
    """What each programme's credentials count as in each country, by days."""

    def __init__(self, found: dict[tuple[UUID, str, str], list[tuple[Period, str]]]) -> None:
        self._found = found

    @classmethod
    def read(cls) -> "_Statements":
        found: dict[tuple[UUID, str, str], list[tuple[Period, str]]] = defaultdict(list)
        documented: Any = RecognitionStatement.objects.values_list(
            "programme_id", "credential_kind", "country", "starts_on", "ends_before", "recognition", "document_id"
        )
        for programme, kind, country, starts_on, ends_before, recognition, document in documented:
            if recognition not in COUNTS_ABROAD or document is not None:
                found[programme, kind, country].append((Period(starts_on, ends_before), recognition))
        return cls(found)

    def of(self, held: Held, *, country: str) -> str:
        """What it counted as in that country on the day of issue; "none" where nothing was stated."""
        stated = self._found.get((held.programme, held.kind, country), ())
        return next((kind for period, kind in stated if period.contains(held.issued_on)), NOT_STATED)


_L = (*DIMENSIONS, "credential_kind", "issuer")

DEFINITIONS = (
    Definition(
        code="credentials.issued",
        version=1,
        title=_("Credentials issued"),
        counted=_("Credentials whose day of issue is in the period; one that replaces another is not a new one."),
        unit=Unit.CREDENTIALS,
        additivity=Additivity.ADDS,
        time=Time.PERIOD,
        form=Form.VOLUME,
        rule=Rule.COUNT_RECORDS,
        collect=_issued,
        dimensions=_L,
        keys=KEYS,
        persons=True,
        kinds=ParticipantKind,
        wrong_way=_("Calling credentials people."),
        follows=_("Fields of the Australian statistics of vocational education; the rule is our own choice."),
    ),
    Definition(
        code="credentials.persons",
        version=1,
        title=_("Persons with credentials"),
        counted=_(
            "Distinct persons to whom at least one credential was issued in the period; one that replaces another is not a new one."
        ),
        unit=Unit.PERSONS,
        additivity=Additivity.DISTINCT,
        time=Time.PERIOD,
        form=Form.PERSONS,
        rule=Rule.COUNT_SUBJECTS,
        collect=_issued,
        dimensions=_L,
        keys=KEYS,
        claimants=("issuer",),
        persons=True,
        kinds=ParticipantKind,
        wrong_way=_("Calling credentials people."),
        follows=_("Our own choice."),
    ),
    Definition(
        code="credentials.in_force",
        version=1,
        title=_("Credentials in force"),
        counted=_("Credentials issued by the day and on it neither suspended, revoked, expired nor replaced."),
        unit=Unit.CREDENTIALS,
        additivity=Additivity.ON_A_DAY,
        time=Time.ON_DAY,
        form=Form.VOLUME,
        rule=Rule.COUNT_RECORDS,
        collect=_in_force,
        dimensions=_L,
        keys=KEYS,
        persons=True,
        kinds=ParticipantKind,
        wrong_way=_("Leaving revoked ones in."),
        follows=_("Our own choice."),
    ),
    Definition(
        code="credentials.recognised_share",
        version=1,
        title=_("Credentials that count beyond the institution"),
        counted=_(
            "Of the credentials issued in the period: those that on the day of issue were a national qualification, referenced to "
            "the national framework or recognised between countries, with a document. Looked at in the country named, or else in "
            "the country where it was earned."
        ),
        unit=Unit.PERCENT,
        additivity=Additivity.RATE,
        time=Time.PERIOD,
        form=Form.RATE,
        rule=Rule.RATE,
        collect=_recognised,
        dimensions=("recognition", "credential_kind", "programme", "site"),
        keys=KEYS,
        own_keys=("country",),
        persons=True,
        kinds=ParticipantKind,
        wrong_way=_("Reading a reference framework as recognition."),
        follows=_("Our own choice; nobody reports it."),
    ),
)
