"""Films are kept without place, device and time, and stay as long as they were."""

import pytest

from corridor.foundations.documents.films import bare_film, is_film
from corridor.kernel.errors import BadInput
from tests.factories.odd_films import box, make_film


def test_place_device_and_time_go_and_the_film_stays():
    film = make_film()
    assert b"+17.9667+102.6000/" in film
    bare = bare_film(film, file_name="brakes.mp4")
    assert is_film(bare)
    assert len(bare) == len(film)
    assert b"+17.9667+102.6000/" not in bare
    assert b"Pixel" not in bare
    assert b"the pictures" in bare
    moment = (3_800_000_000).to_bytes(4)
    assert moment in film
    assert moment not in bare


def test_a_film_with_wide_sizes_and_one_that_ends_open_are_read():
    film = make_film() + (0).to_bytes(4) + b"udta" + b"+1.0+2.0/"
    bare = bare_film(film, file_name="brakes.mp4")
    assert b"+1.0+2.0/" not in bare
    wide = make_film() + (1).to_bytes(4) + b"uuid" + (26).to_bytes(8) + b"Somebody's"
    assert b"Somebody" not in bare_film(wide, file_name="brakes.mp4")


@pytest.mark.parametrize(
    "content",
    [make_film()[:-5], make_film() + b"\x00\x00\x00\x04mdat", box(b"ftyp", b"isom"), b"\x00\x00\x00\x08ftyp" * 2],
    ids=["cut-off", "size-too-small", "without-pictures", "only-heads"],
)
def test_a_film_that_does_not_add_up_is_refused(content):
    with pytest.raises(BadInput) as refused:
        bare_film(content, file_name="brakes.mp4")
    assert "damaged or was cut off" in str(refused.value)
