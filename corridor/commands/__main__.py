"""``./run VERB``, or ``python -m corridor.commands VERB``."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corridor.settings")
django.setup()

from corridor.commands.line import main  # noqa: E402 (the verbs reach tables, and those need Django set up)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
