"""A phone of an assessor: what it says of a learner, a signature, a file."""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from corridor.kernel.identifiers import new_id
from corridor.rooms.assessment.models import Scheme
from tests.factories.assessment import Room, all_met, make_assessor
from tests.factories.devices import Phone

from .actors import make_user

JUDGED_ON = date(2023, 6, 20)
THAT_DAY = datetime(2023, 6, 20, 5, 0, tzinfo=UTC)


class Yard(Room):
    """A cohort that is judged on phones: its assessor Somphone has an account and a phone."""

    def __init__(self, learners: int = 3) -> None:
        super().__init__(learners=learners)
        self.assessor.user = make_user("somphone")
        self.assessor.save(update_fields=["user"])
        self.phone = Phone.of(self.assessor.user, at=THAT_DAY)

    def another_phone(self, name: str = "nimali") -> Phone:
        """Of another assessor of the cohort."""
        person = make_assessor(self.cohort, name)
        person.user = make_user(name)
        person.save(update_fields=["user"])
        return Phone.of(person.user, at=THAT_DAY)

    def judge(
        self, number: int = 1, *, phone: Phone | None = None, scheme: Scheme | None = None, **said: Any
    ) -> dict[str, Any]:
        findings = said.pop("findings", all_met(scheme) if scheme is not None else ())
        more = {name: said.pop(name) for name in ("clock", "seen", "version") if name in said}
        payload = {
            "unit": str(self.unit.pk), "attempt": 1, "result": "competent", "decided_on": JUDGED_ON.isoformat(), "note": "",
            "scheme": str(scheme.pk) if scheme is not None else None, "saw": None,
            "findings": [{"criterion": str(each.criterion), "found": each.found.value, "note": each.note} for each in findings],
        }  # fmt: skip
        phone = phone or self.phone
        return phone.do("assessment.judged", self.seat(number).pk, payload | said, clock=more.get("clock", THAT_DAY), **{
            name: value for name, value in more.items() if name != "clock"
        })  # fmt: skip

    def sign(self, about: dict[str, Any], role: str, *, phone: Phone | None = None, **said: Any) -> dict[str, Any]:
        payload = {
            "unit": str(self.unit.pk), "decision": about["id"], "version": 1, "judged": about["id"], "role": role, "name": role.title(),
            "stance": "agrees",
        }  # fmt: skip
        return (phone or self.phone).do("assessment.signed", UUID(about["subject"]), payload | said, clock=THAT_DAY)

    def tell_of_file(
        self, number: int = 1, *, content: bytes = b"x", phone: Phone | None = None, **said: Any
    ) -> dict[str, Any]:
        payload = {
            "evidence": str(new_id()), "unit": str(self.unit.pk), "attempt": 1, "file_name": "photo.jpg", "size": len(content),
            "sha256": sha256(content).hexdigest(), "criteria": [],
        }  # fmt: skip
        return (phone or self.phone).do("assessment.evidence", self.seat(number).pk, payload | said, clock=THAT_DAY)
