"""Take in what occupations are called: titles of ISCO-08, and the words by which people look for them."""

from collections.abc import Sequence

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Alliance

from ..checking import ISCO
from ..drafts import OccupationDraft
from ..models import Occupation, OccupationWord
from ..occupations import as_looked_for

AT_ONCE = 500
LONGEST = 200


@transaction.atomic
def read_occupations(*, occupations: Sequence[OccupationDraft], by: Actor) -> int:
    """
    Titles in a language take the place of those that were there in it; other words come beside those that are there. Answers how many
    occupations were given.

    :raises BadInput: for a code that is not ISCO-08, or a word that is too long.
    """
    by.require(Permission.ALLIANCE_DESCRIBE)
    if problems := [problem for draft in occupations for problem in _faults_of(draft)]:
        raise BadInput(problems)
    Occupation.objects.bulk_create(
        [Occupation(code=code) for code in dict.fromkeys(draft.code for draft in occupations)],
        batch_size=AT_ONCE, ignore_conflicts=True,
    )  # fmt: skip
    keys = dict(Occupation.objects.values_list("code", "pk"))
    retitled = {(keys[draft.code], language) for draft in occupations for language in draft.titles}
    standing = OccupationWord.objects.filter(
        kind=OccupationWord.Kind.TITLE, language__in={tag for _key, tag in retitled}
    )
    gone = [pk for pk, key, tag in standing.values_list("pk", "occupation", "language") if (key, tag) in retitled]
    for first in range(0, len(gone), AT_ONCE):
        OccupationWord.objects.filter(pk__in=gone[first : first + AT_ONCE]).delete()
    # A title that was another word before becomes the title; what is a title already is no other word beside it.
    words = {}
    for draft in occupations:
        for language, texts in draft.aliases.items():
            for text in texts:
                words.setdefault((keys[draft.code], language, as_looked_for(text)), (text, OccupationWord.Kind.ALIAS))
        for language, text in draft.titles.items():
            words[keys[draft.code], language, as_looked_for(text)] = (text, OccupationWord.Kind.TITLE)
    made = [
        OccupationWord(occupation_id=key, language=tag, folded=folded, text=text, kind=kind)
        for (key, tag, folded), (text, kind) in words.items()
    ]
    OccupationWord.objects.bulk_create(
        [word for word in made if word.kind == OccupationWord.Kind.TITLE],
        batch_size=AT_ONCE, update_conflicts=True, unique_fields=["occupation", "language", "folded"], update_fields=["text", "kind"],
    )  # fmt: skip
    OccupationWord.objects.bulk_create(
        [word for word in made if word.kind == OccupationWord.Kind.ALIAS], batch_size=AT_ONCE, ignore_conflicts=True
    )
    alliance = Alliance.objects.first()
    if alliance is not None:
        log.record("demand.occupations_read", by=by, subject=alliance, count=len(occupations))
    return len(occupations)


def _faults_of(draft: OccupationDraft) -> list[Problem]:
    faults = []
    if not ISCO.fullmatch(draft.code):
        faults.append(
            Problem(N_("“%(code)s” is no code of ISCO-08: one to four digits."), {"code": draft.code}, column="code")
        )
    texts = [*draft.titles.values(), *(text for words in draft.aliases.values() for text in words)]
    faults += [
        Problem(
            N_("%(code)s: a word has at most %(longest)s characters."), {"code": draft.code, "longest": LONGEST}, column="code"
        )
        for text in texts
        if len(text) > LONGEST
    ]  # fmt: skip
    return faults
