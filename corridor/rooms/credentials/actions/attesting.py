"""What a member signs outside of a cohort: that somebody trains or assesses, and what it thinks of something. Signed when it is given."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person

from ..addresses import credential_id, curriculum_url, did_of, status_list_url
from ..attesting import facts_of, officially_called, units_of
from ..composition import first_instant, title_in
from ..days import require_begun
from ..drafts import Why
from ..further_languages import reviewed_titles
from ..issuers import is_active
from ..keys import key_in_use, signer
from ..lifecycle import ATTESTATION, AttestationStatus, CredentialStatus
from ..lists import draw_places, sign_lists
from ..models import Attestation, AttestationKind, Credential, EndorsementText, Entitlement, StatusList
from ..proofs.composing import issue
from ..proofs.data_integrity import as_text
from ..proofs.endorsing import EndorsementFacts, endorse
from ..proofs.status_lists import StatusEntry
from ..proofs.texts import Texts, in_further_languages
from ..refusals import NotEntitled, NotInForce

LONGEST_CLAIM = 2_000
_TOKEN_BYTES = 16


@dataclass(frozen=True, kw_only=True)
class EndorsementDraft:
    """What a member says of one thing, in one language or several; ``expires_before`` is the first day on which it says so no more."""

    endorser: Organisation
    about: Credential | CurriculumVersion | Organisation
    claims: Mapping[str, str]
    expires_before: date | None = None


@transaction.atomic
def give_endorsement(*, draft: EndorsementDraft, on: date, at: datetime, by: Actor) -> Attestation:
    """
    Sign what a member thinks of a certificate, of what is taught or of another member, with its own key. It is its own word: it entitles nobody.

    :raises BadInput: without a claim, in a language that is none, for more than fits, or about oneself. :raises NotEntitled: for who is no
        active member that day. :raises NotInForce: for a certificate that is not. :raises NoSigningKey: without a key.
    """
    endorser, about = draft.endorser, draft.about
    by.require(Permission.KEY_MAKE, on=endorser)
    claims = {language: text.strip() for language, text in sorted(draft.claims.items()) if text.strip()}
    _require_sayable(draft, claims, on=on)
    if not is_active(endorser.pk, on=on):
        raise NotEntitled(
            N_("%(issuer)s is no active member of the alliance on %(day)s, so it may issue nothing from that day on."),
            issuer=endorser.reference,
            day=on,
        )
    if isinstance(about, Credential) and about.status != CredentialStatus.ISSUED:
        raise NotInForce(
            N_("%(certificate)s is “%(now)s”. Only a certificate in force can be endorsed."),
            certificate=about.reference, now=CredentialStatus(about.status).label,
        )  # fmt: skip
    key = key_in_use(endorser, at=at)
    ((listed, index),) = draw_places(endorser, count=1)
    row = new_id()
    subject, name, names = _subject(about, on=on)
    issuer_name, issuer_names = officially_called(endorser, on=on)
    signed = endorse(
        EndorsementFacts(
            id=credential_id(row), issuer_did=did_of(endorser.reference), issuer_name=issuer_name, issuer_names=issuer_names,
            endorses=subject, name=name, names=names, claims=claims, status=StatusEntry(status_list_url(endorser.reference, listed.number), index),
            valid_from=first_instant(on, settings.HOME_ZONE), valid_until=_last_instant(draft.expires_before),
        ),
        key=signer(key, reference=endorser.reference), created=at,
    )  # fmt: skip
    made = _kept(
        pk=row, kind=AttestationKind.ENDORSEMENT, issuer=endorser, issued_on=on, expires_before=draft.expires_before,
        status_list=listed, status_index=index, signing_key=key, document=as_text(signed),
        credential=about if isinstance(about, Credential) else None,
        version=about if isinstance(about, CurriculumVersion) else None,
        member=about if isinstance(about, Organisation) else None,
    )  # fmt: skip
    EndorsementText.objects.bulk_create(
        [EndorsementText(attestation=made, language=language, text=text) for language, text in claims.items()]
    )
    return _issued(made, on=on, at=at, by=by)


@transaction.atomic
def attest_person(
    *,
    kind: AttestationKind,
    person: Person,
    version: CurriculumVersion,
    right: Entitlement,
    on: date,
    at: datetime,
    by: Actor,
    expires_before: date | None = None,
) -> Attestation:
    """
    Sign that somebody trains or assesses the units that the records hold for them on that day, for the programme and the site of the
    issuer's entitlement.

    :raises NothingProved: without a place in the register of trainers, or a licence. :raises NameNotConfirmed: without a confirmed name.
    :raises NotEntitled: if the entitlement does not cover the day. :raises NoSigningKey: if its issuer has no key. :raises DayToCome: for a day
        that has not begun at the site.
    """
    by.require(Permission.CREDENTIAL_AWARD)
    if kind == AttestationKind.ENDORSEMENT:
        raise BadInput([Problem(N_("A member endorses by itself, with its own key."), column="kind")])
    if expires_before is not None and expires_before <= on:
        raise BadInput([Problem(N_("A credential ends after the day on which it is issued."), column="last_day")])
    require_begun(on, at=at, zone=right.site.zone)
    if not right.covers(on) or not is_active(right.issuer_id, on=on):
        raise NotEntitled(
            N_("%(issuer)s is not entitled to issue for %(programme)s at %(site)s on %(day)s. Grant that first, or choose another issuer."),
            issuer=right.issuer.reference, programme=right.programme.reference, site=right.site.reference, day=on,
        )  # fmt: skip
    units = units_of(kind, person, version, on=on)
    key = key_in_use(right.issuer, at=at)
    place = draw_places(right.issuer, count=1)[0]
    row = new_id()
    facts = facts_of(
        key=row, kind=kind, person=person, version=version, units=units, right=right, place=place, on=on,
        expires_before=expires_before,
    )  # fmt: skip
    signed = issue(facts, key=signer(key, reference=right.issuer.reference), created=at)
    made = _kept(
        pk=row, kind=kind, issuer=right.issuer, entitlement=right, person=person, version=version, issued_on=on,
        expires_before=expires_before, status_list=place[0], status_index=place[1], signing_key=key, document=as_text(signed),
    )  # fmt: skip
    return _issued(made, on=on, at=at, by=by)


@transaction.atomic
def change_attestation(
    *, attestation: Attestation, to: AttestationStatus, on: date, at: datetime, by: Actor, why: Why
) -> Attestation:
    """
    Suspend it, revoke it for ever, or let it stand again; the issuer's list says so at once. An endorsement is its member's to take back.

    :raises WrongMoment: if its state does not lead there.
    """
    if attestation.kind == AttestationKind.ENDORSEMENT:
        by.require(Permission.KEY_MAKE, on=attestation.issuer)
    else:
        by.require(Permission.CREDENTIAL_REVOKE)
    held = Attestation.objects.select_for_update(of=("self",)).get(pk=attestation.pk)
    move(held, to=to, on=on, by=by, reason=why.value)
    sign_lists([held.status_list], at=at)
    log.record("credentials.attestation_changed", by=by, subject=held)
    attestation.status = held.status
    return held


def _last_instant(expires_before: date | None) -> datetime | None:
    """Days of an endorsement count where the alliance is at home."""
    return first_instant(expires_before, settings.HOME_ZONE) - timedelta(seconds=1) if expires_before else None


def _kept(**given: Any) -> Attestation:
    (reference,) = give_numbers(model=Attestation, prefix="ATT", days=[given["issued_on"]], gate=Organisation)
    return Attestation.objects.create(
        reference=reference, token=secrets.token_urlsafe(_TOKEN_BYTES), status=ATTESTATION.first, **given
    )


def _issued(made: Attestation, *, on: date, at: datetime, by: Actor) -> Attestation:
    move(made, to=AttestationStatus.ISSUED, on=on, by=by)
    # A list is published with the first document that names it, or nobody could say whether that one stands.
    sign_lists(StatusList.objects.filter(pk=made.status_list_id, signed_list=""), at=at)
    log.record("credentials.attested", by=by, subject=made)
    return made


def _require_sayable(draft: EndorsementDraft, claims: Mapping[str, str], *, on: date) -> None:
    problems = []
    if not claims:
        problems.append(Problem(N_("Write what the member says, in one language at least."), column="claims"))
    for language, text in claims.items():
        if not is_language(language):
            problems.append(
                Problem(N_("“%(language)s” is no tag of a language."), {"language": language}, column="claims")
            )
        if len(text) > LONGEST_CLAIM:
            problems.append(
                Problem(N_("Say it in at most %(most)s characters."), {"most": LONGEST_CLAIM}, column="claims")
            )
    about = draft.about
    own = about.issuer_id if isinstance(about, Credential) else about.pk if isinstance(about, Organisation) else None
    if own == draft.endorser.pk:
        problems.append(Problem(N_("Nobody endorses themselves, or what they issued."), column="about"))
    if draft.expires_before is not None and draft.expires_before <= on:
        problems.append(Problem(N_("A credential ends after the day on which it is issued."), column="last_day"))
    if problems:
        raise BadInput(problems)


def _subject(about: Credential | CurriculumVersion | Organisation, *, on: date) -> tuple[str, str, Texts]:
    """The own id of what is endorsed, as it stands in credentials, and its name in English and in further languages."""
    if isinstance(about, Organisation):
        return did_of(about.reference), *officially_called(about, on=on)
    version = about.cohort.curriculum_version if isinstance(about, Credential) else about
    title = title_in({each.language: each.text for each in version.titles.all()}) or version.curriculum.reference
    titles = in_further_languages(reviewed_titles(version), beside=title)
    if isinstance(about, Credential):
        return credential_id(about.pk), title, titles
    return curriculum_url(version.curriculum.reference, version.version, "award"), title, titles
