"""Files that come with a record, for machines: a form with its parts, once under a key, refused as on the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.rooms.agreements.models import Signature
from corridor.rooms.conferences.models import ConferenceDocument
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.sites.models import SitePhoto
from tests.factories.actors import make_user
from tests.factories.agreements import make_proposed_agreement
from tests.factories.conferences import make_conference
from tests.factories.demand import make_demand
from tests.factories.members import make_member, make_seat
from tests.factories.papers import PDF
from tests.factories.site_years import picture
from tests.factories.sites import make_site
from tests.factories.tokens import Machine, machine_of

pytestmark = pytest.mark.django_db


def paper(name="paper.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def mei() -> Machine:
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


@pytest.fixture
def khamla() -> Machine:
    user = make_user("khamla")
    make_seat(user, "coordinator", member=make_member("khamlas-school", country="LA"))
    return machine_of(user)


INK = {"member": "vientiane", "signed_on": "2023-05-18", "signed_as": "President", "attested_by": "Records office"}


def test_a_signature_in_ink_is_written_down_once_with_its_scan(mei, khamla):
    agreement = make_proposed_agreement()
    path = f"/agreements/{agreement.reference}/paper-signatures"
    answers = [mei.send(path, {**INK, "scan": paper()}, idempotency_key="a") for _time in range(2)]
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[1]["Idempotency-Replayed"] == "true"
    (side,) = [each for each in answers[0].json()["sides"] if each["member"] == "vientiane"]
    assert [(each["way"], each["signed_on"]) for each in side["signatures"]] == [("paper", "2023-05-18")]
    assert Signature.objects.get().scan.attested_by == "Records office"
    assert mei.send(path, {**INK, "scan": paper(content=PDF + b"\n")}, idempotency_key="a").status_code == 409
    assert mei.send(path, {**INK, "scan": paper()}, idempotency_key="b").status_code == 409
    assert (
        mei.send(path, {**INK, "member": "chongqing", "scan": paper("x.exe", b"MZ")}, idempotency_key="c").status_code
        == 422
    )
    assert mei.send(path, INK, idempotency_key="d").status_code == 422
    assert khamla.send(path, {**INK, "scan": paper()}, idempotency_key="e").status_code == 403
    assert mei.send(path, {**INK, "scan": paper()}).status_code == 428
    assert Signature.objects.count() == 1


def test_the_paper_of_a_demand_is_kept_over_the_version_that_was_read(mei, khamla):
    statement = make_demand()
    path = f"/demand/{statement.reference}"
    version = mei.etag(path)
    given = {"paper": "Letter 15 of 2023, kept by the secretariat"}
    kept = mei.send(f"{path}/paper", {**given, "file": paper()}, if_match=version)
    assert (kept.status_code, kept.json()["paper"]) == (200, given["paper"])
    assert DemandStatement.objects.get().document.title == given["paper"]
    assert mei.send(f"{path}/paper", given, if_match=version).status_code == 412
    assert mei.send(f"{path}/paper", given).status_code == 428
    assert mei.send(f"{path}/paper", {"paper": "Letter 16"}, if_match=kept["ETag"]).json()["paper"] == "Letter 16"
    assert khamla.send(f"{path}/paper", given, if_match=version).status_code == 403


def test_a_document_of_a_conference_is_added_once_and_anyone_reads_the_list(mei, khamla):
    path = f"/conferences/{make_conference().reference}/documents"
    answers = [mei.send(path, {"title": "Programme", "file": paper()}, idempotency_key="a") for _time in range(2)]
    assert [each.status_code for each in answers] == [201, 201]
    assert ConferenceDocument.objects.count() == 1
    (shown,) = Machine().get(path).json()
    assert (shown["title"], shown["sha256"]) == ("Programme", answers[0].json()["sha256"])
    assert Machine().client.get(shown["file"]).status_code == 200
    assert khamla.send(path, {"title": "Mine", "file": paper()}, idempotency_key="b").status_code == 403
    assert mei.send(path, {"title": "", "file": paper()}, idempotency_key="c").status_code == 422


def test_a_photo_of_a_site_is_sent_with_its_words(mei, khamla):
    site = make_site()
    path = f"/sites/{site.reference}/photos"
    given = {"persons": "nobody", "language": "en", "caption": "The hall", "alternative": "A hall with two lifts"}
    sent = mei.send(path, {**given, "photo": paper("hall.jpg", picture())}, idempotency_key="a")
    assert sent.status_code == 201
    (photo,) = sent.json()["photos"]
    assert photo["texts"]["en"] == {"caption": "The hall", "alternative": "A hall with two lifts"}
    assert photo["file"] == f"/sites/{site.reference}/visit/photos/{SitePhoto.objects.get().pk}/"
    for changed, answered in (({"persons": "somebody"}, 422), ({"photo": paper("hall.jpg", b"no picture")}, 422)):
        given_now = {**given, "photo": paper("hall.jpg", picture()), **changed}
        assert mei.send(path, given_now, idempotency_key=str(changed)[:20]).status_code == answered
    assert khamla.send(path, {**given, "photo": paper("hall.jpg", picture())}, idempotency_key="z").status_code == 403
    assert SitePhoto.objects.count() == 1
