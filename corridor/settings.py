"""One file; everything that differs between places comes from the environment (docs/operations, .env.example)."""

import os
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf.locale import LANG_INFO

BASE_DIR = Path(__file__).resolve().parent.parent


def _read_env_file(path: Path) -> None:
    """Take ``NAME=value`` lines for names that the environment does not set."""
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            name, sign, value = line.strip().partition("=")
            if sign and not name.startswith("#"):
                os.environ.setdefault(name.strip(), value.strip().strip("'\""))


_read_env_file(Path(os.environ.get("CORRIDOR_ENV_FILE", BASE_DIR / ".env")))
from corridor.settings_of_keys import (  # noqa: E402 (it reads names that .env may set)
    KEY_ENCRYPTION_KEY, KEY_ENCRYPTION_KEYS_BEFORE, KEY_GUARD,
    KEY_SERVICE_KEY, KEY_SERVICE_TOKEN, KEY_SERVICE_URL, PKCS11_KEY, PKCS11_MODULE, PKCS11_PIN, PKCS11_TOKEN, PUBLISHED_DIR,
    REGISTER_DAYS, STATUS_LIST_DAYS, VC_API,
)  # fmt: skip
from corridor.settings_of_pages import (  # noqa: E402 (it reads names that .env may set)
    HOLDER_LINK_DAYS, PROFILE_ADD_URL, SECURE_CONTENT_TYPE_NOSNIFF, SECURE_CSP, SECURE_REFERRER_POLICY, WIDGET_SITES,
    X_FRAME_OPTIONS,
)  # fmt: skip
from corridor.settings_of_signing_in import (  # noqa: E402 (it reads names that .env may set)
    ACCOUNT_ADAPTER, ACCOUNT_EMAIL_SUBJECT_PREFIX, ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS, ACCOUNT_EMAIL_VERIFICATION, ACCOUNT_FORMS,
    ACCOUNT_LOGIN_METHODS, ACCOUNT_LOGOUT_REDIRECT_URL, ACCOUNT_REAUTHENTICATION_REQUIRED, ACCOUNT_REAUTHENTICATION_TIMEOUT,
    ACCOUNT_SESSION_REMEMBER, ACCOUNT_SIGNUP_FIELDS, ACCOUNT_USER_MODEL_EMAIL_FIELD, CACHES, MFA_ADAPTER, MFA_ALLOW_UNVERIFIED_EMAIL,
    MFA_FORMS, MFA_PASSKEY_LOGIN_ENABLED, MFA_RECOVERY_CODES_SHOW_ONCE, MFA_SUPPORTED_TYPES, MFA_TOTP_TOLERANCE, OIDC_ISSUER,
    SOCIALACCOUNT_ADAPTER, SOCIALACCOUNT_EMAIL_AUTHENTICATION, SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT,
    SOCIALACCOUNT_PROVIDERS, SOCIALACCOUNT_STORE_TOKENS,
)  # fmt: skip


def _is_on(name: str, default: str = "0") -> bool:
    return os.environ.get(name, default).strip().lower() in {"1", "true", "yes", "on"}


DEVELOPMENT_SECRET = "for-development-only-and-refused-in-production"  # noqa: S105

ENVIRONMENT = os.environ.get("CORRIDOR_ENV", "development")
SECRET_KEY = os.environ.get("SECRET_KEY", DEVELOPMENT_SECRET)
DEBUG = _is_on("DEBUG")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if o]
# The address under which credentials are issued. Fixed before the first key is made: it stands in every credential for ever.
PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://localhost:8000").rstrip("/")
HOME_ZONE = os.environ.get("HOME_ZONE", "UTC")
# So many months after the last signature an agreement without a delivery is called dormant.
DORMANT_AFTER_MONTHS = int(os.environ.get("DORMANT_AFTER_MONTHS", "12"))
EXAMPLE_DAY = date.fromisoformat(os.environ["EXAMPLE_DAY"]) if os.environ.get("EXAMPLE_DAY") else None
VAR_DIR = Path(os.environ.get("CORRIDOR_VAR", BASE_DIR / "var"))
DOCUMENTS_DIR = Path(os.environ.get("DOCUMENTS_DIR", VAR_DIR / "documents"))
NODE_MODULES = BASE_DIR / "node_modules"

ROOMS = [
    "members", "people", "curricula", "conferences", "agreements", "demand", "funding", "sites", "programmes",
    "training", "assessment", "credentials", "outcomes", "indicators",
]  # fmt: skip

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_tasks_db",
    "axes",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "corridor.foundations.accounts",
    "corridor.foundations.audit",
    "corridor.foundations.documents",
    "corridor.foundations.grants",
    "corridor.foundations.jobs",
    "corridor.foundations.journal",
    "corridor.foundations.notices",
    "corridor.foundations.repeats",
    "corridor.foundations.search",
    "corridor.foundations.sheets",
    *[f"corridor.rooms.{room}" for room in ROOMS],
    "corridor.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "corridor.web.speaking.SpeakOfTheWorkshop",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "corridor.web.accounts.signs_of_life.NoteSession",
    "corridor.web.middleware.ActorMiddleware",
    "corridor.web.middleware.BodyLimit",
    "corridor.web.middleware.SignInFirst",
    "corridor.web.middleware.SecondFactorFirst",
    "corridor.web.middleware.RefusalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "corridor.urls"
WSGI_APPLICATION = "corridor.wsgi.application"
ASGI_APPLICATION = "corridor.asgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "corridor" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "corridor.web.context.page",
            ],
            "builtins": [
                *(f"django.templatetags.{each}" for each in ("i18n", "l10n", "static")),
                *(
                    f"corridor.web.templatetags.corridor_{each}"
                    for each in ("access", "money", "persons", "sheets", "ui", "words")
                ),
            ],
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = unquote(parts.path)
        return {
            "ENGINE": "corridor.foundations.sqlite",
            "NAME": path[1:] if path.startswith(("//", "/:")) else path or ":memory:",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
        }
    raise ValueError(f"DATABASE_URL must start with sqlite: or postgres:, not {parts.scheme}:")


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", f"sqlite:///{VAR_DIR / 'corridor.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "corridor.web.errors.too_many_attempts"
# Which proxy header is trusted for the reader's address: none, unless the operator says how many proxies stand before us.
AXES_IPWARE_PROXY_COUNT = int(os.environ["PROXY_COUNT"]) if os.environ.get("PROXY_COUNT") else None
AXES_IPWARE_META_PRECEDENCE_ORDER = (
    ["HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"] if AXES_IPWARE_PROXY_COUNT else ["REMOTE_ADDR"]
)
# Whether the secretariat and key holders are let in with a password alone. Off in a trial that ./start makes.
REQUIRE_SECOND_FACTOR = _is_on("REQUIRE_SECOND_FACTOR", "1")
ALLAUTH_TRUSTED_PROXY_COUNT = AXES_IPWARE_PROXY_COUNT or 0
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PUBLIC_URL.startswith("https://") and ENVIRONMENT == "production" else "http"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ENVIRONMENT != "production"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "corridor.web.errors.not_allowed"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"

# Letters are printed where the server runs, until a mail server is named. Port 465 speaks TLS from the start, any other by STARTTLS.
MAIL_HOST, MAIL_PORT = os.environ.get("MAIL_HOST", ""), int(os.environ.get("MAIL_PORT", "587"))
_BY_SMTP = {
    "host": MAIL_HOST,
    "port": MAIL_PORT,
    "username": os.environ.get("MAIL_USER", ""),
    "password": os.environ.get("MAIL_PASSWORD", ""),
    "use_ssl": MAIL_PORT == 465,
    "use_tls": _is_on("MAIL_TLS", "1") and MAIL_PORT != 465,
    "timeout": 20,
}
MAILERS: dict[str, Any] = {
    "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": _BY_SMTP}
    if MAIL_HOST
    else {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("MAIL_FROM", f"corridor@{urlsplit(PUBLIC_URL).hostname}")

USE_TZ = True
TIME_ZONE = "UTC"
LANG_INFO.setdefault("lo", {"bidi": False, "code": "lo", "name": "Lao", "name_local": "ລາວ"})
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "中文"), ("lo", "ລາວ"), ("ur", "اردو")]
# Spoken by the pages of the workshop alone (corridor/web/speaking.py).
WORKSHOP_LANGUAGES = [("km", "ខ្មែរ")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "language"

STATIC_URL = "/static/"
# Documents stand in a folder, or in a bucket of an S3-compatible store: "s3://bucket/folder", with S3_ENDPOINT where it is not Amazon's. The keys
# are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as the store's own programs read them.
DOCUMENTS_STORE = os.environ.get("DOCUMENTS_STORE", "")


def _document_store(address: str) -> dict[str, Any]:
    if not address:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DOCUMENTS_DIR}}
    parts = urlsplit(address)
    if parts.scheme != "s3" or not parts.netloc:
        raise ValueError("DOCUMENTS_STORE must be empty or like s3://bucket/folder.")
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.netloc,
            "location": parts.path.strip("/"),
            "endpoint_url": os.environ.get("S3_ENDPOINT") or None,
            "region_name": os.environ.get("S3_REGION") or None,
            # Nothing in it is anybody's to read by address, and bytes once kept are never written over.
            "default_acl": None,
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }


STORAGES = {
    "default": _document_store(DOCUMENTS_STORE),
    "staticfiles": {"BACKEND": "corridor.web.statics.VersionedStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 7 * 24 * 3600

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# The largest file that is kept, and a program that looks at each before: it reads the file from its input and ends with 0 where it is clean,
# with 1 where it is not ("clamdscan --no-summary -").
MAX_DOCUMENT_BYTES = int(os.environ.get("MAX_DOCUMENT_BYTES", str(20 * 1024 * 1024)))
# The largest film that is kept as evidence of an assessment; it arrives in pieces.
MAX_VIDEO_BYTES = int(os.environ.get("MAX_VIDEO_BYTES", str(60 * 1024 * 1024)))
# What is kept of the number of a passport or an identity card: "none", "last4", or "print" (the last four and a keyed fingerprint).
DOCUMENT_NUMBERS = os.environ.get("DOCUMENT_NUMBERS", "none")
SCAN_COMMAND = os.environ.get("SCAN_COMMAND", "")
# How many days the house has to answer a request about a record, and a copy of one's own data stands ready.
RIGHTS_DAYS = int(os.environ.get("RIGHTS_DAYS", "30"))
EXPORT_DAYS = int(os.environ.get("EXPORT_DAYS", "7"))
# After so many days without being opened a phone forgets the names that it carries; what was not sent stays on it, hidden.
DEVICE_DAYS = int(os.environ.get("DEVICE_DAYS", "14"))
SIGNING_LINK_DAYS = int(os.environ.get("SIGNING_LINK_DAYS", "14"))
MAX_BODY_BYTES = int(os.environ.get("MAX_BODY_BYTES", str(MAX_DOCUMENT_BYTES + 2**20)))

_SERVED_SECURELY = PUBLIC_URL.startswith("https://") and ENVIRONMENT == "production"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SERVED_SECURELY
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if AXES_IPWARE_PROXY_COUNT else None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
