"""What must not be so when an alliance works with this installation. Asked once, before the first request or job."""

import csv

from django.conf import settings

from corridor.foundations.accounts.models import User
from corridor.kernel.errors import Refusal
from corridor.kernel.wording import N_

# Reserved for examples for ever (RFC 2606): nobody in the world has an address there.
RESERVED_DOMAIN = ".example"


class UnsafeToStart(Refusal):
    """This installation calls itself production and is not fit for it."""


def refuse_if_unsafe() -> None:
    """:raises UnsafeToStart: naming everything that is wrong, if this is production and anything is."""
    if found := dangers():
        raise UnsafeToStart(N_("Corridor does not start: %(reasons)s"), reasons=" ".join(found))


def dangers() -> list[str]:
    """Sentences for the operator, one for each thing that is wrong; none in development."""
    if settings.ENVIRONMENT not in {"production", "development"}:
        return [f"CORRIDOR_ENV is “{settings.ENVIRONMENT}”; it must be production or development."]
    if settings.ENVIRONMENT == "development":
        return []
    return [*_wrong_settings(), *_example_accounts()]


def _wrong_settings() -> list[str]:
    wrong = {
        "SECRET_KEY is the development secret that everyone knows; make one of your own.": (
            settings.SECRET_KEY == settings.DEVELOPMENT_SECRET
        ),
        "KEY_ENCRYPTION_KEY is not set; without it no signing key can be kept safely.": (
            settings.KEY_GUARD == "environment" and not settings.KEY_ENCRYPTION_KEY
        ),
        "KEY_GUARD is neither environment, pkcs11 nor service.": (
            settings.KEY_GUARD not in {"environment", "pkcs11", "service"}
        ),
        "KEY_GUARD is service, and KEY_SERVICE_URL or KEY_SERVICE_TOKEN is not set.": (
            settings.KEY_GUARD == "service" and not (settings.KEY_SERVICE_URL and settings.KEY_SERVICE_TOKEN)
        ),
        "KEY_GUARD is pkcs11, and PKCS11_MODULE or PKCS11_TOKEN is not set.": (
            settings.KEY_GUARD == "pkcs11" and not (settings.PKCS11_MODULE and settings.PKCS11_TOKEN)
        ),
        "EXAMPLE_DAY is set; only the example alliance may hold its day still.": settings.EXAMPLE_DAY is not None,
        "DEBUG is on; it shows visitors what is inside.": settings.DEBUG,
        "REQUIRE_SECOND_FACTOR is off; the secretariat and key holders must prove themselves twice.": (
            not settings.REQUIRE_SECOND_FACTOR
        ),
        "PUBLIC_URL does not begin with https://; it stands in every credential for ever.": (
            not settings.PUBLIC_URL.startswith("https://")
        ),
        "PUBLIC_URL is an example's address; set the address at which you are reached.": (
            settings.PUBLIC_URL.endswith(RESERVED_DOMAIN)
        ),
    }
    return [sentence for sentence, is_so in wrong.items() if is_so]


def _example_accounts() -> list[str]:
    published = set()
    for path in sorted(settings.BASE_DIR.glob("examples/*/accounts.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            published |= {row["username"] for row in csv.DictReader(file) if row.get("username")}
    users = User.objects.filter(is_active=True)
    present = users.filter(username__in=published) | users.filter(username__endswith=RESERVED_DOMAIN)
    names = sorted(present.values_list("username", flat=True))[:3]
    if not names:
        return []
    listed = ", ".join(names)
    return [
        f"Accounts of the example alliance are here ({listed}), whose passwords are published; start from an empty database."
    ]
