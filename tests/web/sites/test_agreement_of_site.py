"""In which agreement a site was agreed, on its page: named by the secretariat, refused where its host did not sign."""

from datetime import date

import pytest

from corridor.rooms.agreements.models import Agreement
from tests.factories.actors import make_user
from tests.factories.agreements import make_agreement
from tests.factories.members import make_alliance, make_seat
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db
PAGE = "/sites/wks-vientiane/agreement/"


@pytest.fixture
def site():
    make_alliance()
    make_agreement("AGR-2023-0031")
    make_agreement("AGR-2023-0032", parties=("chongqing", "colombo"))
    return make_site(operating_from=date(2023, 9, 4))


def test_the_secretariat_names_it_and_the_agreement_is_activated(client, site):
    user = make_user("mei")
    make_seat(user, "secretariat")
    client.force_login(user)
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE, {"agreement": "AGR-2023-0031"})["Location"] == "/sites/wks-vientiane/"
    assert "/agreements/AGR-2023-0031/" in client.get("/sites/wks-vientiane/").content.decode()
    assert Agreement.objects.get(reference="AGR-2023-0031").status == "activated"


@pytest.mark.parametrize("named", ["AGR-2023-0032", "AGR-1999-0001"], ids=["its host did not sign", "there is none"])
def test_another_is_refused(client, site, named):
    user = make_user("mei")
    make_seat(user, "secretariat")
    client.force_login(user)
    answer = client.post(PAGE, {"agreement": named})
    assert answer.status_code in {409, 422}
    assert named in answer.content.decode()
    site.refresh_from_db()
    assert site.agreement is None


def test_nobody_else_does(client, site):
    client.force_login(make_user("anyone"))
    assert client.get(PAGE).status_code == 403
