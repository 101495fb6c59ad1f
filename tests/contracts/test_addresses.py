"""A record's address is its reference: no reference may be a word that another page has taken in the same place."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from corridor.kernel.references import TAKEN

# Where people write references as they like; elsewhere they are numbers that the product gives, or codes of a sheet of the whole alliance.
FREELY_NAMED = ("members/", "people/")


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        here = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield here
        else:
            yield from routes(each, here)


def words_beside(routes_there: list[str], room: str) -> set[str]:
    """First words under the room's address that are no place for a reference, where exactly a record's own page could stand."""
    rest = [each.removeprefix(room) for each in routes_there if each.startswith(room) and each != room]
    return {each.strip("/") for each in rest if each.count("/") == 1 and not each.startswith("<")}


def test_every_word_beside_the_pages_of_records_is_no_reference():
    there = list(routes(get_resolver()))
    for room in FREELY_NAMED:
        found = words_beside(there, room)
        assert found, room
        assert found <= TAKEN, f"{room}: {sorted(found - TAKEN)}"
