"""Certificates from files: two members sign one, a company endorses it, its holder shows it; each by who may, and by nobody else."""

from datetime import date

import pytest

from corridor.rooms.credentials.models import (
    AskedCorrection,
    Attestation,
    CertificateLayout,
    Credential,
    HolderLink,
    Showing,
    WalletOffer,
)
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import CertificateName
from tests.factories.actors import make_user
from tests.factories.assessment import make_assessor, make_decisions
from tests.factories.credentials import make_credential, make_entitlement, make_key
from tests.factories.grants import make_grant
from tests.factories.members import make_seat
from tests.factories.training import make_cohort

from .telling import live, refused, tell

pytestmark = pytest.mark.django_db
HELD = "cohort,seat,credential_kind"
OWN = "COH-2023-041,1,award"
AWARDED = "cohort,credential_kind,issuer,units,signers,expires_on"
ENDORSED = f"endorser,{HELD},curriculum,version,member,claim_en,claim_zh-Hans,claim_lo,expires_on"


@pytest.fixture(autouse=True)
def offices():
    make_grant(make_user("mei"), "secretariat", held_from=date(2023, 1, 1))
    make_seat(make_user("lin"), "key_holder")


@pytest.fixture
def credential():
    """Issued in July 2023; its holder has an account."""
    made = make_credential()
    made.enrolment.person.user = make_user("khamla")
    made.enrolment.person.save(update_fields=["user"])
    return made


@pytest.fixture
def class_of_two():
    cohort = make_cohort(learners=2)
    make_decisions(cohort, assessor=make_assessor(cohort))
    for name in ("chongqing", "vientiane"):
        member = Organisation.objects.get(reference=name)
        make_key(member)
        make_entitlement(cohort, issuer=member)
    return cohort


def award_together(folder, cohort, *, co_signer="lin"):
    """The first learner alone has confirmed the name."""
    person = cohort.enrolments.get(number=1).person
    name = f"2023-07-09 10:00+08:00,mei,{person.reference},en,Khamla Phommachanh,Office in Vientiane"
    tell(folder, "certificate_names", "person,language,full_name,attested_by", name)
    unit = cohort.curriculum_version.units.first().code
    given = f"2023-07-10 10:00+08:00,mei,{cohort.reference},unit,chongqing,{unit},vientiane,"
    tell(folder, "further_awards", AWARDED, given)
    tell(folder, "signed_together", "member", f"2023-07-11 10:00+08:00,{co_signer},vientiane")


def test_who_is_ready_gets_a_certificate_that_two_members_sign(tmp_path, class_of_two):
    award_together(tmp_path, class_of_two)
    live(tmp_path)
    made = Credential.objects.get()
    assert (made.kind, made.status, made.enrolment.number) == ("unit", "issued", 1)
    assert made.document.count('"proofValue"') == 2
    assert [each.signed_at.date() for each in made.signers.all()] == [date(2023, 7, 11)]
    assert CertificateName.objects.get().confirming == "paper"


LAYOUT = "organisation,programme,credential_kind,languages,signatory,office_en,office_zh-Hans,office_lo"


def layout(by="mei", languages="zh-Hans;en"):
    said = f"2023-07-01 15:00+07:00,{by},chongqing,,unit,{languages}"
    return [f"{said},Chen Li,Director,院长,", f"{said},Bounmy,Deputy,,"]


def test_who_stands_below_and_in_which_languages_is_told_by_rows_of_one_act(tmp_path, class_of_two):
    tell(tmp_path, "certificate_layouts", LAYOUT, *layout())
    live(tmp_path)
    made = CertificateLayout.objects.get()
    assert (made.kind, made.programme, made.named_languages, made.number) == ("unit", None, ("zh-Hans", "en"), 1)
    offices = [(each.name, dict(each.offices.values_list("language", "text"))) for each in made.signatories.all()]
    assert offices == [("Chen Li", {"en": "Director", "zh-Hans": "院长"}), ("Bounmy", {"en": "Deputy"})]


def test_a_layout_in_a_language_without_words_and_one_of_another_member_are_refused(tmp_path, class_of_two):
    tell(tmp_path, "certificate_layouts", LAYOUT, *layout(languages="fr;en"))
    assert refused(tmp_path)[:2] == ("living/certificate_layouts.csv", 2)
    tell(tmp_path, "certificate_layouts", LAYOUT, *layout(by="lin"))
    assert refused(tmp_path)[:2] == ("living/certificate_layouts.csv", 2)
    assert not CertificateLayout.objects.exists()


def test_nobody_signs_for_a_member_but_who_keeps_its_keys(tmp_path, class_of_two):
    award_together(tmp_path, class_of_two, co_signer="mei")
    assert refused(tmp_path)[:2] == ("living/signed_together.csv", 2)


def test_a_company_endorses_with_its_own_key_and_never_without(tmp_path, credential):
    said = f"2023-08-01 10:00+07:00,lin,vientiane,{OWN},,,,We hire who holds it.,,ພວກເຮົາຮັບເຂົ້າເຮັດວຽກ.,2024-12-31"
    tell(tmp_path, "endorsements", ENDORSED, said)
    assert refused(tmp_path)[:2] == ("living/endorsements.csv", 2)
    make_key(Organisation.objects.get(reference="vientiane"))
    live(tmp_path)
    made = Attestation.objects.get()
    assert (made.credential, made.issuer.reference, made.expires_before) == (credential, "vientiane", date(2025, 1, 1))
    assert sorted(made.texts.values_list("language", flat=True)) == ["en", "lo"]


def test_a_holder_shows_ends_offers_and_asks(tmp_path, credential):
    tell(
        tmp_path, "showings", f"{HELD},purpose,parts,days,looking", f"2023-08-01 19:00+07:00,khamla,{OWN},Work,name;results,60,asked",
        f"2023-08-02 19:00+07:00,khamla,{OWN},A friend,name,7,",
    )  # fmt: skip
    tell(tmp_path, "showings_looked_at", f"{HELD},purpose,name", f"2023-08-03 09:00+07:00,mei,{OWN},Work,Office")
    tell(tmp_path, "showings_ended", f"{HELD},purpose", f"2023-08-03 19:00+07:00,khamla,{OWN},A friend")
    tell(tmp_path, "wallet_offers", HELD, f"2023-08-04 19:00+07:00,khamla,{OWN}")
    asked = f"2023-08-05 19:00+07:00,khamla,{OWN},Khamla Phommachan,One h less"
    tell(tmp_path, "corrections_asked", f"{HELD},should_be,words", asked)
    live(tmp_path)
    work, friend = Showing.objects.order_by("made_at")
    assert (work.ended_at, work.looks.get().name) == (None, "Office")
    assert friend.ended_at is not None
    assert WalletOffer.objects.get().credential == credential
    assert AskedCorrection.objects.get().credential == credential


@pytest.mark.parametrize(
    ("name", "columns", "rest"),
    [
        ("showings", f"{HELD},purpose,parts,days,looking", ",Work,name,60,"),
        ("wallet_offers", HELD, ""),
        ("corrections_asked", f"{HELD},should_be,words", ",Khamla,"),
    ],
    ids=["shown", "offered", "corrected"],
)
def test_no_office_does_what_is_the_holders(tmp_path, credential, name, columns, rest):
    tell(tmp_path, name, columns, f"2023-08-01 19:00+07:00,mei,{OWN}{rest}")
    assert refused(tmp_path)[:2] == (f"living/{name}.csv", 2)


def test_a_link_on_paper_is_used_there_and_then_or_waits(tmp_path, credential):
    links = [f"2023-08-0{day} 10:00+07:00,mei,{OWN},lo,{used}" for day, used in ((1, "yes"), (2, ""))]
    tell(tmp_path, "links_on_paper", f"{HELD},language,is_used", *links)
    live(tmp_path)
    first, second = HolderLink.objects.order_by("made_at")
    assert first.used_at is not None
    assert second.used_at is None
    assert second.way == "paper"
