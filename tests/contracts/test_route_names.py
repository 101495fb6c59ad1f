"""A route's name is its own: of two that share one, links to the first lead to the second."""

from collections import defaultdict

from django.urls import URLPattern, URLResolver, get_resolver

# Django lets pages of one thing share a name where what they take differs; we do so nowhere.
FOREIGN = ("admin", "account_", "mfa_", "usersessions_", "socialaccount_")


def named(resolver: URLResolver, before: str = "") -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for each in resolver.url_patterns:
        place = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            if each.namespace is None:
                for name, places in named(each, place).items():
                    found[name] += places
        elif isinstance(each, URLPattern) and each.name and not each.name.startswith(FOREIGN):
            found[each.name].append(place)
    return found


def test_no_two_routes_share_a_name():
    shared = {name: places for name, places in named(get_resolver()).items() if len(places) > 1}
    assert shared == {}
    assert len(named(get_resolver())) > 500
