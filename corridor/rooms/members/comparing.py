"""What is compared of organisations, read in sets, and the keys and words that a search keeps."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Count

from corridor.foundations.likeness.blocks import block_keys
from corridor.foundations.likeness.letters import latin_forms
from corridor.foundations.likeness.sounds import bones

from .doubles import Rarity, Seen, words_of
from .lifecycle import Standing
from .models import Organisation, OrganisationIdentifier, OrganisationKey, OrganisationName

AT_ONCE = 500
# Rows of OrganisationKey that begin so are words, kept to be counted; the others are keys of blocks.
WORD = "w:"
LONGEST = 80
LONG_ENOUGH, MOST_RUN, MOST_FORMS = 4, 12, 6


def seen_of(keys: Collection[UUID] | None = None) -> list[Seen]:
    """What is compared of these organisations, or of all that were neither merged away nor refused. Three statements per 500, or three."""
    found = Organisation.objects.filter(merged_into__isnull=True).exclude(standing=Standing.REFUSED)
    if keys is None:
        return _seen(list(found.order_by("pk")), None)
    wanted = list(keys)
    seen: list[Seen] = []
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        seen += _seen(list(found.filter(pk__in=some).order_by("pk")), some)
    return seen


def _seen(organisations: list[Organisation], keys: list[UUID] | None) -> list[Seen]:
    names: dict[UUID, list[str]] = {}
    numbers: dict[UUID, set[tuple[str, str]]] = {}
    said, known = OrganisationName.objects.order_by("pk"), OrganisationIdentifier.objects.order_by("pk")
    if keys is not None:
        said, known = said.filter(organisation__in=keys), known.filter(organisation__in=keys)
    for key, name in said.values_list("organisation_id", "name"):
        names.setdefault(key, []).append(name)
    for key, scheme, register, value in known.values_list("organisation_id", "scheme", "register", "value"):
        numbers.setdefault(key, set()).add((f"{scheme} {register}".strip(), value))
    return [
        Seen(
            key=each.pk,
            names=tuple(dict.fromkeys(names.get(each.pk, ()))),
            country=each.country,
            city=each.city,
            kind=each.kind,
            place=None
            if each.latitude is None or each.longitude is None
            else (float(each.latitude), float(each.longitude)),
            identifiers=frozenset(numbers.get(each.pk, ())),
        )
        for each in organisations
    ]


def keys_for(seen: Seen, *, aside: Collection[str]) -> set[str]:
    """Under which keys it is found: those of its names, and its numbers."""
    return keys_of_names(seen.names, aside=aside) | {f"#{number}"[:LONGEST] for number in seen.numbers()}


def keys_of_names(names: Collection[str], *, aside: Collection[str]) -> set[str]:
    """The keys of whole names, and the sound of each longer word that tells something, also of two or three written as one."""
    heard = set()
    for name in names:
        for form in sorted(latin_forms(name))[:MOST_FORMS]:
            words = [word for word in form.split() if word not in aside]
            runs = ["".join(words[at : at + size]) for size in (2, 3) for at in range(len(words) - size + 1)]
            long = [word for word in words if len(word) >= LONG_ENOUGH] + [
                run for run in runs if LONG_ENOUGH < len(run) <= MOST_RUN
            ]
            heard |= {f"1:{bones(word)}" for word in long}
    return {key[:LONGEST] for key in block_keys(names, aside=aside) | heard}


def words_for(seen: Seen) -> set[str]:
    return {f"{WORD}{word}"[:LONGEST] for name in seen.names for word in words_of(name)}


def rarity_for(seen: Iterable[Seen]) -> Rarity:
    """How much the words of these organisations tell among all that were compared."""
    words = sorted({word for each in seen for word in words_for(each)})
    counts: dict[str, int] = {}
    for start in range(0, len(words), AT_ONCE):
        rows = OrganisationKey.objects.filter(key__in=words[start : start + AT_ONCE]).values_list("key")
        counts |= {key.removeprefix(WORD): count for key, count in rows.annotate(count=Count("pk")).order_by()}
    return Rarity(counts, of=Organisation.objects.filter(merged_into__isnull=True).count())
