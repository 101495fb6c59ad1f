"""Who is asking the API: the account behind a bearer token, or a visitor where an operation is public."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from corridor.foundations import clock
from corridor.foundations.access import VISITOR, Actor
from corridor.foundations.accounts.tokens import user_of_token
from corridor.journeys.recognise import recognise
from corridor.journeys.second_factor import lacks_second_factor
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_


class BearerToken(HttpBearer):
    """``request.auth`` is the actor. Tokens live by the world's own clock, whatever day an example holds."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:  # noqa: ARG002 (as ninja declares it)
        user = user_of_token(token, at=clock.real_now())
        if user is None:
            return None
        actor = recognise(user, on=clock.today(), at=clock.real_now())
        if lacks_second_factor(by=actor):
            raise AccessDenied(
                N_("The account of this token needs a second factor first. Sign in on the pages and set one up.")
            )
        return actor


class BearerTokenOrVisitor(BearerToken):
    """Without a token the reader is a visitor; with a wrong one nobody."""

    def __call__(self, request: HttpRequest) -> Actor | None:
        if not request.headers.get(self.header):
            return VISITOR
        return super().__call__(request)


PRIVATE_HEADER = BearerToken.header
PRIVATE = BearerToken()
PUBLIC = BearerTokenOrVisitor()
