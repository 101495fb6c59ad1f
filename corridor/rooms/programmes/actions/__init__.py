"""Every way a programme can change."""

from ..refusals import (
    AgreementNotInForce,
    AgreementNotSigned,
    HasThatRole,
    HeldThereAlready,
    NobodyLeads,
    ReferenceTaken,
)
from .moving import move_programme, move_programmes, suspend_programmes_under
from .proposing import add_members, add_sites, propose_programme, propose_programmes

__all__ = [
    "AgreementNotInForce",
    "AgreementNotSigned",
    "HasThatRole",
    "HeldThereAlready",
    "NobodyLeads",
    "ReferenceTaken",
    "add_members",
    "add_sites",
    "move_programme",
    "move_programmes",
    "propose_programme",
    "propose_programmes",
    "suspend_programmes_under",
]
