"""How private keys are guarded, and for how long what is signed with them may be relied on."""

import os
from pathlib import Path

_VAR = Path(os.environ.get("CORRIDOR_VAR", Path(__file__).resolve().parent.parent / "var"))

# Encrypts the members' private signing keys at rest. 32 bytes, URL-safe base64.
KEY_ENCRYPTION_KEY = os.environ.get("KEY_ENCRYPTION_KEY", "")
# Earlier ones, with commas between: what they sealed still opens, until ./run keys reseal has sealed it anew.
KEY_ENCRYPTION_KEYS_BEFORE = [each for each in os.environ.get("KEY_ENCRYPTION_KEYS_BEFORE", "").split(",") if each]
# "environment": under KEY_ENCRYPTION_KEY. "pkcs11": by a key that never leaves a token.
KEY_GUARD = os.environ.get("KEY_GUARD", "environment")
PKCS11_MODULE, PKCS11_TOKEN = os.environ.get("PKCS11_MODULE", ""), os.environ.get("PKCS11_TOKEN", "")
PKCS11_PIN, PKCS11_KEY = os.environ.get("PKCS11_PIN", ""), os.environ.get("PKCS11_KEY", "corridor")
# So many days a signed status list or register says that it may be relied on; the worker signs them again before. 0: no end.
STATUS_LIST_DAYS = int(os.environ.get("STATUS_LIST_DAYS", "14"))
REGISTER_DAYS = int(os.environ.get("REGISTER_DAYS", "30"))
# What was published last, to be held against the records: on another disk than the database, or at least not in its backup.
PUBLISHED_DIR = Path(os.environ.get("PUBLISHED_DIR", _VAR / "published"))
