"""What is signed in another form, or offered, is in force."""

from corridor.kernel.wording import N_

from .lifecycle import CredentialStatus
from .models import Credential
from .refusals import HolderErased, NotInForce


def require_in_force(credential: Credential) -> None:
    """:raises NotInForce: for one that is not issued. :raises HolderErased: for one whose text is gone."""
    if credential.status != CredentialStatus.ISSUED:
        raise NotInForce(
            N_("%(certificate)s is “%(now)s”. Only a certificate in force is signed in another form."),
            certificate=credential.reference, now=CredentialStatus(credential.status).label,
        )  # fmt: skip
    if not credential.document:
        raise HolderErased(N_("The holder of %(certificate)s was erased here."), certificate=credential.reference)
