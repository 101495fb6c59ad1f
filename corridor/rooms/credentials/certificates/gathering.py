"""What certificates print, gathered from the records in sets: ten statements however many certificates."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings

from corridor.kernel.fingerprints import bars
from corridor.rooms.curricula.models import UnitTitle
from corridor.rooms.training.counting import minutes_counted

from ..addresses import holder_url
from ..compact.claims import Signatory
from ..composition import hours_of
from ..further_languages import Names, printable
from ..models import (
    Credential,
    CredentialKind,
    CredentialUnit,
    JointSigner,
    RecognitionKind,
    RecognitionStatement,
    SignatoryOffice,
)
from ..proofs.json_reading import read_object
from ..proofs.said import read_said
from ..recognition import statements_on
from .facts import CertificateFacts, RecognisedAs, Texts, UnitProved
from .languages import Places, choose_languages, home_country, kept_in


def gather_facts(credentials: Sequence[Credential]) -> list[CertificateFacts]:
    """
    What the certificate of each signed credential prints, in the order given, by the records of now. They come with cohort, site, programme,
    version and issuer; ``layout`` says who stands below.
    """
    return _Ground(credentials).facts()


class _Ground:
    """Texts by what they belong to, read once for many certificates."""

    def __init__(self, credentials: Sequence[Credential]) -> None:
        self._credentials = credentials
        keys = [each.pk for each in credentials]
        self._units: dict[UUID, list[CredentialUnit]] = {}
        rows = CredentialUnit.objects.filter(credential__in=keys).select_related("decision__unit")
        for row in rows.order_by("decision__unit__position"):
            self._units.setdefault(row.credential_id, []).append(row)
        units = {row.decision.unit_id for held in self._units.values() for row in held}
        self._titles, self._hours = _titles_of(units), hours_of(units)
        self._beside: dict[UUID, list[UUID]] = {}
        self._countries: dict[UUID, tuple[str, ...]] = {}
        signers = JointSigner.objects.filter(credential__in=keys)
        for credential, member, country in signers.values_list("credential", "organisation", "organisation__country"):
            self._beside.setdefault(credential, []).append(member)
            self._countries[credential] = (*self._countries.get(credential, ()), country)
        members = {each.issuer_id for each in credentials} | {each.cohort.site.host_id for each in credentials}
        self._names = Names(members.union(*self._beside.values()))
        self._home = home_country()
        self._statements = self._stated()
        self._signatories = signatories_of({each.layout_id for each in credentials if each.layout_id})

    def facts(self) -> list[CertificateFacts]:
        return [self._facts(each) for each in self._credentials]

    def _facts(self, credential: Credential) -> CertificateFacts:
        cohort, key = credential.cohort, credential.signing_key
        said = read_said(read_object(credential.document))
        kind = CredentialKind(credential.kind)
        statements = self._statements.get((cohort.programme_id, kind, credential.issued_on), [])
        fingerprint = sha256(credential.document.encode()).hexdigest()
        ends, day = credential.expires_before, credential.issued_on
        units = [
            (row.decision, self._titles.get(row.decision.unit_id, {})) for row in self._units.get(credential.pk, [])
        ]
        title = printable(cohort.curriculum_version.titles.all())
        languages = self._languages(credential, {"": title} | {each.unit.code: titles for each, titles in units})

        def kept(texts: Texts) -> Texts:
            return kept_in(texts, languages)

        return CertificateFacts(
            reference=credential.reference,
            kind=kind,
            learner_names=said.learner_names,
            issuer=kept(self._names.on(credential.issuer_id, day)) or {"en": said.issuer_name},
            issuer_reference=credential.issuer.reference,
            key=key.fragment if key else "",
            host=kept(self._names.on(cohort.site.host_id, day)),
            site=kept({each.language: each.text for each in cohort.site.names.all()}) or {"en": said.site_name},
            title=kept(title) or {"en": said.name},
            units=tuple(
                UnitProved(each.unit.code, kept(titles), self._hours.get(each.unit_id, 0), each.decided_on)
                for each, titles in units
            ),
            recognised=tuple(
                RecognisedAs(
                    each.country, RecognitionKind(each.recognition), each.level, each.authority,
                    _decided(each),
                )
                for each in statements
            ),
            issued_on=credential.issued_on,
            last_day=ends - timedelta(days=1) if ends else None,
            address=holder_url(credential.token),
            sha256=fingerprint,
            bars=bars(fingerprint),
            is_specimen=settings.EXAMPLE_DAY is not None,
            signatories=tuple(
                Signatory(each.name, kept(each.office))
                for each in (self._signatories.get(credential.layout_id, ()) if credential.layout_id else ())
            ),
            beside=tuple(kept(names) for each in self._beside.get(credential.pk, []) if (names := self._names.on(each, day))),
            attended_hours=_attended(credential) if kind == CredentialKind.ATTENDANCE else None,
            languages=languages,
        )  # fmt: skip

    def _languages(self, credential: Credential, titles: Mapping[str, Texts]) -> tuple[str, ...]:
        """Those that the layout names, or those of the places behind it."""
        if credential.layout is not None and credential.layout.named_languages:
            return credential.layout.named_languages
        signers = self._countries.get(credential.pk, ())
        places = Places(credential.cohort.site.country, credential.issuer.country, signers, self._home)
        return choose_languages(places, titles).written

    def _stated(self) -> dict[tuple[UUID, str, object], list[RecognitionStatement]]:
        asked: dict[object, set[tuple[UUID, str]]] = {}
        for each in self._credentials:
            asked.setdefault(each.issued_on, set()).add((each.cohort.programme_id, each.kind))
        found = {}
        for day in {each.issued_on for each in self._credentials}:
            found |= {(*key, day): rows for key, rows in statements_on(asked[day], day).items()}
        return found


def _attended(credential: Credential) -> int:
    minutes = minutes_counted([credential.enrolment_id], on=credential.issued_on)
    return minutes.get(credential.enrolment_id, 0) // 60


def _titles_of(units: Collection[UUID]) -> dict[UUID, Texts]:
    rows: dict[UUID, list[UnitTitle]] = {}
    for row in UnitTitle.objects.filter(unit__in=units):
        rows.setdefault(row.unit_id, []).append(row)
    return {unit: printable(titles) for unit, titles in rows.items()}


def signatories_of(layouts: Collection[UUID]) -> dict[UUID, tuple[Signatory, ...]]:
    """Who stands below, by layout."""
    if not layouts:
        return {}
    found: dict[UUID, dict[UUID, tuple[str, dict[str, str]]]] = {}
    rows = SignatoryOffice.objects.filter(signatory__layout__in=layouts).select_related("signatory")
    for row in rows.order_by("signatory__position", "language"):
        person = row.signatory
        found.setdefault(person.layout_id, {}).setdefault(person.pk, (person.name, {}))[1][row.language] = row.text
    return {
        layout: tuple(Signatory(name, offices) for name, offices in persons.values())
        for layout, persons in found.items()
    }


def _decided(statement: RecognitionStatement) -> str:
    """The document that decided it, with the day of the decision where that is written down."""
    title = statement.document.title if statement.document else ""
    return f"{title}, {statement.decided_on.isoformat()}" if title and statement.decided_on else title
