"""The page that verifies on the device works in a browser that keeps nothing for pages."""

import shutil
import subprocess
from pathlib import Path

import pytest

from .test_outside_verifier import NODE

HERE = Path(__file__).parent
SCRIPT = HERE.parents[1] / "corridor/web/static/built/verify.js"


@pytest.mark.skipif(NODE is None, reason="there is no node here to run the script of the page")
def test_a_browser_that_keeps_nothing_is_shown_the_page(tmp_path):
    module = shutil.copy(SCRIPT, tmp_path / "verify.mjs")
    run = subprocess.run(
        [str(NODE), HERE / "keeps_nothing.mjs", module], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.stdout.strip() == "shown", run.stderr
