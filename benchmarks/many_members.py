"""An alliance of any size, written by the database itself: each member with two names, one membership and two or three changes."""

from django.db import connection, transaction

# One in so many is suspended: what a filter for a rare state has to find.
RARE = 5003
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
COUNTRIES = "CNLALKTHVNMYIDPHKHMMPKBDNPET"


def fill(members: int) -> None:
    """SQLite only. Keys are in the order of their references, as those of a growing alliance nearly are."""
    organisation, membership = key_of(1), key_of(2)
    numbers = NUMBERS % members
    change = "id, from_status, to_status, effective_on, recorded_at, by_label, reason, membership_id"
    with transaction.atomic(), connection.cursor() as cursor:
        for into, chosen in (
            (
                "members_organisation(id, reference, kind, country, region, city, founding_mark, source_mark, source, standing, "
                "proposed_by, settled_because, version)",
                f"{organisation}, printf('m-%07d', i), CASE WHEN i % 3 = 0 THEN 'company' ELSE 'school' END, "
                f"substr('{COUNTRIES}', 1 + 2 * (i % 14), 2), '', 'City', '', 'assumed', '', 'confirmed', '', '', 1",
            ),
            (
                "members_organisationname(organisation_id, language, name, kind)",
                f"{organisation}, 'en', printf('College %d', i), 'official'",
            ),
            (
                "members_organisationname(organisation_id, language, name, kind)",
                f"{organisation}, 'zh-Hans', printf('学院%d', i), 'official'",
            ),
            (
                "members_membership(id, status, organisation_id)",
                f"{membership}, CASE WHEN i % {RARE} = 0 THEN 'suspended' ELSE 'active' END, {organisation}",
            ),
            (
                f"members_membershipchange({change})",
                f"{key_of(3)}, '', 'applied', '2021-02-01', '2021-02-01 00:00:00', 'secretariat', '', {membership}",
            ),
            (
                f"members_membershipchange({change})",
                f"{key_of(4)}, 'applied', 'active', '2021-03-01', '2021-03-01 00:00:00', 'secretariat', '', {membership}",
            ),
        ):
            cursor.execute(f"INSERT INTO {into} {numbers} SELECT {chosen} FROM n")
        cursor.execute(
            f"INSERT INTO members_membershipchange({change}) {numbers} SELECT {key_of(5)}, 'active', 'suspended', '2022-03-01', "
            f"'2022-03-01 00:00:00', 'secretariat', '', {membership} FROM n WHERE i % {RARE} = 0"
        )


def key_of(kind: int) -> str:
    """SQL of the key of row ``i`` of a kind."""
    return f"printf('0190{kind:04x}%08x80000000%08x', i, i)"
