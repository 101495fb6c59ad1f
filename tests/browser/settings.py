"""The product's settings as its server reads them, with a hash of passwords that is quick: twenty accounts are made for each run."""

from corridor.settings import *  # noqa: F403
from corridor.settings import VAR_DIR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Letters lie in the folder of the alliance, where a test that waits for one finds it.
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(VAR_DIR / "letters")},
    }
}
