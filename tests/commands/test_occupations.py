"""``./run occupations import FILE``: words for occupations are read in from a file of one's own."""

import pytest

from corridor.rooms.demand.models import Occupation, OccupationWord

from .run import run

pytestmark = pytest.mark.django_db
FILE = """code,title_en,title_zh-Hans,aliases_en,notes
7231,Motor vehicle mechanics and repairers,汽车修理工,car mechanic; garage hand,left aside
72,Metal and machinery workers,,,
"""


def test_titles_and_other_words_are_read_and_titles_are_written_over(capsys, tmp_path):
    path = tmp_path / "isco.csv"
    path.write_text(FILE, encoding="utf-8")
    ended = run(capsys, "occupations", "import", path)
    assert ended.code == 0
    assert "2 occupations are read in" in ended.out
    path.write_text(FILE.replace("Motor vehicle mechanics and repairers", "Car mechanic"), encoding="utf-8")
    assert run(capsys, "occupations", "import", path, "--json").out.strip() == '{"occupations": 2}'
    mechanic = Occupation.objects.get(code="7231")
    words = {(each.language, each.kind, each.text) for each in mechanic.words.all()}
    assert words == {
        ("en", "title", "Car mechanic"),
        ("zh-Hans", "title", "汽车修理工"),
        ("en", "alias", "garage hand"),
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title_en\nMechanics\n", "The columns code and title_"),
        ("code,title_en\n72a,Mechanics\n", "“72a” is no code of ISCO-08"),
    ],
    ids=["columns", "code"],
)
def test_a_file_that_is_none_is_refused_whole(capsys, tmp_path, text, said):
    path = tmp_path / "isco.csv"
    path.write_text(text, encoding="utf-8")
    ended = run(capsys, "occupations", "import", path)
    assert ended.code == 1
    assert said in ended.err + ended.out
    assert not OccupationWord.objects.exists()
