"""How a member's certificates look: from now on, with who and when; what was issued stays as it was."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from corridor.foundations.access import NIGHTLY
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.certificates.preview import specimen_of
from corridor.rooms.credentials.compact.claims import Signatory
from corridor.rooms.credentials.layouts import LayoutDraft, PictureDraft, layouts_for
from corridor.rooms.credentials.models import CertificateLayout, Credential, CredentialKind, Entitlement
from corridor.rooms.credentials.refusals import CannotPrint
from corridor.rooms.members.models import Organisation
from tests.factories.actors import VISITOR
from tests.factories.credentials import award, make_assessed_cohort, translate

pytestmark = pytest.mark.django_db
AT = datetime(2023, 7, 1, 9, tzinfo=UTC)
MEI = Signatory("陈美", {"zh-Hans": "校长", "en": "President"})
KHAMPHONE = Signatory("Khamphone Vongsa", {"lo": "ຜູ້ອຳນວຍການ", "en": "Director"})
SEAL = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="18" fill="#b01b1b"/></svg>'
)


@pytest.fixture
def cohort():
    made = make_assessed_cohort(learners=1)
    translate(made, "zh-Hans", title="车辆检测", unit="制动检查")
    translate(made, "lo", title="ການກວດກາ", unit="ກວດເບຣກ")
    return made


@pytest.fixture
def chongqing(cohort):
    return Organisation.objects.get(reference="chongqing")


def logo(colour=(11, 90, 99)) -> bytes:
    picture = BytesIO()
    Image.new("RGB", (200, 150), colour).save(picture, "PNG")
    return picture.getvalue()


def sent(name, content):
    return PictureDraft(upload=Upload(name, content, "Logo", kind="certificate-logo"))


def set_layout(member, *, at=AT, by=NIGHTLY, **given):
    return actions.set_layout(draft=LayoutDraft(organisation=member, **given), at=at, by=by)


def printed(credential):
    pdf = queries.certificate_pdf(credential=credential, by=VISITOR)
    return pdf, pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()


def test_who_stands_below_is_printed_and_signed_and_the_pictures_are_on_the_page(cohort, chongqing):
    layout = set_layout(
        chongqing, logo=sent("logo.png", logo()), seal=sent("seal.svg", SEAL), signatories=(MEI, KHAMPHONE)
    )
    assert (layout.number, layout.by_label, layout.set_at) == (1, NIGHTLY.label, AT)
    award(cohort)
    credential = Credential.objects.select_related("layout__logo", "layout__seal").get()
    assert credential.layout == layout
    verdict = queries.verify(raw=f"P1.{credential.signed_words}", at=AT + timedelta(days=30), by=VISITOR)
    assert verdict.word == "valid" and verdict.paper.signatories == (MEI, KHAMPHONE)
    pdf, text = printed(credential)
    assert "Khamphone Vongsa" in text and "陈美" in text and "校长" in text and "Director" in text
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    colours = {colour for _, colour in page.getcolors(100_000)}
    assert {(11, 90, 99), (176, 27, 27)} <= colours
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.attachments["credential.json"].get_file().read_bytes() == credential.document.encode()
        metadata = opened.Root.Metadata.read_bytes().decode()
        assert "<pdfaid:part>3" in metadata and "<pdfuaid:part>1" in metadata


def test_what_was_issued_stays_as_it_was(cohort, chongqing):
    set_layout(chongqing, signatories=(MEI,))
    award(cohort)
    credential = Credential.objects.get()
    before, _ = printed(credential)
    set_layout(chongqing, at=AT + timedelta(days=9), signatories=(KHAMPHONE,))
    assert printed(Credential.objects.get())[0] == before
    assert [each.layout.number for each in queries.list_layouts(organisation=chongqing, by=NIGHTLY)] == [2, 1]
    assert [each.is_latest for each in queries.list_layouts(organisation=chongqing, by=NIGHTLY)] == [True, False]


def test_a_programme_of_its_own_comes_before_that_of_all(cohort, chongqing):
    set_layout(chongqing, signatories=(MEI,))
    own = set_layout(chongqing, programme=cohort.programme, signatories=(KHAMPHONE,))
    assert own.number == 1
    award(cohort)
    assert Credential.objects.get().layout == own


def test_a_kind_of_its_own_comes_before_that_of_all_after_its_programme_and_both_before_everything(cohort, chongqing):
    """Each layout is set when the ones that it goes before stand already, or it would not be seen to go before them."""
    pair = {(chongqing.pk, cohort.programme_id, "award"), (chongqing.pk, cohort.programme_id, "unit")}

    def looks():
        return {kind: layout.pk for (_issuer, _programme, kind), layout in layouts_for(pair).items()}

    assert looks() == {}
    of_units = set_layout(chongqing, kind=CredentialKind.UNIT, signatories=(KHAMPHONE,)).pk
    assert looks() == {"unit": of_units}
    of_all = set_layout(chongqing, signatories=(MEI,)).pk
    assert looks() == {"unit": of_units, "award": of_all}
    of_programme = set_layout(chongqing, programme=cohort.programme, signatories=(MEI,)).pk
    assert looks() == {"unit": of_programme, "award": of_programme}
    of_both = set_layout(chongqing, programme=cohort.programme, kind=CredentialKind.AWARD, signatories=(KHAMPHONE,))
    assert looks() == {"unit": of_programme, "award": of_both.pk} and of_both.number == 1
    award(cohort)
    assert Credential.objects.get().layout == of_both
    shown = queries.list_layouts(organisation=chongqing, by=NIGHTLY)
    assert len(shown) == 4 and all(each.is_latest for each in shown)


@pytest.mark.parametrize(
    ("kind", "called"),
    [
        ("award", "Certificate"), ("statement", "Statement of units"), ("unit", "Certificate of one unit"),
        ("module", "Certificate of a module"), ("attendance", "Proof of attendance"),
        ("teacher", "Certificate of a teacher in training"),
    ],
)  # fmt: skip
def test_a_specimen_shows_the_kind_for_which_it_is(kind, called, cohort, chongqing):
    kind = CredentialKind(kind)
    set_layout(chongqing, kind=kind, signatories=(MEI,))
    pdf = queries.layout_preview(organisation=chongqing, kind=kind, by=NIGHTLY)
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert called in text and "陈美" in text


def test_two_of_one_number_for_the_same_are_refused_by_the_database(cohort, chongqing):
    set_layout(chongqing, kind=CredentialKind.UNIT)
    held = CertificateLayout.objects.get()
    for programme in (None, cohort.programme):
        row = {"organisation": chongqing, "programme": programme, "kind": "unit", "set_at": AT, "number": held.number}
        with pytest.raises(IntegrityError), transaction.atomic():
            CertificateLayout.objects.bulk_create([CertificateLayout(**row), CertificateLayout(**row)])


def test_a_picture_that_is_not_sent_stays_and_one_may_be_taken_away(chongqing):
    set_layout(chongqing, logo=sent("logo.png", logo()), seal=sent("seal.svg", SEAL))
    second = set_layout(chongqing, seal=PictureDraft(), signatories=(MEI,))
    assert second.logo.file_name == "logo.png" and second.seal is None
    assert second.logo.visibility == "with_record"


def test_the_first_layout_of_a_kind_keeps_the_pictures_of_today_unless_told_otherwise(cohort, chongqing):
    set_layout(chongqing, logo=sent("logo.png", logo()), seal=sent("seal.svg", SEAL))
    for given in (
        {"kind": CredentialKind.UNIT}, {"programme": cohort.programme},
        {"programme": cohort.programme, "kind": CredentialKind.UNIT},
    ):  # fmt: skip
        kept = queries.pictures_in_use(organisation=chongqing, by=NIGHTLY, **given)
        made = set_layout(chongqing, signatories=(MEI,), seal=PictureDraft(), **given)
        assert made.number == 1 and made.logo == kept[0] and made.logo.file_name == "logo.png" and made.seal is None
    own = set_layout(chongqing, kind=CredentialKind.MODULE, logo=sent("other.png", logo((9, 9, 9))))
    assert own.logo.file_name == "other.png" and own.seal.file_name == "seal.svg"
    assert set_layout(chongqing, kind=CredentialKind.MODULE, signatories=(MEI,)).logo == own.logo
    assert set_layout(chongqing, signatories=(MEI,)).logo.file_name == "logo.png"


def test_names_and_offices_that_cannot_stand_there_are_refused_all_at_once(chongqing):
    wrong = (
        Signatory(" ", {"en": "Director"}),
        Signatory("Mei", {}),
        Signatory("Mei", {"fr": "Directrice"}),
        Signatory("M" * 121, {"en": "x"}),
    )
    with pytest.raises(BadInput) as refused:
        set_layout(chongqing, signatories=wrong)
    said = " ".join(str(each) for each in refused.value.problems)
    for part in (
        "At most 3",
        "office of person 1",
        "office of person 2",
        "office of person 3 is given in a language in which no paper is written. There are papers in: en,",
        "at most 120 letters",
    ):
        assert part in said
    assert not CertificateLayout.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("logo.txt", b"hello", "picture"), ("logo.png", b"%PDF-1.7", "not what its name says"),
        ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "script"),
    ],
)  # fmt: skip
def test_files_that_are_no_pictures_are_refused_and_nothing_is_kept(name, content, said, chongqing):
    with pytest.raises(BadInput) as refused:
        set_layout(chongqing, logo=sent(name, content))
    (problem,) = refused.value.problems
    assert said in str(problem) and problem.column == "logo"
    assert not CertificateLayout.objects.exists() and not Document.objects.exists()


def test_what_cannot_be_printed_is_not_kept(chongqing):
    with pytest.raises(CannotPrint):
        set_layout(chongqing, signatories=(Signatory("𓀀𓂀", {"en": "Scribe"}),))
    assert not CertificateLayout.objects.exists()


def test_a_specimen_shows_it_on_what_the_member_may_issue_and_names_nobody(cohort, chongqing):
    with pytest.raises(NotFound):
        queries.layout_preview(organisation=chongqing, by=NIGHTLY)
    set_layout(chongqing, signatories=(MEI,))
    text = (
        pypdfium2.PdfDocument(queries.layout_preview(organisation=chongqing, by=NIGHTLY))[0]
        .get_textpage()
        .get_text_range()
    )
    assert "SPECIMEN" in text and "Name of the holder" in text and "陈美" in text
    assert Entitlement.objects.get().site.names.first().text in text


def test_nobody_else_sets_or_reads_it(chongqing):
    with pytest.raises(AccessDenied):
        set_layout(chongqing, by=VISITOR)
    for read in (queries.list_layouts, queries.current_layout, queries.programmes_of_issuer):
        with pytest.raises(AccessDenied):
            read(organisation=chongqing, by=VISITOR)
    with pytest.raises(AccessDenied):
        queries.members_with_layouts(by=VISITOR)


def test_a_specimen_is_written_in_the_languages_in_which_its_curriculum_has_a_reviewed_title(cohort, chongqing):
    cohort.programme.titles.update_or_create(language="lo", defaults={"text": "ໂຄງການ"})
    titles = cohort.curriculum_version.titles
    titles.filter(language__in=["zh-Hans", "lo"]).delete()
    titles.create(language="zh-Hans", text="车辆检测", text_state="reviewed")
    draft = titles.create(language="lo", text="ການກວດກາ", text_state="draft")

    def specimen():
        found = specimen_of(chongqing, None, None, on=AT.date(), signatories=())
        return found.languages, found.title.get("lo")

    assert specimen() == (("zh-Hans", "en"), None), "of a programme in Lao with a title that nobody reviewed"
    draft.text_state = "reviewed"
    draft.save()
    assert specimen() == (("zh-Hans", "lo", "en"), "ການກວດກາ")
