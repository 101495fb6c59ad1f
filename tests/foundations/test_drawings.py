"""A drawing is shapes: scripts, texts, pictures, style sheets and addresses of anything outside are refused with a sentence."""

import pytest

from corridor.foundations.documents.drawings import is_drawing, require_plain
from corridor.kernel.errors import BadInput

PLAIN = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 30">'
    '<defs><linearGradient id="a"><stop offset="0" stop-color="#0b5a63"/></linearGradient><path id="b" d="M0 0h9v9z"/></defs>'
    '<g fill="url(#a)"><use xlink:href="#b"/><rect width="4" height="4" style="fill: url( \'#a\' )"/></g>%s</svg>'
)
REFUSED = {
    "a script": ("<script>1</script>", "holds “script”"),
    "a text": ("<text>Seal</text>", "holds “text”"),
    "a picture": ('<image href="data:image/png;base64,AAAA"/>', "holds “image”"),
    "a style sheet": ("<style>a{}</style>", "holds “style”"),
    "foreign content": ("<foreignObject/>", "holds “foreignObject”"),
    "an event": ('<rect onload="x()"/>', "names something outside"),
    "a link": ('<use href="https://elsewhere.example/a.svg#b"/>', "names something outside"),
    "a link of old": ('<use xlink:href="other.svg"/>', "names something outside"),
    "an address in a style": ('<rect style="fill:url(https://elsewhere.example/a)"/>', "names something outside"),
    "an animation": ('<animate attributeName="x"/>', "holds “animate”"),
}


def test_shapes_are_taken():
    require_plain((PLAIN % "").encode(), file_name="seal.svg")
    assert is_drawing((PLAIN % "").encode()) and not is_drawing(b"\x89PNG <svg")


@pytest.mark.parametrize("what", REFUSED)
def test_whatever_is_more_than_shapes_is_refused(what):
    more, said = REFUSED[what]
    with pytest.raises(BadInput) as refused:
        require_plain((PLAIN % more).encode(), file_name="seal.svg")
    assert said in str(refused.value.problems[0])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + (PLAIN % "").encode(), "document type"),
        ((PLAIN % "").encode("utf-16"), "damaged"), (b"<svg", "damaged"), (b"<a><svg/></a>", "no SVG"),
        ((PLAIN % ("<g/>" * 20_001)).encode(), "too many parts"), ((PLAIN % ("<g/>" * 200_000)).encode(), "larger than"),
    ],
    ids=["an entity", "another encoding", "half", "other XML", "many parts", "large"],
)  # fmt: skip
def test_whatever_is_no_drawing_is_refused(content, said):
    with pytest.raises(BadInput) as refused:
        require_plain(content, file_name="seal.svg")
    assert said in str(refused.value.problems[0])
