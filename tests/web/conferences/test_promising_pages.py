"""What an announcement promises, on its pages: words, target, evidence, merging; and the ledger on other sites."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.rooms.conferences.models import Announcement
from tests.factories.agreements import make_agreement
from tests.factories.conferences import make_announcement, make_conference
from tests.factories.members import make_alliance, make_member
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
ATOM = "{http://www.w3.org/2005/Atom}"
TARGET = {
    "number": "60",
    "unit": "teachers",
    "language": "en",
    "indicator": "training.persons_completed",
    "reach_by": "2024-12-31",
}
REPORT = {
    "text": "Twenty have begun.",
    "language": "en",
    "next_due_on": "2024-06-30",
    "due_on": "2024-01-31",
    "reached": "20",
}


@pytest.fixture
def said():
    return make_announcement(title="Panda College")


def url(said, page=""):
    return f"/announcements/{said.reference}/{page}"


def test_the_words_and_the_target_stand_on_the_page_and_the_owner_counts(client, said):
    make_alliance()
    secretariat = browser_of("secretariat")
    secretariat.post(url(said, "wording/"), {"language": "zh-Hans", "said": "translated", "text": "熊猫学院"})
    answer = secretariat.post(url(said, "target/"), TARGET, follow=True)
    assert answer.status_code == 200
    sent = REPORT | {"file": SimpleUploadedFile("intake.txt", b"Twenty"), "file_title": "The first intake"}
    coordinator = browser_of("coordinator", member=said.owner)
    assert coordinator.post(url(said, "report/"), sent).status_code == 302
    page = text_of(client.get(url(said)))
    for words in (
        "熊猫学院",
        "60</b>",
        "teachers",
        "20 of 60, as the owner reported",
        "/figures/training.persons_completed/",
        "The first intake",
    ):
        assert words in page
    evidence = f"/announcements/{said.reference}/evidence/{said.reports.get().evidence.get().document.reference}/"
    assert evidence in page
    assert client.get(evidence).content == b"Twenty"


def test_a_second_target_without_a_reason_is_shown_again_with_what_is_missing(said):
    secretariat = browser_of("secretariat")
    secretariat.post(url(said, "target/"), TARGET)
    again = secretariat.post(url(said, "target/"), TARGET | {"number": "40"})
    assert again.status_code == 422
    assert "Say why the target changes" in text_of(again)
    assert 'value="40"' in text_of(again)


def test_a_file_without_its_name_and_a_record_that_is_not_there_are_told_at_their_fields(said):
    coordinator = browser_of("coordinator", member=said.owner)
    sent = REPORT | {"file": SimpleUploadedFile("intake.txt", b"Twenty")}
    assert "Say what the file is." in text_of(coordinator.post(url(said, "report/"), sent))
    answer = coordinator.post(url(said, "report/"), REPORT | {"record_kind": "site", "record_reference": "wks-nowhere"})
    assert answer.status_code == 422
    assert "There is no record wks-nowhere of this kind." in text_of(answer)
    assert not said.reports.exists()


def test_members_are_added_and_taken_from_the_list(client, said):
    make_member("vientiane", country="LA")
    secretariat = browser_of("secretariat")
    secretariat.post(url(said, "members/"), {"member": "vientiane", "role": "co_owner"})
    assert "Co-owner" in text_of(client.get(url(said)))
    secretariat.post(url(said, "members/"), {"member": "vientiane", "role": ""})
    assert "Co-owner" not in text_of(client.get(url(said)))
    assert "There is no" in text_of(secretariat.post(url(said, "members/"), {"member": "nobody", "role": "host"}))


def test_the_old_number_leads_to_the_one_that_stands(client, said):
    standing = make_announcement(title="A college in Vientiane")
    sent = {"into": standing.reference, "on": "2024-02-01", "reason": "Said twice"}
    assert browser_of("secretariat").post(url(said, "merge/"), sent).status_code == 302
    page = text_of(client.get(url(said)))
    assert f'href="/announcements/{standing.reference}/"' in page
    assert "It stands under another number." in page
    assert f"{said.reference} was merged with it" in text_of(client.get(url(standing)))
    ledger = text_of(client.get("/announcements/?state=promised"))
    assert standing.reference in ledger
    assert said.reference not in ledger


def test_two_that_are_both_answered_say_what_to_do(said):
    standing = make_announcement(title="A college in Vientiane")
    make_agreement("AGR-2023-0031", announcement=said)
    make_agreement("AGR-2023-0032", announcement=standing)
    sent = {"into": standing.reference, "on": "2024-02-01", "reason": "Said twice"}
    answer = browser_of("secretariat").post(url(said, "merge/"), sent)
    assert answer.status_code == 409
    assert "End or supersede one of the two agreements first" in text_of(answer)


def test_a_conference_says_how_much_was_delivered_and_both_numbers_open(client, said):
    page = text_of(client.get(f"/conferences/{said.conference.reference}/"))
    assert f'href="/announcements/?conference={said.conference.reference}&amp;state=done"' in page
    assert f'href="/announcements/?conference={said.conference.reference}&amp;state=promised"' in page


def test_the_ledger_is_narrowed_to_a_country(client, said):
    make_announcement(title="Elsewhere", country="TH")
    page = text_of(client.get("/announcements/?country=TH"))
    assert "Elsewhere" in page
    assert "Panda College" not in page


def test_the_feed_is_atom_with_ids_that_stay_and_tells_silence(client, said):
    make_alliance()
    hidden = make_announcement(title="Not confirmed", confirmed_by="")
    first = client.get("/announcements/feed.atom")
    assert first["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(first.content)
    entries = feed.findall(f"{ATOM}entry")
    assert [each.findtext(f"{ATOM}id") for each in entries] == [f"urn:uuid:{said.pk}"]
    assert entries[0].findtext(f"{ATOM}updated") == "2024-02-01T00:00:00+00:00"
    assert {each.get("term") for each in entries[0].findall(f"{ATOM}category")} == {"CONF-2023", "silent"}
    assert feed.findtext(f"{ATOM}updated") == "2024-02-01T00:00:00+00:00"
    assert client.get("/announcements/feed.atom").content == first.content
    # Whoever asks: what waits for its second person is never in a feed.
    assert hidden.reference not in text_of(browser_of("secretariat").get("/announcements/feed.atom"))
    make_announcement(conference=make_conference("CONF-2022", starts_on=date(2022, 12, 15)), title="Earlier")
    narrowed = text_of(client.get("/announcements/feed.atom?conference=CONF-2022"))
    assert "Earlier" in narrowed
    assert "Panda College" not in narrowed


@pytest.mark.parametrize(
    ("lang", "word"),
    [("en", "The whole ledger"), ("zh-hans", 'lang="zh-Hans"'), ("lo", 'lang="lo"'), ("ur", 'dir="rtl"')],
)
def test_the_widget_stands_in_a_frame_without_scripts_in_four_languages(client, said, lang, word):
    answer = client.get(f"/announcements/widget/?conference=CONF-2023&lang={lang}&theme=dark")
    page = text_of(answer)
    assert "X-Frame-Options" not in answer
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert "<script" not in page
    assert 'data-bs-theme="dark"' in page
    assert word in page
    assert len(answer.content) < 20_000


def test_other_pages_stand_in_no_frame(client, said):
    answer = client.get(url(said))
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_a_widget_of_no_conference_is_not_found(client):
    assert client.get("/announcements/widget/?conference=CONF-1999").status_code == 404
    assert Announcement.objects.count() == 0
