"""The page that changes many: first what would happen, then doing it; and the same by machine."""

import pytest

from corridor.foundations.accounts.models import User
from corridor.rooms.credentials.models import Credential
from tests.factories.credentials import award, make_assessed_cohort
from tests.factories.tokens import Machine, machine_of
from tests.web.readers import browser_of, text_of

pytestmark = pytest.mark.django_db


def test_nothing_changes_before_the_secretariat_has_seen_what_would():
    cohort = make_assessed_cohort(learners=3)
    award(cohort)
    mei = browser_of("secretariat")
    assert "Change many certificates" in text_of(mei.get("/credentials/"))
    sent = {"cohort": cohort.reference, "step": "suspend", "why": "under-review", "references": ""}
    seen = text_of(mei.post("/credentials/change/", sent))
    assert "3 certificates would change." in seen and "3 have no account" in seen
    assert set(Credential.objects.values_list("status", flat=True)) == {"issued"}
    assert mei.post("/credentials/change/", sent | {"sure": "1"}).status_code == 302
    assert set(Credential.objects.values_list("status", flat=True)) == {"suspended"}
    again = mei.post("/credentials/change/", sent)
    assert again.status_code == 422 and "at least one" in text_of(again)


def test_a_number_that_nobody_knows_and_a_form_without_any_are_said_at_their_field():
    mei = browser_of("secretariat")
    sent = {"references": "CRD-1999-0001", "step": "revoke", "why": "misconduct"}
    answer = mei.post("/credentials/change/", sent)
    assert answer.status_code == 422 and "CRD-1999-0001" in text_of(answer)
    assert "Name certificates or a cohort" in text_of(mei.post("/credentials/change/", sent | {"references": ""}))
    assert browser_of("auditor").get("/credentials/change/").status_code == 403


def test_by_machine_a_change_is_made_once_under_its_key():
    award(make_assessed_cohort(learners=2))
    browser_of("secretariat")
    machine = machine_of(User.objects.get(username="secretariat"))
    references = sorted(Credential.objects.values_list("reference", flat=True))
    sent = {"references": references, "step": "revoke", "why": "misconduct"}
    dry = machine.post("/credential-changes", sent | {"dry_run": True}, idempotency_key="d")
    assert dry.status_code == 201 and [each["after"] for each in dry.json()["effects"]] == ["revoked", "revoked"]
    assert set(Credential.objects.values_list("status", flat=True)) == {"issued"}
    made = [machine.post("/credential-changes", sent, idempotency_key="a") for _time in range(2)]
    assert [each.status_code for each in made] == [201, 201] and made[0].json() == made[1].json()
    assert machine.post("/credential-changes", sent, idempotency_key="b").status_code == 409
    assert machine.post("/credential-changes", sent | {"why": "because"}, idempotency_key="c").status_code == 422
    one = machine.get(f"/credentials/{references[0]}").json()
    assert (one["status"], one["replaces"], one["replaced_by"]) == ("revoked", None, None)


def test_keys_by_machine_are_read_by_all_and_distrusted_by_who_keeps_them():
    award(make_assessed_cohort(learners=1))
    credential = Credential.objects.get()
    assert Machine().get("/members/chongqing/keys").json()[0]["key"] == "key-2023"
    browser_of("key_holder", member=credential.issuer)
    holder = machine_of(User.objects.get(username="key_holder-chongqing"))
    where = "/members/chongqing/keys/key-2023"
    read = holder.get(where)
    sent = {"since": "2023-07-01T00:00:00Z"}
    assert holder.post(f"{where}/compromise", sent).status_code == 428
    done = holder.post(f"{where}/compromise", sent, if_match=read["ETag"])
    assert done.status_code == 200 and done.json()["affected"] == [credential.reference]
    assert holder.post(f"{where}/compromise", sent, if_match=read["ETag"]).status_code == 412
