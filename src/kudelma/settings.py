"""Django's settings, derived from the configuration. Nothing here is secret and nothing is typed twice."""

import os
from urllib.parse import urlsplit

import dj_database_url
from django.utils.translation import gettext_noop

from kudelma.configuration import master_key, read
from kudelma.core.bodies import TOO_MUCH
from kudelma.core.keys import derive

CONFIGURATION = read(os.environ)

# ---------------------------------------------------------------- keys

SECRET_KEY = derive(master_key(CONFIGURATION), "django").hex()

# ---------------------------------------------------------------- address

# Never on: its pages of errors show what people have written.
DEBUG = False
DEMO = CONFIGURATION.demo
BASE_URL = CONFIGURATION.base_url
# The address is a setting: what a visitor sends as `Host` must not stand in the links that leave by mail.
ALLOWED_HOSTS = [urlsplit(BASE_URL).hostname or "", *(["localhost", "127.0.0.1", "[::1]"] if DEMO else [])]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
ROOT_URLCONF = "kudelma.urls"

# ---------------------------------------------------------------- the house

ROOMS = [
    "core",
    "live",
    "regions",
    "people",
    "trust",
    "methods",
    "bank",
    "matters",
    "orders",
    "members",
    "pairing",
    "preparation",
    "circle",
    "meetings",
    "board",
    "plans",
    "feedback",
    "desk",
    "demo",
]
INSTALLED_APPS = [
    *(f"kudelma.{room}" for room in ROOMS),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    # Outermost, so that a refusal and a broken page have the headers too.
    "kudelma.core.middleware.SafeHeaders",
    "kudelma.core.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before the form's token is looked for: that reads the body, and one that is too large would end there.
    "kudelma.core.middleware.NothingIsLost",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kudelma.people.middleware.ActingSeat",
    # Below whoever sets the seat: a refusal is written with the seat that was refused.
    "kudelma.trust.middleware.AccessRecord",
    "kudelma.core.middleware.Refusals",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["kudelma.core.templatetags.ui", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "kudelma.core.context.house",
                "django.contrib.messages.context_processors.messages",
                "kudelma.people.context.actor",
                "kudelma.desk.context.navigation",
            ],
        },
    }
]
FORM_RENDERER = "kudelma.core.forms.Renderer"

# ---------------------------------------------------------------- databases

SQLITE = {
    # Deferred transactions lock each other out: a reader that begins to write cannot wait for its turn.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # With synchronous=NORMAL, as most guides have it, a power cut takes back commits that people saw as saved.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}


def _database(url: str) -> dict[str, object]:
    # A new connection for each request costs more than the page: docs/decisions/0004-pages-and-streams.md.
    database = dict(dj_database_url.parse(url, conn_max_age=None))
    if url.startswith("sqlite:"):
        database["OPTIONS"] = dict(SQLITE)
    return database


DATABASES = {"default": _database(CONFIGURATION.database_url), "keys": _database(CONFIGURATION.keys_url)}
DATABASE_ROUTERS = ["kudelma.core.db.KeysApart"]
CACHES = {
    # In the database, so that limits of tries count over all processes.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kudelma_cache"},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# ---------------------------------------------------------------- identity and sessions

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["kudelma.people.sign_in.SealedAddressBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:today"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "kudelma.people.sign_in.AccountAdapter"
ACCOUNT_FORMS = {"login": "kudelma.people.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
# Verification needs the library's own table of addresses in clear, which stays empty.
ACCOUNT_EMAIL_VERIFICATION = "none"
# Devices are shared: nobody is remembered longer than the browser stays open.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "room": "30/10m/ip",  # wrong digits only: people in one room share an address
    "wish": "20/h/ip",  # a family's order on the public page; people in one house share an address
    "letter": "30/10m/ip",  # wrong characters only, for the same reason
    "login_failed": "30/10m/ip,20/10m/key",  # behind the password stands a second factor; nobody is locked out for long
}
MFA_ADAPTER = "kudelma.people.sign_in.FactorAdapter"
MFA_FORMS = {"authenticate": "kudelma.people.forms.FactorForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Kudelma"

IDENTITY = {
    "issuer": CONFIGURATION.identity_issuer or (f"{BASE_URL}/demo/identity" if DEMO else ""),
    "client": CONFIGURATION.identity_client or "kudelma-demo",
    "secret": CONFIGURATION.identity_secret or derive(SECRET_KEY.encode(), "identity").hex(),
}

SESSION_ENGINE = "kudelma.trust.sessions"
# A working day at most; half an hour without a page ends it earlier (people/acting.py).
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = CONFIGURATION.secure
# A cookie of this prefix cannot be set by another host of the same domain.
_HOST = "__Host-" if CONFIGURATION.secure else ""
SESSION_COOKIE_NAME = f"{_HOST}kudelma"
CSRF_COOKIE_NAME = f"{_HOST}kudelma-form"
CSRF_COOKIE_HTTPONLY = True
# Gone with the browser, like the session: a phone is not to keep that somebody was here.
CSRF_COOKIE_AGE = None
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kudelma.core.views.csrf_failure"
LANGUAGE_COOKIE_NAME = f"{_HOST}kudelma-language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
# Not in the session: to show «Saved.» would write there, and a page that is only read writes nothing.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# ---------------------------------------------------------------- what may come in

DATA_UPLOAD_MAX_MEMORY_SIZE = TOO_MUCH
# The other handler writes what is large into a temporary file, in clear.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = TOO_MUCH
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# ---------------------------------------------------------------- headers

# Other sites are told nothing. "no-referrer" would make browsers send "Origin: null" with our own forms.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if CONFIGURATION.secure else 0
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        # data: for the empty icon of the page after «Close this page»: nothing there tells where one was.
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# ---------------------------------------------------------------- languages and time

LANGUAGE_CODE = "fi"
LANGUAGES = [
    ("fi", gettext_noop("Finnish")),
    # A private use of Finnish (BCP 47). What it lacks falls back to Finnish without a word, so a test looks for it.
    ("fi-x-selko", gettext_noop("Easy Finnish")),
    ("sv", gettext_noop("Swedish")),
    ("en", gettext_noop("English")),
]
LOCALE_PATHS = [CONFIGURATION.prepared / "locale"]
FORMAT_MODULE_PATH = ["kudelma.core.formats"]
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True

# ---------------------------------------------------------------- files

STATIC_URL = "/static/"
STATIC_ROOT = CONFIGURATION.prepared / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "kudelma.core.styles.JoinedStyles",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
}

# ---------------------------------------------------------------- messages

EMAIL_BACKEND = "kudelma.demo.letterbox.LetterboxBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = CONFIGURATION.smtp_host
EMAIL_PORT = CONFIGURATION.smtp_port
EMAIL_HOST_USER = CONFIGURATION.smtp_user
EMAIL_HOST_PASSWORD = CONFIGURATION.smtp_password
EMAIL_USE_TLS = CONFIGURATION.smtp_tls == "starttls"
EMAIL_USE_SSL = CONFIGURATION.smtp_tls == "tls"
# A mail server that never answers must not keep the one worker from everything else.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = CONFIGURATION.mail_from
MAIL_REPLY = CONFIGURATION.mail_reply

# ---------------------------------------------------------------- logs

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ids": {"()": "kudelma.core.logs.NoPersons"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "ids"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},  # refusals stand in the access record
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}
