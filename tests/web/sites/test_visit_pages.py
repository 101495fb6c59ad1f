"""The visit page of a site: signed in or in its days; photos with what they show; nobody else changes them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corridor.rooms.sites.models import SitePhoto, SiteShowing
from tests.factories.actors import make_user
from tests.factories.members import make_alliance
from tests.factories.site_years import make_photo, picture
from tests.factories.sites import make_equipment, make_site
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PAGE = "/sites/wks-vientiane/visit/"


@pytest.fixture
def site():
    make_alliance()
    return make_site()


def manager_of(site):
    user = make_user("manager")
    site.posts.create(user=user, held_from="2023-01-01")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_it_says_what_is_not_there_yet(site):
    page = text_of(manager_of(site).get(PAGE))
    for part in (
        "No photo of this place is kept yet",
        "No equipment is written down yet.",
        "It stands under no brand.",
    ):
        assert part in page


def test_a_photo_is_added_described_and_taken_down(site):
    manager = manager_of(site)
    sent = {"persons": "agreed", "language": "en", "caption": "The hall", "alternative": "A hall with a lift"}
    assert manager.post(f"{PAGE}photos/new/", sent).status_code == 422
    photo = SimpleUploadedFile("hall.jpg", picture(), "image/jpeg")
    assert manager.post(f"{PAGE}photos/new/", sent | {"photo": photo})["Location"] == f"{PAGE}photos/"
    kept = SitePhoto.objects.get()
    answer = manager.get(PAGE)
    assert 'alt="A hall with a lift"' in answer.content.decode()
    image = manager.get(f"{PAGE}photos/{kept.pk}/")
    assert (image["Content-Type"], image["Cache-Control"]) == ("image/jpeg", "private, no-store")
    lao = {"language": "lo", "caption": "ຫ້ອງ", "alternative": "ຫ້ອງໂຖງ"}
    assert manager.post(f"{PAGE}photos/{kept.pk}/words/", lao).status_code == 302
    assert kept.texts.count() == 2
    assert manager.post(f"{PAGE}photos/{kept.pk}/down/").status_code == 302
    assert not SitePhoto.objects.exists()


def test_a_text_is_no_photo_and_says_so_at_its_field(site):
    sent = {"persons": "nobody", "language": "en", "caption": "A list", "alternative": "A list"}
    sent |= {"photo": SimpleUploadedFile("list.txt", b"one, two")}
    answer = manager_of(site).post(f"{PAGE}photos/new/", sent)
    assert (answer.status_code, "Send a photo: PNG or JPEG." in text_of(answer)) == (422, True)


def test_a_visitor_reads_it_in_the_days_that_somebody_chose(site):
    photo, visitor, manager = make_photo(site), Client(), manager_of(site)
    make_equipment(site, count=2)
    assert visitor.get(PAGE)["Location"].startswith("/sign-in/")
    assert visitor.get(f"{PAGE}photos/{photo.pk}/").status_code == 404
    sent = {"starts_on": "2024-02-01", "ends_on": "2024-02-10", "reason": "A visit of the ministry"}
    assert manager.post(f"{PAGE}public/", sent | {"reason": ""}).status_code == 422
    assert manager.post(f"{PAGE}public/", sent)["Location"] == f"{PAGE}photos/"
    page = text_of(visitor.get(PAGE))
    for part in ("2 of 2 things to teach with work", "The hall", "A visit of the ministry"):
        assert part in page
    assert visitor.get(f"{PAGE}photos/{photo.pk}/").status_code == 200
    key = SiteShowing.objects.get().pk
    assert manager.post(f"{PAGE}public/{key}/end/", {"on": "2024-02-02"}).status_code == 302
    assert visitor.get(PAGE).status_code == 302


def test_whoever_does_not_look_after_the_site_changes_nothing(site):
    photo = make_photo(site)
    other = browser_of("council")
    assert other.get(PAGE).status_code == 200
    for where in ("photos/", "photos/new/", "public/", f"photos/{photo.pk}/down/"):
        assert other.get(f"{PAGE}{where}").status_code == 403
