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

# Signed in when the example was loaded, and a whole run long: no test depends on how long the run takes to come to it.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 6 * 60 * 60
