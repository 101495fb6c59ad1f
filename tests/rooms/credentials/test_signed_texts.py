"""Every text that a certificate shows is signed in each language in which it was reviewed, and the house's own sentences where it has them."""

from datetime import UTC, date, datetime
from string import Formatter

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput
from corridor.rooms.assessment.models import Decision
from corridor.rooms.credentials import attesting, queries
from corridor.rooms.credentials.actions import state_recognitions
from corridor.rooms.credentials.drafts import RecognitionDraft
from corridor.rooms.credentials.kinds import RULES
from corridor.rooms.credentials.models import AuthorityName, Credential, CredentialKind, RecognitionKind
from corridor.rooms.credentials.paper_words import WordsIncomplete, paper_languages
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.signed_texts import counting_as
from corridor.rooms.credentials.signed_words import SIGNED, read_signed_words, signed_words
from corridor.rooms.curricula.actions import register_frameworks
from corridor.rooms.curricula.drafts import FrameworkDraft, LevelDraft
from corridor.rooms.curricula.models import FrameworkName
from corridor.rooms.curricula.written import TextState
from tests.factories.credentials import award, make_assessed_cohort
from tests.factories.curricula import make_level


def places(text):
    return sorted(place for _, place, _, _ in Formatter().parse(text) if place)


@pytest.mark.parametrize("tag", signed_words())
def test_every_language_says_what_the_english_says_with_the_same_places(tag):
    words = signed_words()[tag]
    assert is_language(tag)
    english = {kind.value: rule.described for kind, rule in RULES.items()}
    english |= {rule.part: rule.described for rule in attesting.RULES.values()}
    assert {key: places(text) for key, text in words.described.items()} == {
        key: places(text) for key, text in english.items()
    }
    assert {key: places(text) for key, text in words.named.items()} == {
        rule.part: places(rule.named) for rule in attesting.RULES.values()
    }
    assert places(words.taught_in) == ["languages"] and places(words.level) == ["edition", "framework", "level"]
    for rule in (*RULES.values(), *attesting.RULES.values()):
        assert getattr(words, rule.judged_by).strip()


def test_the_languages_of_a_paper_are_among_them():
    assert set(paper_languages()) - {"en"} <= set(signed_words())


def test_a_file_that_is_not_whole_is_refused_by_name_and_key(tmp_path):
    path = tmp_path / "th.toml"
    path.write_text(
        (SIGNED / "lo.toml").read_text(encoding="utf-8").replace("capable = ", "capabl = "), encoding="utf-8"
    )
    with pytest.raises(WordsIncomplete, match=r"th\.toml: capable is missing"):
        read_signed_words(path)


@pytest.fixture
def cohort(db):
    return make_assessed_cohort(learners=2)


def said(cohort):
    award(cohort)
    credential = Credential.objects.order_by("reference").first()
    verdict = queries.verify(raw=credential.document, at=datetime(2024, 2, 2, tzinfo=UTC), by=NIGHTLY)
    assert verdict.word == Word.VALID
    return verdict.said


def titled(cohort, **titles):
    for language, text in titles.items():
        cohort.curriculum_version.titles.update_or_create(
            language=language, defaults={"text": text, "text_state": TextState.REVIEWED}
        )


def test_the_description_is_signed_where_the_title_is_reviewed(cohort):
    titled(cohort, lo="ກວດກາລົດ", km="ពិនិត្យរថយន្ត")
    cohort.curriculum_version.titles.create(language="th", text="ตรวจรถ", text_state=TextState.DRAFT)
    cohort.languages.all().delete()
    cohort.languages.create(position=1, language="lo")
    told = said(cohort)
    lao, tag = told.called("description", told.description, "lo")
    assert tag == "lo" and "“ກວດກາລົດ”, ສະບັບ 1.0" in lao and lao.endswith("ສອນເປັນພາສາ: ລາວ.")
    assert "ពិនិត្យរថយន្ត" in told.called("description", told.description, "km")[0]
    assert told.called("description", told.description, "th") == (told.description, "en")


def test_a_title_that_is_the_same_as_in_english_takes_no_text_away(cohort):
    english = cohort.curriculum_version.titles.get(language="en").text
    titled(cohort, id=english, fil="Sasakyan")
    told = said(cohort)
    for tag in ("id", "fil"):
        text, language = told.called("description", told.description, tag)
        assert language == tag and text != told.description
        assert told.called("criteria", told.criteria, tag)[1] == tag
    assert told.called(told.achievement_id, told.name, "id") == (english, "en")


def test_what_has_no_name_in_a_language_is_described_in_it(cohort):
    Decision.objects.filter(unit=cohort.curriculum_version.units.order_by("position").first()).update(
        result="not_yet_competent"
    )
    titled(cohort, fil="Sasakyan", lo="ກວດກາລົດ")
    told = said(cohort)
    assert told.kind == RULES[CredentialKind.STATEMENT].is_a.value
    assert "Sasakyan" in told.called("description", told.description, "fil")[0]
    assert told.called(told.achievement_id, told.name, "fil") == (told.name, "en"), "we have no word for a statement"
    assert told.called(told.achievement_id, told.name, "lo")[1] == "lo"


def test_by_whom_it_was_found_stands_above_the_criteria(cohort):
    titled(cohort, lo="ກວດກາລົດ")
    cohort.curriculum_version.units.order_by("position").first().elements.create(position=90)
    told = said(cohort)
    assert told.called("criteria", told.criteria, "lo") == (signed_words()["lo"].by_assessor, "lo")
    assert set(told.texts["criteria"]) == {"lo"}, "that sentence alone makes no edition"


def test_hours_and_level_are_told_in_further_languages(cohort):
    titled(cohort, lo="ກວດກາລົດ")
    version = cohort.curriculum_version
    version.level = make_level(framework="CN-SKILL", edition="2018", code="4")
    version.save(update_fields=["level"])
    for language, text, state in (("zh-Hans", "职业技能等级", TextState.REVIEWED), ("lo", "ຂັ້ນສີມື", TextState.DRAFT)):
        FrameworkName.objects.create(framework=version.level.framework, language=language, text=text, text_state=state)
    told = said(cohort)
    (level,) = told.alignments
    assert told.called(level[2], level[0], "zh-Hans") == ("职业技能等级（2018）：4级", "zh-hans")
    assert told.called(level[2], level[0], "lo") == (level[0], "en")
    (hours,) = (key for key in told.texts if key.endswith("#hours"))
    assert told.texts[hours] == {"lo": "ຊົ່ວໂມງຂອງໜ່ວຍທີ່ລະບຸ"}


def stated(cohort, **changes):
    given = {
        "programme": cohort.programme, "credential_kind": CredentialKind.AWARD, "country": "LA",
        "recognition": RecognitionKind.INSTITUTION, "starts_on": date(2023, 1, 1),
    }  # fmt: skip
    return RecognitionDraft(**(given | changes))


def test_what_it_counts_as_is_told_in_every_language_of_papers(cohort):
    state_recognitions(statements=[stated(cohort), stated(cohort, country="TH")], by=NIGHTLY)
    told = said(cohort)
    assert set(told.texts["recognition"]) == {tag.lower() for tag in paper_languages() if tag != "en"}
    lines = told.called("recognition", told.recognition, "zh-Hans")[0].split("\n")
    assert lines == ["在老挝为院校证书，不是国家职业资格。", "在泰国为院校证书，不是国家职业资格。"]
    assert told.called("recognition", told.recognition, "fr") == (told.recognition, "en")


def test_an_authority_is_called_as_it_calls_itself_where_that_was_reviewed(cohort):
    draft = stated(
        cohort, authority="Ministry of Education", level="4", authority_names={"lo": "ກະຊວງສຶກສາ", "th": "กระทรวง"}
    )
    (statement,) = state_recognitions(statements=[draft], by=NIGHTLY)
    AuthorityName.objects.filter(language="th").update(text_state=TextState.STALE)
    told = counting_as([statement])
    assert "(4; ກະຊວງສຶກສາ)" in told["lo"]
    assert "(4; Ministry of Education)" in told["th"] and "(4; Ministry of Education)" in told["zh-Hans"]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"authority": "Ministry", "authority_names": {"Lao": "ກະຊວງ"}}, "authority_Lao"),
        ({"authority_names": {"lo": "ກະຊວງ"}}, "authority"),
        ({"authority": "Ministry", "authority_names": {"en": "Department"}}, "authority_en"),
    ],
)
def test_a_name_of_an_authority_in_no_language_without_the_english_or_in_english_again_is_refused(
    cohort, changes, column
):
    with pytest.raises(BadInput) as refused:
        state_recognitions(statements=[stated(cohort, **changes)], by=NIGHTLY)
    assert [each.column for each in refused.value.problems] == [column]
    assert not AuthorityName.objects.exists()


def test_a_framework_comes_with_its_names(db):
    draft = FrameworkDraft(
        "LA-TVET", "2012", "Levels", "Its publisher", "named", (LevelDraft("4", 4, "IV"),), "LA", {"lo": "ລະດັບ"}
    )
    (framework,) = register_frameworks(drafts=[draft], by=NIGHTLY)
    assert [(each.language, each.text, each.text_state) for each in framework.names.all()] == [
        ("lo", "ລະດັບ", "reviewed")
    ]


@pytest.mark.parametrize("tag", ["en", "Lao", "a-tag-longer-than-any"])
def test_a_name_of_a_framework_in_no_language_or_in_english_again_is_refused(db, tag):
    levels = (LevelDraft("4", 4, "IV"),)
    draft = FrameworkDraft("LA-TVET", "2012", "Levels", "Its publisher", "named", levels, "LA", {tag: "Grades"})
    with pytest.raises(BadInput) as refused:
        register_frameworks(drafts=[draft], by=NIGHTLY)
    assert [each.column for each in refused.value.problems] == [f"name_{tag}"]
    assert not FrameworkName.objects.exists()


def test_an_authority_has_one_name_in_english(cohort):
    (statement,) = state_recognitions(statements=[stated(cohort, authority="Ministry")], by=NIGHTLY)
    AuthorityName.objects.create(statement=statement, language="en", text="Department", text_state=TextState.REVIEWED)
    assert statement.authorities() == {"en": "Ministry"}
