import json

import pytest

from corridor.commands.line import main
from corridor.foundations.journal.models import Event
from tests.factories.actors import make_user
from tests.factories.devices import Phone
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone():
    session = make_session(make_cohort(learners=2, trainers=[make_person("bounmy", user=make_user("bounmy"))]))
    phone = Phone.of(make_user("bounmy"))
    phone.mark(session, dict.fromkeys(session.cohort.enrolments.all(), "present"))
    return phone


def file_of(phone, path):
    device = {"id": str(phone.device.pk), "public_key": phone.device.public_key, "user": "bounmy"}
    path.write_text(json.dumps({"kind": "corridor-journal", "format": 1, "devices": [device], "events": phone.kept}))
    return str(path)


def test_a_file_is_taken_in_and_the_journal_saved_again(phone, tmp_path, capsys):
    file = file_of(phone, tmp_path / "phone.json")
    assert main(["journal", "import", file, "--as", "bounmy"]) == 0
    assert "1 events in the file, 1 of them new" in capsys.readouterr().out
    assert main(["journal", "export", str(tmp_path / "house.json")]) == 0
    told = json.loads((tmp_path / "house.json").read_text())
    assert [each["id"] for each in told["events"]] == [phone.kept[0]["id"]]
    assert main(["journal", "import", str(tmp_path / "house.json"), "--as", "bounmy"]) == 0
    assert Event.objects.count() == 1


@pytest.mark.parametrize("account", ["nobody", "lea"])
def test_who_is_no_account_or_has_nothing_to_do_with_registers_brings_none(phone, tmp_path, account):
    make_user("lea")
    assert main(["journal", "import", file_of(phone, tmp_path / "phone.json"), "--as", account]) == 1
    assert not Event.objects.exists()


def test_what_is_no_file_is_told_so(tmp_path, capsys):
    make_user("bounmy")
    assert main(["journal", "import", str(tmp_path / "none.json"), "--as", "bounmy"]) == 1
    assert "cannot be read" in capsys.readouterr().err
