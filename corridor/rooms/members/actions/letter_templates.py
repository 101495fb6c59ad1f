"""The secretariat's own wording of letters."""

from string import Template

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.vocabularies.languages import bcp47
from corridor.kernel.errors import BadInput, Problem, StaleForm
from corridor.kernel.wording import N_

from ..letters import PLACES
from ..models import LetterKind, LetterTemplate


@transaction.atomic
def word_letter(*, kind: LetterKind, language: str, subject: str, body: str, version: int, by: Actor) -> LetterTemplate:
    """
    Write a letter's wording in one language. ``version`` is that of the form that was filled in, 0 where none stood yet.

    :raises BadInput: if subject or text are empty or name a place that nothing fills. :raises StaleForm: if it changed since.
    """
    by.require(Permission.APPLICATION_FORM_EDIT)
    problems = [
        Problem(N_("Write something."), column=column)
        for column, text in (("subject", subject), ("body", body))
        if not text.strip()
    ]
    for column, text in (("subject", subject), ("body", body)):
        template = Template(text)
        if not template.is_valid():
            problems.append(Problem(N_("A $ stands before no name; write $$ for the sign itself."), column=column))
            continue
        problems += [
            Problem(N_("Nothing fills $%(name)s; the places are listed below."), {"name": name}, column=column)
            for name in template.get_identifiers()
            if name not in PLACES
        ]
    if problems:
        raise BadInput(problems)
    tag = bcp47(language)
    with contested(lambda: _refuse_stale(kind, tag, version, body)):
        _refuse_stale(kind, tag, version, body)
        written, _is_new = LetterTemplate.objects.update_or_create(
            kind=kind, language=tag,
            defaults={"subject": " ".join(subject.split()), "body": body.strip(), "version": version + 1},
        )  # fmt: skip
    log.record("members.letter_worded", by=by, subject=written)
    return written


def _refuse_stale(kind: LetterKind, language: str, version: int, body: str) -> None:
    standing = LetterTemplate.objects.select_for_update().filter(kind=kind, language=language).first()
    if (standing.version if standing else 0) != version:
        raise StaleForm(
            N_("Somebody else changed this letter since you opened it."),
            theirs=standing.body if standing else "",
            yours=body,
        )
