"""The README of a leaving kit: what is in the folder, and what may be done with it; in English, and in the language of the member's country."""

import textwrap

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from corridor.foundations.vocabularies.countries import official_language
from corridor.foundations.vocabularies.languages import django_code
from corridor.kernel.wording import N_

from .kit_pages import Told, spoken

_WIDE = 140
_RULE = "=" * 78
# What lies in the folder, and what it is.
_IN_IT = (
    ("data/", N_("who the member is, what it issued, who entitled it, its keys: CSV and JSON")),
    ("credentials/", N_("every certificate that it issued and that was not taken down, as signed")),
    ("attestations/", N_("what it signed outside of cohorts: endorsements, and who trains and assesses")),
    ("proofs/", N_("for each of both the proof that it stood in a checkpoint")),
    ("dids/", N_("the keys of the member and of the alliance, with the days on which they were in use")),
    ("status/", N_("the signed status lists")),
    ("companions/", N_("what each set bit of these lists means")),
    ("register.json", N_("the register of issuers, signed by the alliance")),
    ("checkpoints/", N_("the trees of the days, signed and chained")),
    ("site/", N_("all of that at its old addresses, for any web server")),
    ("site/verify/", N_("a page that verifies with it (where the house had its verifier at hand)")),
    ("keys.sealed.json", N_("the private keys, sealed to the public key that the member gave (only if they were handed over)")),
    ("renewed.json", N_("the SHA-256 of the lists that the member signed anew, signed by the member (only if it has)")),
    ("kit.json", N_("the SHA-256 of every file, signed by the alliance")),
)  # fmt: skip
# A sentence, and the command or address below it.
_TO_DO: tuple[tuple[str, str], ...] = (
    (N_("To verify everything in it, without a network and without a database:"), "./run verify THIS_FOLDER"),
    (N_("To go on answering at the old addresses, serve site/ where this led to:"), "{alliance}"),
    (
        N_(
            "site/nginx.conf.example says which types the files have. Whoever cannot have that name any more keeps the folder: verifiers that take a "
            "folder need no address."
        ),
        "",
    ),
    (N_("To open the keys:"), "./run leave open keys.sealed.json --with PRIVATE.pem --out KEYS.json"),
    (
        N_(
            "They are Multikeys (W3C Controlled Identifiers 1.0). Whoever has them signs as the member: keep them as you would keep a seal."
        ),
        "",
    ),
    (
        N_("To sign the status lists anew, with the keys, from this folder alone (no network, no database):"),
        "./run leave sign THIS_FOLDER --with KEYS.json --revoke REFERENCE --why awarded-in-error",
    ),
    (
        N_(
            "--suspend, --restore and --revoke take a certificate or an attestation by its reference, as often as needed; without them the lists "
            "stay as they are and get a new day. --days 14 lets them end after so many days, so that nobody relies on an old copy: then sign them "
            "again before."
        ),
        "",
    ),
    (
        N_(
            "The new lists stand in status/, companions/ and site/ at once; renewed.json, signed by the member, says which files are newer than "
            "kit.json knows. Copy site/ to the web server again, and send the folder to whoever took it over."
        ),
        "",
    ),
    (
        N_("To take it over into another Corridor, so that its verifier knows this issuer:"),
        "./run leave import THIS_FOLDER",
    ),
)


def readme(told: Told, *, reference: str, country: str) -> str:
    """English first: whoever opens the folder in twenty years may know neither us nor the language of the country."""
    own = django_code(official_language(country))
    languages = ["en", *(code for code, _own in spoken() if code == own != "en")]
    return f"\n{_RULE}\n\n".join(_written(told, reference, code) for code in languages)


def _written(told: Told, reference: str, code: str) -> str:
    with override(code):
        made = _("made on %(day)s by the alliance at %(address)s") % {
            "day": told.day.isoformat(),
            "address": settings.PUBLIC_URL,
        }
        lines = [_("LEAVING KIT of %(name)s (%(number)s)") % {"name": told.name, "number": reference}, made, ""]
        lines += [_("What is in it"), *(f"  {name:<18} {_(what)}" for name, what in _IN_IT), ""]
        for sentence, below in _TO_DO:
            lines += textwrap.wrap(_(sentence), _WIDE, break_long_words=False, break_on_hyphens=False)
            lines += [f"  {below.format(alliance=settings.PUBLIC_URL)}"] if below else []
            lines.append("")
    return "\n".join(lines)
