"""In which languages the papers of drafts would be written, and which texts are missing where a layout names languages (ADR 0041)."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from corridor.kernel.errors import Refusal
from corridor.rooms.credentials.certificates.languages import (
    LanguagesOnPaper,
    LeftOut,
    Places,
    choose_languages,
    home_country,
    missing_texts,
)
from corridor.rooms.credentials.compact.claims import Texts
from corridor.rooms.credentials.drafts import CredentialDraft
from corridor.rooms.credentials.further_languages import printable, printable_titles
from corridor.rooms.credentials.layouts import layouts_for
from corridor.rooms.credentials.models import CredentialKind
from corridor.rooms.members.models import Organisation
from corridor.rooms.training.models import Cohort


def texts_missing(
    cohort: Cohort, issuer: Organisation, drafts: Sequence[CredentialDraft]
) -> Iterable[tuple[UUID, Refusal]]:
    """Each text that a draft lacks in a language that the layout of its paper names, by enrolment."""
    named = _named(cohort, issuer, drafts)
    if not any(named.values()):
        return
    whole, units = str(cohort.curriculum_version), _unit_titles(drafts)
    titles_of_whole = printable(cohort.curriculum_version.titles.all())
    for draft in drafts:
        titles = _titles(draft, titles_of_whole, units, whole)
        for refusal in missing_texts(titles, named[draft.kind]):
            yield draft.enrolment.pk, refusal


def languages_on_paper(
    cohort: Cohort, issuer: Organisation, drafts: Sequence[CredentialDraft], signers: Sequence[Organisation] = ()
) -> tuple[LanguagesOnPaper, ...]:
    """What the papers of a cohort would be written in, each set of languages once, with what any of them leaves out and for want of what."""
    named, units = _named(cohort, issuer, drafts), _unit_titles(drafts)
    titles_of_whole = printable(cohort.curriculum_version.titles.all())
    places = Places(cohort.site.country, issuer.country, tuple(each.country for each in signers), home_country())
    wanting: dict[tuple[str, ...], dict[str, dict[str, None]]] = {}
    for draft in drafts:
        chosen = (
            LanguagesOnPaper(named[draft.kind])
            if named[draft.kind]
            else choose_languages(places, _titles(draft, titles_of_whole, units, ""))
        )
        left_out = wanting.setdefault(chosen.written, {})
        for each in chosen.left_out:
            left_out.setdefault(each.language, {}).update(dict.fromkeys(each.wanting))
    return tuple(
        LanguagesOnPaper(written, tuple(LeftOut(language, tuple(whats)) for language, whats in left_out.items()))
        for written, left_out in wanting.items()
    )


def _named(
    cohort: Cohort, issuer: Organisation, drafts: Sequence[CredentialDraft]
) -> Mapping[CredentialKind, tuple[str, ...]]:
    kinds = {draft.kind for draft in drafts}
    layouts = layouts_for({(issuer.pk, cohort.programme_id, kind.value) for kind in kinds})
    found = {}
    for kind in kinds:
        layout = layouts.get((issuer.pk, cohort.programme_id, kind.value))
        found[kind] = layout.named_languages if layout else ()
    return found


def _unit_titles(drafts: Sequence[CredentialDraft]) -> Mapping[UUID, Texts]:
    return printable_titles({decision.unit_id for draft in drafts for decision in draft.decisions})


def _titles(
    draft: CredentialDraft, titles_of_whole: Texts, units: Mapping[UUID, Texts], whole: str
) -> dict[str, Texts]:
    """The title of the whole and of each unit on the paper, by what it is the title of."""
    by_code = {each.unit.code: units.get(each.unit_id, {}) for each in draft.decisions}
    return {whole: titles_of_whole, **by_code}
