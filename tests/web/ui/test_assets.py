"""The set-up makes style, fonts, icons and land from packages; nothing third-party stands in the repository."""

import re
import subprocess
import sys

import pytest
from django.conf import settings

from tools import make_assets

BUILT = make_assets.BUILT


@pytest.fixture
def built():
    if not (make_assets.PACKAGES / "@tabler" / "core").exists():
        pytest.skip("The npm packages are not installed.")
    done = subprocess.run([sys.executable, make_assets.__file__], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return BUILT


def test_every_icon_that_a_page_names_stands_in_the_sprite(built):
    sprite = (built / "icons.svg").read_text(encoding="utf-8")
    assert set(re.findall(r'<symbol id="([^"]+)"', sprite)) == make_assets.icons_in_use()


def test_a_second_run_makes_nothing(built):
    before = (built / "corridor.css").stat().st_mtime_ns
    assert subprocess.run([sys.executable, make_assets.__file__], capture_output=True).stdout == b""
    assert (built / "corridor.css").stat().st_mtime_ns == before


def test_every_font_that_the_style_names_is_there(built):
    named = re.findall(r'url\("(fonts/[^"]+)"\)', (built / "corridor.css").read_text(encoding="utf-8"))
    assert len(named) == len(make_assets.FONTS)
    assert all((built / font).exists() for font in named)


def test_dark_works_without_script(built):
    style = (built / "corridor.css").read_text(encoding="utf-8")
    assert re.search(r"prefers-color-scheme: dark\) \{\s*:root:not\(\[data-bs-theme\]\)", style)


def test_what_is_built_is_not_kept_in_the_repository():
    listed = subprocess.run(["git", "ls-files", str(BUILT)], cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert listed.stdout == ""
