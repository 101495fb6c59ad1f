"""A learner's time in a company, and the link of the mentor."""

from datetime import timedelta
from hashlib import sha256

from corridor.foundations.clock import real_now
from corridor.foundations.documents.receiving import Upload, receive
from corridor.rooms.members.models import Organisation
from corridor.rooms.training.models import Enrolment, Placement

from .actors import NIGHTLY
from .members import make_member


def make_placement(enrolment: Enrolment, reference: str = "PLC-2023-0001") -> Placement:
    """Two weeks from the first day of the cohort, with a mentor."""
    company = Organisation.objects.filter(reference="mekong-fleet").first()
    starts_on = enrolment.cohort.starts_on
    return Placement.objects.create(
        reference=reference, enrolment=enrolment, hours=80, starts_on=starts_on, ends_before=starts_on + timedelta(days=14),
        company=company or make_member("mekong-fleet", country="LA", kind="company"), mentor_name="Somchai",
        mentor_email="mentor@mekong.example",
    )  # fmt: skip


def file_contract_of(placement: Placement) -> None:
    """The contract on paper, as a file."""
    placement.contract = receive(Upload("contract.txt", b"Signed", "Contract"), at=real_now(), by=NIGHTLY)
    placement.save()


def make_mentor_secret(placement: Placement) -> str:
    secret = f"mentor-of-{placement.reference}"
    at = real_now()
    placement.links.create(
        digest=sha256(secret.encode()).hexdigest(), made_by="bounthan", made_at=at, expires_at=at + timedelta(days=30)
    )
    return secret
