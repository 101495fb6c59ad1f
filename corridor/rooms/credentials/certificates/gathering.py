"""What certificates print, gathered from the records in sets: ten statements however many certificates."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from hashlib import sha256
from uuid import UUID

from django.conf import settings

from corridor.kernel.fingerprints import bars
from corridor.rooms.training.counting import minutes_counted

from ..addresses import holder_url
from ..compact import base41
from ..compact.claims import EARLIER_LANGUAGES, Signatory, read_claims
from ..compact.message import read_message
from ..composition import hours_of
from ..further_languages import Names, printable, printable_titles
from ..lifecycle import CredentialStatus
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
from .languages import Places, choose_languages, home_country, kept_in, missing_texts


def gather_facts(credentials: Sequence[Credential]) -> list[CertificateFacts]:
    """
    What the certificate of each signed credential prints, in the order given, by the records of now. They come with cohort, site, programme,
    version and issuer; ``layout`` says who stands below.

    :raises TextNotReviewed: for the first text that a first certificate lacks in a language that its layout names.
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
        self._titles, self._hours = printable_titles(units), hours_of(units)
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
        titles = {str(cohort.curriculum_version): title} | {each.unit.code: titles for each, titles in units}
        languages = self._languages(credential, titles)

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
        """
        Those that the layout names, or those of the places behind it; what was issued without signed words stays as it was printed.

        Whose layout names a language that lacks a text waits for it only where nothing was issued or signed by others yet. What is issued again
        keeps the languages of the paper it replaces, if they are whole: no layout of today keeps a wrong name or a stolen key in force.
        """
        if credential.status != CredentialStatus.DRAFT and not credential.signed_words:
            return EARLIER_LANGUAGES
        named = credential.layout.named_languages if credential.layout is not None else ()
        missing = missing_texts(titles, named)
        if named and not missing:
            return named
        if missing and self._is_first(credential):
            raise missing[0]
        before = self._languages_before.get(credential.replaces_id, ()) if missing else ()
        if before and not missing_texts(titles, before):
            return before
        signers = self._countries.get(credential.pk, ())
        places = Places(credential.cohort.site.country, credential.issuer.country, signers, self._home)
        return choose_languages(places, titles).written

    def _is_first(self, credential: Credential) -> bool:
        """Whether it replaces nothing, and its issuer alone signs it."""
        return (
            credential.status == CredentialStatus.DRAFT
            and credential.replaces_id is None
            and credential.pk not in self._beside
        )

    @cached_property
    def _languages_before(self) -> dict[UUID | None, tuple[str, ...]]:
        """Those of the papers that are replaced, by the credential."""
        replaced = Credential.objects.filter(pk__in=[each.replaces_id for each in self._credentials])
        return {
            key: read_claims(read_message(base41.decode(words)).claims).languages if words else EARLIER_LANGUAGES
            for key, words in replaced.values_list("pk", "signed_words")
        }

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
