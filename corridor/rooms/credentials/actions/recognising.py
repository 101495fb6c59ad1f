"""What credentials count as, country by country."""

from collections.abc import Sequence

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.curricula.written import TextState
from corridor.rooms.training.models import Cohort

from ..drafts import RecognitionDraft
from ..models import AuthorityName, CredentialKind, RecognitionKind, RecognitionStatement
from ..refusals import NotDecidedByDocument

_OF_THE_HOUSE = {RecognitionKind.ATTENDANCE, RecognitionKind.INSTITUTION}


@transaction.atomic
def state_recognitions(*, statements: Sequence[RecognitionDraft], by: Actor) -> list[RecognitionStatement]:
    """
    State what credentials count as, all or none. A statement stands as it is written on every credential issued while it holds.

    :raises NotDecidedByDocument: if it says more than its issuer can, without an authority, its document and the day of its decision; more
        than a level on record says; or more of attendance than that somebody was there.
    """
    by.require(Permission.RECOGNITION_STATE)
    problems = [
        Problem(N_("A statement ends after it starts."), column="ends_on")
        for draft in statements
        if draft.ends_before is not None and draft.ends_before <= draft.starts_on
    ]
    problems += [
        Problem(N_("“%(language)s” is no tag of a language."), {"language": language}, column=f"authority_{language}")
        for draft in statements
        for language in draft.authority_names
        if not is_language(language)
    ]
    problems += [
        Problem(
            N_("The English name stands in “%(column)s”: do not give it a second time."), {"column": "authority"},
            column="authority_en",
        )
        for draft in statements
        if "en" in draft.authority_names
    ]  # fmt: skip
    problems += [
        Problem(N_("Name the authority in English too, beside its names in other languages."), column="authority")
        for draft in statements
        if draft.authority_names and not draft.authority
    ]
    if problems:
        raise BadInput(problems)
    for draft in statements:
        _require_proven(draft)
    made = RecognitionStatement.objects.bulk_create(
        [
            RecognitionStatement(
                programme=draft.programme, credential_kind=draft.credential_kind, country=draft.country,
                recognition=draft.recognition, level=draft.level, authority=draft.authority, document=draft.document,
                decided_on=draft.decided_on, starts_on=draft.starts_on, ends_before=draft.ends_before,
            )
            for draft in statements
        ],
        batch_size=500,
    )  # fmt: skip
    AuthorityName.objects.bulk_create(
        [
            AuthorityName(statement=row, language=language, text=text, text_state=TextState.REVIEWED)
            for row, draft in zip(made, statements, strict=True)
            for language, text in draft.authority_names.items()
        ],
        batch_size=500,
    )
    log.record_each("credentials.recognition_stated", by=by, subjects=made)
    return made


def _require_proven(draft: RecognitionDraft) -> None:
    """:raises NotDecidedByDocument: for more than a record proves."""
    named = {"programme": draft.programme.reference, "country": draft.country}
    if draft.credential_kind == CredentialKind.ATTENDANCE and draft.recognition != RecognitionKind.ATTENDANCE:
        raise NotDecidedByDocument(
            N_("A proof of attendance of %(programme)s counts as proof of attendance in %(country)s, and as nothing more."), **named
        )  # fmt: skip
    if draft.recognition in _OF_THE_HOUSE:
        return
    if draft.document is None or not draft.authority:
        raise NotDecidedByDocument(
            N_("That %(programme)s counts as more than its issuer's word in %(country)s needs the authority and its document."), **named
        )  # fmt: skip
    if draft.decided_on is None or draft.decided_on > draft.starts_on:
        raise NotDecidedByDocument(
            N_("What %(programme)s counts as in %(country)s holds from the day on which the authority decided it, or later. Say that day."),
            **named,
        )  # fmt: skip
    if draft.recognition == RecognitionKind.REFERENCED and not _has_level(draft):
        raise NotDecidedByDocument(
            N_(
                "No curriculum of %(programme)s names a level in a framework of %(country)s, or one of no country, so nothing is referenced to it."
            ),
            **named,
        )


def _has_level(draft: RecognitionDraft) -> bool:
    taught = Cohort.objects.filter(programme=draft.programme, curriculum_version__level__isnull=False)
    return taught.filter(curriculum_version__level__framework__country__in=["", draft.country]).exists()
