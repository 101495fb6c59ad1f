"""What was issued stays in its languages, and no layout of today keeps it from being corrected, signed later, or issued anew."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.journeys.co_sign_credentials import co_sign_credentials
from corridor.journeys.guard_keys import distrust_key
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.compact.claims import EARLIER_LANGUAGES
from corridor.rooms.credentials.drafts import Compromise
from corridor.rooms.credentials.models import Credential, Entitlement, SigningKey
from corridor.rooms.credentials.refusals import NotEntitled
from corridor.rooms.members.models import Organisation
from tests.factories.actors import VISITOR
from tests.factories.credentials import SIGNED_AT, make_entitlement, make_key
from tests.journeys.test_paper_in_its_languages import award, make_cohort_in, name_languages, translate

pytestmark = pytest.mark.django_db
LATER = datetime(2023, 9, 1, 9, tzinfo=UTC)
THEN = date(2023, 9, 1)


def languages(credential):
    return queries.certificate_facts(credential=credential, by=VISITOR).languages


def replaced():
    return actions.replace_credential(credential=Credential.objects.get(), on=THEN, at=LATER, by=NIGHTLY)


@pytest.mark.parametrize(
    ("translated", "named", "written"),
    [
        (("zh-Hans", "lo"), (), ("zh-Hans", "lo", "en")),
        (("zh-Hans", "km"), ("km", "en"), ("km", "en")),
    ],
)
def test_a_correction_keeps_the_languages_of_its_paper_where_the_layout_of_today_lacks_a_text(
    translated, named, written
):
    cohort = make_cohort_in("LA", *translated)
    if named:
        name_languages(*named)
    award(cohort)
    name_languages("th", "en")
    assert languages(replaced()) == written


def test_a_correction_is_written_in_what_the_layout_of_today_names_where_every_text_is_there():
    cohort = make_cohort_in("LA", "zh-Hans", "lo")
    award(cohort)
    translate(cohort, "th")
    name_languages("th", "en")
    assert languages(replaced()) == ("th", "en")


def test_a_correction_of_a_paper_whose_texts_are_gone_takes_the_languages_of_its_place():
    cohort = make_cohort_in("LA", "zh-Hans", "lo")
    award(cohort)
    cohort.curriculum_version.titles.filter(language="lo").update(text_state="draft")
    name_languages("th", "en")
    assert languages(replaced()) == ("zh-Hans", "en")


def test_no_layout_keeps_a_stolen_key_trusted_and_what_it_signed_is_issued_anew():
    award(make_cohort_in("LA", "zh-Hans", "lo"))
    name_languages("ur")
    key = SigningKey.objects.get()
    compromise = Compromise(key=key, since=SIGNED_AT)
    found = distrust_key(compromise=compromise, on=THEN, at=LATER, by=NIGHTLY, reissue=True)
    assert [languages(each) for each in found.reissued] == [("zh-Hans", "lo", "en")]
    key.refresh_from_db()
    assert key.compromised_from == SIGNED_AT


def test_a_key_stays_distrusted_where_nothing_can_be_issued_anew():
    award(make_cohort_in("LA"))
    Entitlement.objects.update(ends_before=THEN)
    key = SigningKey.objects.get()
    compromise = Compromise(key=key, since=SIGNED_AT)
    with pytest.raises(NotEntitled):
        distrust_key(compromise=compromise, on=THEN, at=LATER, by=NIGHTLY, reissue=True)
    key.refresh_from_db()
    assert key.compromised_from == SIGNED_AT and Credential.objects.get().status == "issued"
    Entitlement.objects.update(ends_before=None)
    assert len(distrust_key(compromise=compromise, on=THEN, at=LATER, by=NIGHTLY, reissue=True).reissued) == 1


def test_what_was_issued_without_words_stays_as_it_was_printed_and_is_signed_so():
    cohort = make_cohort_in("TH", "zh-Hans", "th")
    award(cohort)
    Credential.objects.update(signed_words="", layout=None)
    assert languages(Credential.objects.get()) == EARLIER_LANGUAGES
    name_languages("km", "en")
    assert languages(Credential.objects.get()) == EARLIER_LANGUAGES
    assert actions.sign_papers(at=LATER, by=NIGHTLY)[0] == 1, "whoever else waits is signed too"
    credential = Credential.objects.get()
    assert credential.signed_words and languages(credential) == EARLIER_LANGUAGES


def test_the_last_of_several_signs_whatever_the_layout_of_today_names():
    cohort = make_cohort_in("LA", "zh-Hans", "lo")
    beside = Organisation.objects.get(reference="vientiane")
    make_key(beside)
    make_entitlement(cohort, issuer=beside)
    award(cohort, signers=[beside])
    name_languages("km", "en")
    (signed,) = co_sign_credentials(organisation=beside, at=SIGNED_AT, by=NIGHTLY)
    assert languages(signed) == ("zh-Hans", "lo", "en") and Credential.objects.get().status == "issued"
