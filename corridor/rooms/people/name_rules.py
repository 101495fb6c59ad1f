"""What must hold for the forms of one person's name."""

from collections.abc import Iterable, Sequence

from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_

from .drafts import NameOfPerson
from .models import NameForm


def faults_of_names(
    names: Sequence[NameOfPerson], *, who: str, others: Iterable[NameOfPerson] = (), is_change: bool = False
) -> list[Problem]:
    """What is wrong with these forms beside the ``others`` that stand already. ``is_change``: the own name takes the place of another."""
    faults = []
    kept = list(others)
    for name in names:
        places: dict[str, object] = {"reference": who, "name": name.full_name}
        if not name.full_name.strip():
            faults.append(Problem(N_("A name of %(reference)s is empty."), places, column="own_name"))
        if not is_language(name.language):
            faults.append(
                Problem(N_("“%(language)s” is no tag of a language."), {"language": name.language}, column="language")
            )
        for column, part in (("family_part", name.family_part), ("given_part", name.given_part)):
            if part and part not in name.full_name:
                faults.append(
                    Problem(
                        N_("“%(part)s” does not stand in the whole name “%(name)s”."),
                        places | {"part": part},
                        column=column,
                    )
                )
        if name.romanisation and name.form not in {NameForm.ROMANISED, NameForm.FORMER}:
            faults.append(
                Problem(N_("Rules of romanisation are said of a romanised name alone."), places, column="romanisation")
            )
        if name.valid_from and name.valid_before and name.valid_before <= name.valid_from:
            faults.append(Problem(N_("A name ends after it begins."), places, column="valid_before"))
        if any(_same(name, each) for each in kept):
            faults.append(Problem(N_("%(reference)s has the name “%(name)s” already."), places, column="full_name"))
        elif name.form == NameForm.OWN and not is_change and any(each.form == NameForm.OWN for each in kept):
            faults.append(Problem(N_("%(reference)s has a name in the own script already."), places, column="form"))
        elif name.form == NameForm.ROMANISED and any(
            each.form == NameForm.ROMANISED and each.romanisation == name.romanisation for each in kept
        ):
            faults.append(
                Problem(N_("%(reference)s has a name romanised by these rules already."), places, column="romanisation")
            )
        kept.append(name)
    return faults


def _same(one: NameOfPerson, other: NameOfPerson) -> bool:
    return (one.form, one.language, one.full_name.strip()) == (other.form, other.language, other.full_name.strip())
