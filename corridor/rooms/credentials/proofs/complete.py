"""Whether facts are enough for a credential: what it needs is there, in a form that validators take."""

import re

from corridor.kernel.wording import N_

from .facts import CredentialFacts
from .refusals import CannotCompose

_LANGUAGE = re.compile(r"[a-z]{2,4}")


def require_complete(facts: CredentialFacts) -> None:
    """Raises CannotCompose when something that a credential needs is missing or in a form that validators refuse."""
    needed = {
        "id": facts.id,
        "issuer": facts.issuer_name,
        "learner": facts.learner.name,
        "identifier": facts.learner.identifier,
        "salt": facts.learner.salt,
        "achievement": facts.achievement_name,
        "description": facts.achievement_description,
        "criteria": facts.criteria,
        "units": facts.units or facts.measured,
        "site": facts.site.name,
        "programme": facts.programme.name,
    }
    for name, value in needed.items():
        if not value:
            raise CannotCompose(N_("A credential cannot be issued without its %(part)s."), part=name)
    if not _LANGUAGE.fullmatch(facts.language):
        raise CannotCompose(
            N_("“%(language)s” is not a language in lower case, such as en or lo."), language=facts.language
        )
    if facts.valid_from.tzinfo is None or (facts.valid_until is not None and facts.valid_until.tzinfo is None):
        raise CannotCompose(N_("An instant on a credential needs its zone."))
    if facts.valid_until is not None and facts.valid_until <= facts.valid_from:
        raise CannotCompose(N_("A credential cannot end before it begins."))
    if len({unit.id for unit in facts.units}) < len(facts.units):
        raise CannotCompose(N_("A unit stands twice on the credential."))
