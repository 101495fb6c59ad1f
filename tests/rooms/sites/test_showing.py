"""What a site shows to visitors: photos without what the camera wrote, in their order; public only for given days and a reason."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from corridor.foundations.access import NIGHTLY, VISITOR
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, WrongMoment
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.drafts_of_plans import PhotoDraft, PhotoWords
from corridor.rooms.sites.models import SitePhoto
from corridor.rooms.sites.refusals import ShownAlready, TooManyPhotos
from tests.factories.site_years import AT, make_photo, make_showing, picture
from tests.factories.sites import make_equipment, make_site

pytestmark = pytest.mark.django_db
ON = date(2024, 2, 2)
TEXTS = {"en": PhotoWords("The hall", "A hall with two lifts")}


@pytest.fixture
def site():
    return make_site()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "Behind the house of Khamla"
    exif[0x8825] = {1: "N", 2: (17.0, 58.0, 0.0)}
    return picture(exif=exif.tobytes())


def test_what_the_camera_wrote_is_not_kept(site):
    photo = make_photo(site, content=with_place())
    kept = bytes_of(photo.document)
    assert b"Khamla" not in kept
    assert not Image.open(BytesIO(kept)).getexif()


def test_a_photo_larger_than_a_screen_is_made_smaller(site):
    photo = make_photo(site, content=picture((4000, 3000)))
    assert Image.open(BytesIO(bytes_of(photo.document))).size == (1600, 1200)


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"persons": ""}, "persons"),
        ({"texts": {}}, "caption"),
        ({"texts": {"en": PhotoWords("The hall", " ")}}, "alternative"),
        ({"texts": {"english!": PhotoWords("The hall", "A hall")}}, "language"),
        ({"upload": Upload("list.csv", b"a,b", "List")}, "photo"),
    ],
    ids=["persons", "caption", "alternative", "language", "no_picture"],
)
def test_a_photo_says_who_is_in_it_and_what_it_shows(site, changed, column):
    given = {"persons": "nobody", "texts": TEXTS, "upload": Upload("p.jpg", picture(), "The hall")} | changed
    with pytest.raises(BadInput) as refused:
        actions.add_photos(photos=[PhotoDraft(site, **given)], at=AT, by=NIGHTLY)
    assert column in {each.column for each in refused.value.problems}
    assert not SitePhoto.objects.exists()


def test_photos_stand_in_the_order_that_somebody_gave_them(site):
    first, second, third = (make_photo(site, name) for name in ("One", "Two", "Three"))
    actions.place_photo(photo=third, position=1, by=NIGHTLY)
    shown = queries.photos_of(site=site.reference, on=ON, by=NIGHTLY)
    assert [each.pk for each in shown] == [third.pk, first.pk, second.pk]
    with pytest.raises(BadInput):
        actions.place_photo(photo=first, position=4, by=NIGHTLY)


def test_a_photo_that_is_taken_down_takes_its_file_along(site):
    photo = make_photo(site)
    document = photo.document_id
    actions.take_down_photo(photo=photo, by=NIGHTLY)
    assert not SitePhoto.objects.exists()
    assert not Document.objects.filter(pk=document).exists()


def test_no_more_than_twelve(site):
    for number in range(12):
        make_photo(site, f"Photo {number}")
    with pytest.raises(TooManyPhotos):
        make_photo(site)


def test_the_page_is_public_in_its_days_and_on_no_other(site):
    photo = make_photo(site)
    make_equipment(site, count=3)
    assert not queries.may_visit(site=site.reference, on=ON, by=VISITOR)
    make_showing(site, starts_on=date(2024, 2, 2), ends_before=date(2024, 2, 3))
    assert queries.may_visit(site=site.reference, on=ON, by=VISITOR)
    assert queries.open_photo(site=site.reference, key=photo.pk, on=ON, by=VISITOR)[1]
    (shown,) = queries.equipment_shown(site=site.reference, on=ON, by=VISITOR)
    assert (shown.kind, shown.working, shown.all) == ("Brake tester", 3, 3)
    for day in (date(2024, 2, 1), date(2024, 2, 3)):
        assert not queries.may_visit(site=site.reference, on=day, by=VISITOR)
        assert queries.equipment_shown(site=site.reference, on=day, by=VISITOR) == []
        with pytest.raises(NotFound):
            queries.open_photo(site=site.reference, key=photo.pk, on=day, by=VISITOR)


def test_it_is_ended_before_its_day_and_may_begin_again(site):
    showing = make_showing(site, starts_on=date(2024, 2, 1), ends_before=date(2024, 3, 1))
    with pytest.raises(ShownAlready):
        make_showing(site, starts_on=date(2024, 2, 20), ends_before=date(2024, 5, 1))
    actions.stop_showing(showing=showing, ends_before=date(2024, 2, 10), by=NIGHTLY)
    with pytest.raises(WrongMoment):
        actions.stop_showing(showing=showing, ends_before=date(2024, 2, 10), by=NIGHTLY)
    assert not queries.may_visit(site=site.reference, on=date(2024, 2, 10), by=VISITOR)
    assert make_showing(site, starts_on=date(2024, 2, 20), ends_before=date(2024, 5, 1)).pk


def test_one_that_is_ended_before_it_begins_never_was(site):
    showing = make_showing(site, starts_on=date(2024, 3, 1), ends_before=date(2024, 4, 1))
    actions.stop_showing(showing=showing, ends_before=date(2024, 2, 2), by=NIGHTLY)
    assert not queries.may_visit(site=site.reference, on=date(2024, 3, 1), by=VISITOR)
    assert make_showing(site, starts_on=date(2024, 3, 1), ends_before=date(2024, 4, 1)).pk


@pytest.mark.parametrize(
    ("reason", "days", "column"), [(" ", 5, "reason"), ("A fair", 0, "ends_on"), ("A fair", 367, "ends_on")],
    ids=["no_reason", "no_day", "too_long"],
)  # fmt: skip
def test_it_is_shown_for_a_reason_and_not_for_ever(site, reason, days, column):
    with pytest.raises(BadInput) as refused:
        actions.show_site(
            site=site, starts_on=ON, ends_before=date.fromordinal(ON.toordinal() + days), reason=reason, by=NIGHTLY
        )
    assert [each.column for each in refused.value.problems] == [column]


def test_nobody_else_changes_what_a_site_shows(site):
    photo, showing = make_photo(site), make_showing(site)
    texts = {"en": PhotoWords("Mine", "Mine")}
    for act in (
        lambda: actions.add_photos(photos=[PhotoDraft(site, "nobody", TEXTS)], at=AT, by=VISITOR),
        lambda: actions.describe_photo(photo=photo, texts=texts, by=VISITOR),
        lambda: actions.place_photo(photo=photo, position=1, by=VISITOR),
        lambda: actions.take_down_photo(photo=photo, by=VISITOR),
        lambda: actions.show_site(site=site, starts_on=ON, ends_before=ON, reason="x", by=VISITOR),
        lambda: actions.stop_showing(showing=showing, ends_before=ON, by=VISITOR),
    ):
        with pytest.raises(AccessDenied):
            act()
