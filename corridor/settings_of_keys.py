"""How private keys are guarded, and for how long what is signed with them may be relied on."""

import os
from pathlib import Path

_VAR = Path(os.environ.get("CORRIDOR_VAR", Path(__file__).resolve().parent.parent / "var"))

# Encrypts the members' private signing keys at rest. 32 bytes, URL-safe base64.
KEY_ENCRYPTION_KEY = os.environ.get("KEY_ENCRYPTION_KEY", "")
# Earlier ones, with commas between: what they sealed still opens, until ./run keys reseal has sealed it anew.
KEY_ENCRYPTION_KEYS_BEFORE = [each for each in os.environ.get("KEY_ENCRYPTION_KEYS_BEFORE", "").split(",") if each]
# "environment": under KEY_ENCRYPTION_KEY. "pkcs11": by a key that never leaves a token. "service": by one that never leaves a key service.
KEY_GUARD = os.environ.get("KEY_GUARD", "environment")
PKCS11_MODULE, PKCS11_TOKEN = os.environ.get("PKCS11_MODULE", ""), os.environ.get("PKCS11_TOKEN", "")
PKCS11_PIN, PKCS11_KEY = os.environ.get("PKCS11_PIN", ""), os.environ.get("PKCS11_KEY", "corridor")
# The address of a service that speaks the protocol of Vault's transit engine, what it knows us by, and the name of the key there.
KEY_SERVICE_URL, KEY_SERVICE_TOKEN = os.environ.get("KEY_SERVICE_URL", ""), os.environ.get("KEY_SERVICE_TOKEN", "")
KEY_SERVICE_KEY = os.environ.get("KEY_SERVICE_KEY", "corridor")
# So many days a signed status list or register says that it may be relied on; the worker signs them again before. 0: no end.
STATUS_LIST_DAYS = int(os.environ.get("STATUS_LIST_DAYS", "14"))
REGISTER_DAYS = int(os.environ.get("REGISTER_DAYS", "30"))
# The doors for other people's software (VC-API), which sign whatever is sent with a key that stands in no register. For trials.
VC_API = os.environ.get("VC_API", "0").strip().lower() in {"1", "true", "yes", "on"}
# What was published last, to be held against the records: on another disk than the database, or at least not in its backup.
PUBLISHED_DIR = Path(os.environ.get("PUBLISHED_DIR", _VAR / "published"))
