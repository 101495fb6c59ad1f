from datetime import UTC, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.actions import make_keys, retire_key
from corridor.rooms.credentials.drafts import KeyDraft
from corridor.rooms.credentials.keys import key_in_use
from corridor.rooms.credentials.models import SigningKey
from corridor.rooms.credentials.proofs.json_reading import read_object
from corridor.rooms.credentials.proofs.multikey import public_multikey
from corridor.rooms.credentials.refusals import KeyHasEnded, KeysOverlap, NoSigningKey
from corridor.rooms.credentials.sealing import NoEncryptionKey, unseal
from tests.factories.actors import VISITOR, make_actor
from tests.factories.credentials import make_key
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
NEW_YEAR = datetime(2024, 1, 1, tzinfo=UTC)


def test_a_key_holder_makes_the_members_key_and_nobody_sees_its_private_half():
    vientiane = make_member("vientiane", country="LA")
    given = KeyDraft(organisation=vientiane, fragment="key-2024", valid_from=NEW_YEAR)
    (key,) = make_keys(keys=[given], by=make_actor("key_holder", ("member", vientiane.pk)))
    private = unseal(bytes(key.sealed_private), row=key.pk)
    assert public_multikey(private) == key.public_multibase
    assert private.private_bytes_raw() not in bytes(key.sealed_private)
    text = queries.did_document_text(reference="vientiane", by=VISITOR)
    assert key.public_multibase in text and "did:web:alliance.example:members:vientiane#key-2024" in text
    assert Entry.objects.get(event="credentials.key_made").subject.endswith(str(key.pk))


def test_a_holder_makes_no_key_for_another_member():
    vientiane, colombo = make_member("vientiane"), make_member("colombo")
    given = KeyDraft(organisation=colombo, fragment="key-2024", valid_from=NEW_YEAR)
    for by in (make_actor("key_holder", ("member", vientiane.pk)), make_actor("secretariat")):
        with pytest.raises(AccessDenied):
            make_keys(keys=[given], by=by)


@pytest.mark.parametrize("setting", ["", "short", "not base64 at all!"])
def test_without_the_setting_that_seals_them_no_key_is_made(settings, setting):
    settings.KEY_ENCRYPTION_KEY = setting
    with pytest.raises(NoEncryptionKey):
        make_key(make_member("vientiane"))
    assert not SigningKey.objects.exists()


def test_a_key_sealed_under_another_setting_or_moved_to_another_row_is_refused_by_name(settings):
    one, other = make_key(make_member("vientiane")), make_key(make_member("colombo"))
    with pytest.raises(NoEncryptionKey):
        unseal(bytes(one.sealed_private), row=other.pk)
    settings.KEY_ENCRYPTION_KEY = "b" * 43 + "="
    with pytest.raises(NoEncryptionKey, match="another KEY_ENCRYPTION_KEY"):
        unseal(bytes(one.sealed_private), row=one.pk)


def test_a_member_signs_with_one_key_at_a_time():
    vientiane = make_member("vientiane")
    first = make_key(vientiane)
    with pytest.raises(KeysOverlap):
        make_key(vientiane, fragment="key-2024", valid_from=NEW_YEAR)
    retire_key(key=first, before=NEW_YEAR, by=NIGHTLY)
    second = make_key(vientiane, fragment="key-2024", valid_from=NEW_YEAR)
    assert key_in_use(vientiane, at=datetime(2023, 12, 31, 23, 59, tzinfo=UTC)) == first
    assert key_in_use(vientiane, at=NEW_YEAR) == second
    with pytest.raises(KeysOverlap):
        make_key(
            vientiane,
            fragment="key-2023",
            valid_from=datetime(2020, 1, 1, tzinfo=UTC),
            valid_before=datetime(2021, 1, 1, tzinfo=UTC),
        )


def test_a_retired_key_stays_published_with_its_end():
    vientiane = make_member("vientiane")
    key = make_key(vientiane)
    retire_key(key=key, before=NEW_YEAR, by=NIGHTLY)
    with pytest.raises(NoSigningKey, match="vientiane"):
        key_in_use(vientiane, at=NEW_YEAR)
    methods = read_object(queries.did_document_text(reference="vientiane", by=VISITOR))["verificationMethod"]
    assert [each["expires"] for each in methods] == ["2024-01-01T00:00:00Z"] * 2
    with pytest.raises(KeyHasEnded):
        retire_key(key=key, before=NEW_YEAR, by=NIGHTLY)
    with pytest.raises(BadInput):
        retire_key(key=key, before=key.valid_from, by=NIGHTLY)


def test_who_never_had_a_key_publishes_nothing():
    make_member("vientiane")
    for reference in ("vientiane", "nowhere"):
        with pytest.raises(NotFound):
            queries.did_document_text(reference=reference, by=VISITOR)
