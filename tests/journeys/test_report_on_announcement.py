"""A report with what shows it: files, kept documents, and the records of other rooms."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from corridor.foundations.documents.queries import bytes_of
from corridor.foundations.documents.receiving import Upload
from corridor.journeys.report_on_announcement import report_on_announcement
from corridor.kernel.errors import BadInput, NotFound
from corridor.rooms.conferences.actions import show_reports
from corridor.rooms.conferences.drafts import RecordNamed, ReportDraft
from corridor.rooms.conferences.models import AnnouncementReport
from corridor.rooms.conferences.queries import get_report_evidence
from tests.factories.actors import VISITOR, make_actor
from tests.factories.agreements import make_agreement
from tests.factories.conferences import make_announcement
from tests.factories.documents import make_document

pytestmark = pytest.mark.django_db
AT = datetime(2024, 1, 20, 9, tzinfo=UTC)
PHOTO = Upload("list.txt", b"Twenty names", "List of the first intake")


@pytest.fixture
def said():
    return make_announcement()


@pytest.fixture
def mei(said):
    return make_actor("coordinator", ("member", said.owner_id), label="mei")


def draft(said, **more):
    given = {"reported_on": date(2024, 1, 20), "text": "Twenty have begun.", "next_due_on": date(2024, 6, 28)} | more
    return ReportDraft(announcement=said, **given)


def test_a_report_names_files_and_records_and_says_how_far_the_target_is(said, mei):
    agreement = make_agreement(announcement=said)
    shown = draft(said, uploads=[PHOTO], records=[RecordNamed("agreement", agreement.reference)], reached=Decimal(20))
    report = report_on_announcement(report=shown, at=AT, by=mei)
    file, record = sorted(report.evidence.all(), key=lambda each: each.kind)
    assert report.reached == 20
    assert (record.kind, record.reference) == ("agreement", agreement.reference)
    found = get_report_evidence(reference=said.reference, document=file.document.reference, by=VISITOR)
    assert bytes_of(found) == b"Twenty names"


def test_a_record_that_is_not_there_is_refused_at_its_field_and_nothing_is_written(said, mei):
    with pytest.raises(BadInput) as refused:
        report_on_announcement(report=draft(said, records=[RecordNamed("agreement", "AGR-1999-0001")]), at=AT, by=mei)
    assert [problem.column for problem in refused.value.problems] == ["record_reference"]
    with pytest.raises(BadInput) as refused:
        report_on_announcement(report=draft(said, records=[RecordNamed("person", "P-0001")]), at=AT, by=mei)
    assert [problem.column for problem in refused.value.problems] == ["record_kind"]
    assert not AnnouncementReport.objects.exists()


def test_what_shows_a_report_of_an_unconfirmed_announcement_is_not_opened_by_visitors():
    said = make_announcement(confirmed_by="")
    mei = make_actor("coordinator", ("member", said.owner_id), label="mei")
    report = report_on_announcement(report=draft(said, uploads=[PHOTO]), at=AT, by=mei)
    document = report.evidence.get().document
    with pytest.raises(NotFound):
        get_report_evidence(reference=said.reference, document=document.reference, by=VISITOR)
    assert get_report_evidence(reference=said.reference, document=document.reference, by=mei) == document


def test_a_document_of_another_record_is_not_opened_there(said):
    make_document("doc-minutes")
    with pytest.raises(NotFound):
        get_report_evidence(reference=said.reference, document="doc-minutes", by=VISITOR)


def test_naming_the_same_twice_changes_nothing(said, mei):
    report = report_on_announcement(report=draft(said), at=AT, by=mei)
    document = make_document()
    for _time in range(2):
        show_reports(shown=[(report, [document], [RecordNamed("site", "wks-vientiane")])], by=mei)
    assert report.evidence.count() == 2
