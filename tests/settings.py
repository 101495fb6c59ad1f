"""The product's settings as the tests need them, whatever this machine's environment and .env say."""

import base64
import os
import tempfile

for name in (
    "CORRIDOR_ENV",
    "MAIL_HOST",
    "OIDC_ISSUER",
    "DEBUG",
    "EXAMPLE_DAY",
    "ALLOWED_HOSTS",
    "PROXY_COUNT",
    "LOG_LEVEL",
):
    os.environ.pop(name, None)
os.environ |= {
    "HOME_ZONE": "Asia/Shanghai",
    "REQUIRE_SECOND_FACTOR": "0",
    "CORRIDOR_ENV_FILE": "",
    "SECRET_KEY": "a-secret-that-guards-nothing-but-these-tests",
    "KEY_ENCRYPTION_KEY": base64.urlsafe_b64encode(bytes(32)).decode(),
    "PUBLIC_URL": "https://alliance.example",
    # Tests sign lists on days long past and read them today. Tests of their ends set one.
    "STATUS_LIST_DAYS": "0",
}
os.environ.setdefault("DATABASE_URL", f"sqlite:///{tempfile.gettempdir()}/corridor-tests-{os.getpid()}.sqlite3")

from corridor.settings import *  # noqa: E402, F403
from corridor.settings import DATABASES  # noqa: E402

# Scenes that a whole class shares are published nowhere; each test has a folder of its own (conftest.py).
PUBLISHED_DIR = None
# What slows guessing down counts in the cache; one test must not slow the next. Tests of it take a real cache.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("sqlite"):
    # A file, not memory: tests of two writers at once need two connections. Named by process, so that two runs do not meet.
    DATABASES["default"]["TEST"] = {"NAME": f"{tempfile.gettempdir()}/corridor-tests-{os.getpid()}.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;PRAGMA foreign_keys=ON;"
    )
else:
    # Connections die with their thread, so that the test database can be dropped at the end.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
