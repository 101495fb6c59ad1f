"""Editing the forms of application: always a draft; what is published stands for ever, with the applications that were begun by it."""

from collections.abc import Sequence
from datetime import date

from anyascii import anyascii
from django.db import transaction
from django.utils.text import slugify

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..application_drafts import PartDraft, Wording
from ..application_refusals import FormNotReady, NoSuchApplication
from ..models import (
    AnswerKind,
    DocumentAsked,
    DocumentAskedText,
    Fact,
    FormPart,
    FormPartText,
    FormVersion,
    Need,
    OrganisationKind,
    PartSort,
)

WITHOUT_ONE = (Fact.NAME, Fact.CITY, Fact.COUNTRY)


@transaction.atomic
def draft_form(*, kind: str, by: Actor) -> FormVersion:
    """
    The draft of the next version of that form: the one there is, else a new one with everything that the last published version says.

    :raises NoSuchApplication: if nobody applies as that kind.
    """
    by.require(Permission.APPLICATION_FORM_EDIT)
    if kind not in OrganisationKind.values:
        raise NoSuchApplication(N_("There is no form for applicants of this kind yet."))
    standing = list(FormVersion.objects.select_for_update().filter(kind=kind).order_by("number"))
    if standing and standing[-1].published_on is None:
        return standing[-1]
    draft = FormVersion(kind=kind, number=standing[-1].number + 1 if standing else 1)
    with contested(lambda: _refuse_second_draft(kind)):
        draft.save(force_insert=True)
    if standing:
        _copy(standing[-1], draft)
    log.record("members.form_drafted", by=by, subject=draft)
    return draft


def _refuse_second_draft(kind: str) -> None:
    if FormVersion.objects.filter(kind=kind, published_on__isnull=True).exists():
        raise FormNotReady(N_("Somebody else began a draft of this form just now; go on with that one."))


def _copy(source: FormVersion, target: FormVersion) -> None:
    copies: dict[object, FormPart] = {}
    texts = []
    # What stands under another comes after it.
    for part in sorted(
        source.parts.prefetch_related("texts"), key=lambda each: list(PartSort).index(PartSort(each.sort))
    ):
        copy = FormPart(
            version=target, sort=part.sort, under=copies.get(part.under_id), place=part.place, code=part.code,
            answer=part.answer, need=part.need, fact=part.fact, document_id=part.document_id, due_from=part.due_from,
            due_days=part.due_days, weight=part.weight,
        )  # fmt: skip
        copies[part.pk] = copy
        texts += [
            FormPartText(part=copy, language=each.language, title=each.title, explanation=each.explanation)
            for each in part.texts.all()
        ]
    FormPart.objects.bulk_create(copies.values(), batch_size=500)
    FormPartText.objects.bulk_create(texts, batch_size=500)


@transaction.atomic
def add_part(
    *, version: FormVersion, sort: PartSort, draft: PartDraft, by: Actor, under: FormPart | None = None
) -> FormPart:
    """Add a part at the end of where it belongs. :raises BadInput: as add_parts. :raises FormNotReady: if the version is published."""
    return add_parts(version=version, parts=[(sort, draft, under)], by=by)[0]


@transaction.atomic
def add_parts(
    *, version: FormVersion, parts: Sequence[tuple[PartSort, PartDraft, FormPart | None]], by: Actor
) -> list[FormPart]:
    """
    Add many parts in their order; a part may stand under one that the same call adds only if that was added before by another call.

    :raises BadInput: for every part without words, with a code that stands there, or without what its sort needs.
    """
    by.require(Permission.APPLICATION_FORM_EDIT)
    version = _open(version)
    taken = {(sort, code) for sort, code in version.parts.values_list("sort", "code")}
    last: dict[object, int] = {}
    for of_sort, above, place in version.parts.values_list("sort", "under", "place"):
        last[of_sort, above] = max(place, last.get((of_sort, above), 0))
    made, texts, problems = [], [], []
    for sort, draft, under in parts:
        code = draft.code or _free_code(sort, draft, taken)
        problems += _faults(sort, draft, under, (sort.value, code) in taken)
        taken.add((sort.value, code))
        where = (sort.value, under.pk if under else None)
        last[where] = last.get(where, 0) + 1
        part = FormPart(
            version=version, sort=sort, under=under, place=last[where], code=code, answer=draft.answer, need=draft.need,
            fact=draft.fact, document=draft.document, due_from=draft.due_from, due_days=draft.due_days, weight=draft.weight,
        )  # fmt: skip
        made.append(part)
        texts += [_text(part, wording) for wording in draft.wordings]
    problems += _facts_asked_twice(version, made)
    if problems:
        raise BadInput(problems)
    FormPart.objects.bulk_create(made, batch_size=500)
    FormPartText.objects.bulk_create(texts, batch_size=500)
    log.record("members.form_parts_added", by=by, subject=version, count=len(made))
    return made


@transaction.atomic
def edit_part(*, part: FormPart, draft: PartDraft, by: Actor) -> FormPart:
    """Change what a part of a draft says and asks; languages that are not given stay as they are. Refuses as add_part."""
    by.require(Permission.APPLICATION_FORM_EDIT)
    version = _open(part.version)
    part = FormPart.objects.select_for_update().get(pk=part.pk, version=version)
    part.answer, part.need, part.fact, part.document = draft.answer, draft.need, draft.fact, draft.document
    part.due_from, part.due_days, part.weight = draft.due_from, draft.due_days, draft.weight
    problems = _faults(PartSort(part.sort), draft, part.under, False) + _facts_asked_twice(version, [part])
    if problems:
        raise BadInput(problems)
    part.save()
    FormPartText.objects.bulk_create(
        [_text(part, wording) for wording in draft.wordings],
        update_conflicts=True, unique_fields=["part", "language"], update_fields=["title", "explanation"],
    )  # fmt: skip
    log.record("members.form_part_edited", by=by, subject=part)
    return part


@transaction.atomic
def move_part(*, part: FormPart, steps: int, by: Actor) -> None:
    """Move it up (-1) or down (1) among those beside it; at the end it stays."""
    by.require(Permission.APPLICATION_FORM_EDIT)
    version = _open(part.version)
    beside = list(version.parts.filter(sort=part.sort, under=part.under_id).order_by("place", "pk"))
    here = next(place for place, each in enumerate(beside) if each.pk == part.pk)
    there = min(max(here + steps, 0), len(beside) - 1)
    beside.insert(there, beside.pop(here))
    for place, each in enumerate(beside, start=1):
        each.place = place
    FormPart.objects.bulk_update(beside, ["place"], batch_size=500)
    log.record("members.form_part_moved", by=by, subject=part)


@transaction.atomic
def leave_out_part(*, part: FormPart, by: Actor) -> None:
    """Retire a part from the draft on, with what stands under it. Earlier versions, and the answers given by them, keep it."""
    by.require(Permission.APPLICATION_FORM_EDIT)
    version = _open(part.version)
    gone = [part.pk, *version.parts.filter(under=part).values_list("pk", flat=True)]
    gone += version.parts.filter(under__in=gone).exclude(pk__in=gone).values_list("pk", flat=True)
    log.record("members.form_part_left_out", by=by, subject=part, count=len(gone))
    FormPartText.objects.filter(part__in=gone).delete()
    # From the leaves up: a part is held by what stands under it.
    for sort in (PartSort.OPTION, PartSort.QUESTION, PartSort.SECTION, PartSort.CONDITION, PartSort.CRITERION):
        FormPart.objects.filter(pk__in=gone, sort=sort).delete()


@transaction.atomic
def publish_form(*, version: FormVersion, on: date, by: Actor) -> FormVersion:
    """
    From that day new applications are begun by this version; those under way keep theirs.

    :raises FormNotReady: if a question for the name, the city or the country is missing, or one to choose from offers nothing.
    """
    by.require(Permission.APPLICATION_FORM_EDIT)
    version = _open(version)
    asked = set(version.parts.filter(need=Need.REQUIRED).exclude(fact="").values_list("fact", flat=True))
    lacking = [fact for fact in WITHOUT_ONE if fact not in asked]
    if lacking:
        raise FormNotReady(
            N_("The form must ask for the name in English, the city and the country, each with a required question.")
        )
    bare = version.parts.filter(answer__in=[AnswerKind.ONE_OF, AnswerKind.SEVERAL_OF], parts__isnull=True).first()
    if bare is not None:
        raise FormNotReady(N_("The question %(question)s offers no answers to choose from."), question=bare.code)
    version.published_on = on
    version.save(update_fields=["published_on"])
    log.record("members.form_published", by=by, subject=version)
    return version


@transaction.atomic
def name_document(*, code: str, wordings: Sequence[Wording], by: Actor) -> DocumentAsked:
    """Say what a kind of document is called, and make it if there is none of that code. :raises BadInput: without words."""
    by.require(Permission.APPLICATION_FORM_EDIT)
    code = code or _slug(wordings)
    problems = _wording_faults(wordings)
    if not code:
        problems.append(Problem(N_("Give it a short name in Latin letters."), column="code"))
    if problems:
        raise BadInput(problems)
    document, _is_new = DocumentAsked.objects.get_or_create(code=code)
    DocumentAskedText.objects.bulk_create(
        [
            DocumentAskedText(document=document, language=w.language, title=w.title.strip(), explanation=w.explanation)
            for w in wordings
        ],
        update_conflicts=True, unique_fields=["document", "language"], update_fields=["title", "explanation"],
    )  # fmt: skip
    log.record("members.document_asked_named", by=by, subject=document)
    return document


def _open(version: FormVersion) -> FormVersion:
    version = FormVersion.objects.select_for_update().get(pk=version.pk)
    if version.published_on is not None:
        raise FormNotReady(N_("This version is published and stays as it is; begin a draft of the next one."))
    return version


def _text(part: FormPart, wording: Wording) -> FormPartText:
    return FormPartText(
        part=part, language=wording.language, title=wording.title.strip(), explanation=wording.explanation.strip()
    )


def _slug(wordings: Sequence[Wording]) -> str:
    return slugify(anyascii(wordings[0].title))[:50].strip("-") if wordings else ""


def _free_code(sort: PartSort, draft: PartDraft, taken: set[tuple[str, str]]) -> str:
    wanted = _slug(draft.wordings) or sort.value
    code, number = wanted, 2
    while (sort.value, code) in taken:
        code, number = f"{wanted}-{number}", number + 1
    return code


def _wording_faults(wordings: Sequence[Wording]) -> list[Problem]:
    problems = []
    if not wordings or not all(each.title.strip() for each in wordings):
        problems.append(Problem(N_("Write what it says, in at least one language."), column="title"))
    for each in wordings:
        if not is_language(each.language):
            problems.append(
                Problem(
                    N_("“%(language)s” is no language; write a tag of BCP 47, like lo or zh-Hans."),
                    {"language": each.language},
                    column="language",
                )
            )
    return problems


def _faults(sort: PartSort, draft: PartDraft, under: FormPart | None, is_taken: bool) -> list[Problem]:
    problems = _wording_faults(draft.wordings)
    above = {PartSort.QUESTION: PartSort.SECTION, PartSort.OPTION: PartSort.QUESTION}.get(sort)
    if (under.sort if under else None) != (above.value if above else None):
        problems.append(
            Problem(N_("A question stands in a section, an answer to choose under its question."), column="under")
        )
    if is_taken:
        problems.append(Problem(N_("Another part of this form has that code."), column="code"))
    if sort == PartSort.QUESTION and (draft.answer not in AnswerKind.values or draft.need not in Need.values):
        problems.append(Problem(N_("Say how the question is answered, and whether it must be."), column="answer"))
    if (draft.answer == AnswerKind.FILE) and draft.document is None:
        problems.append(Problem(N_("Choose the document that is asked for."), column="document"))
    if draft.answer != AnswerKind.FILE and sort != PartSort.CONDITION and draft.document is not None:
        problems.append(Problem(N_("Only a question for a document names one."), column="document"))
    if sort == PartSort.CONDITION and (not draft.due_from or draft.due_days is None):
        problems.append(Problem(N_("Say when the condition is due."), column="due_days"))
    if sort == PartSort.CRITERION and not draft.weight:
        problems.append(Problem(N_("Say how much the criterion weighs, from 1."), column="weight"))
    return problems


def _facts_asked_twice(version: FormVersion, parts: Sequence[FormPart]) -> list[Problem]:
    keys = [part.pk for part in parts]
    asked = list(version.parts.exclude(fact="").exclude(pk__in=keys).values_list("fact", flat=True))
    asked += [part.fact for part in parts if part.fact]
    if len(asked) == len(set(asked)):
        return []
    return [Problem(N_("Another question of this form asks for that already."), column="fact")]
