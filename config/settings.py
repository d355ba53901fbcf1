"""Settings, from the environment, safe by default. Only the package `config` reads the environment.

Without ``HENVIS_SECRET_KEY``, ``HENVIS_PEPPER`` and ``DATABASE_URL`` nothing starts; `make demo` and the tests bring their own.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP

from config import env, logs
from config.retention import RETENTION
from config.version import VERSION

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = env.require("HENVIS_SECRET_KEY")
HENVIS_PEPPER = env.require("HENVIS_PEPPER")
HENVIS_VERSION = VERSION
# One file for each protected release, outside the database: only commands on the server read it, never the web server.
HENVIS_KEYS = env.path("HENVIS_KEYS", env.path("HENVIS_HOME", Path(".henvis")) / "keys")
# Where what is sent waits until it is read: of the web server and of the worker that reads it, and nobody else.
HENVIS_SPOOL = env.path("HENVIS_SPOOL", env.path("HENVIS_HOME", Path(".henvis")) / "spool")
# What the demo says on every page until it is complete. A program that serves other than loopback looks for no such file.
HENVIS_LINE = env.path("HENVIS_HOME", Path(".henvis")) / "line.json" if env.flag("HENVIS_INSECURE_LOOPBACK") else None
# Who publishes the figures, as the text of a citation has it; empty: the centre.
HENVIS_OPERATOR = env.text("HENVIS_OPERATOR")
DEBUG = False
ALLOWED_HOSTS = env.listing("HENVIS_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host not in {"*", "127.0.0.1", "localhost"}]

DATABASES = {"default": env.database(env.require("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# As one migration of ours: the library alters fields 82 times, which takes longer than to make all our tables.
MIGRATION_MODULES = {"oauth2_provider": "partners.oauth2_provider.migrations"}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "oauth2_provider",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "core",
    "partners",
    "partners.staff",
    "partners.access",
    "partners.people",
    "partners.mail",
    "partners.organisations",
    "partners.accounts",
    "partners.jobs",
    "cases",
    "tools.codechange",
    "cases.erased",
    "cases.windows",
    "cases.linking",
    "cases.services",
    "notices",
    "cases.intake",
    "cases.duplicates",
    "oversight.reporting",
    "oversight.quality",
    "oversight.returns",
    "oversight.reminders",
    "stats",
    "publications.figures",
    "publications.plans",
    "publications.annual",
    "publications.international",
    "oversight.subject_requests",
    "oversight.rights",
    "oversight.retention",
    "oversight.processing",
    "oversight.archive",
    "sandbox",
    "pages.base",
    "pages.public",
    "pages.report",
    "pages.plans",
    "pages.desk",
    "api",
    "api.docs",
    "django.contrib.admin",  # last: the frame of its pages is ours, and templates are found in this order
]

MIDDLEWARE = [
    "api.http.middleware.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "partners.people.gate.Session",
    "partners.people.gate.Locale",
    "django.middleware.csrf.CsrfViewMiddleware",
    "api.statistics.answers.Repeats",
    "partners.people.gate.Authentication",
    "partners.people.gate.Message",
    "allauth.account.middleware.AccountMiddleware",
    "partners.people.gate.Gate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.base.frame.frame",
                "partners.people.pages.frame.context",
                "pages.desk.frame.context",
            ]
        },
    }
]

# Of the reports that are expected of a period at least so many of a hundred have come before its figures are published; otherwise
# who orders and who approves each say why they are.
HENVIS_LEAST_REPORTS = env.number("HENVIS_LEAST_REPORTS", 80, most=100)
# Which agreement new partners confirm: of two separate controllers, or of joint ones.
HENVIS_AGREEMENT = env.choice("HENVIS_AGREEMENT", "CONTROLLERS", "JOINT")
# The legal basis of each purpose of processing, as the operator states it (`core.purposes`).
HENVIS_LEGAL_BASIS = {name: env.text(f"HENVIS_LEGAL_BASIS_{name}") for name in ("CASEWORK", "STATISTICS")}
# What every page says of its own: whom to call for help, where to go to be seen reading something else, and whose figures they are.
HENVIS_HELP_NUMBERS = env.listing("HENVIS_HELP_NUMBERS", ("70 20 25 50",))
HENVIS_SITE = {
    "leave_to": env.text("HENVIS_LEAVE_TO", "https://www.dmi.dk/"),
    "statement": env.text("HENVIS_ACCESSIBILITY_STATEMENT", "https://www.was.digst.dk/"),
    "contact": env.text("HENVIS_CONTACT"),
    "telephone": env.text("HENVIS_TELEPHONE"),
    "postal_address": env.text("HENVIS_POSTAL_ADDRESS"),
    "press": env.text("HENVIS_PRESS_CONTACT"),
    "data_protection": env.text("HENVIS_DATA_PROTECTION_CONTACT"),
    "security": env.text("HENVIS_SECURITY_CONTACT"),
    "licence": env.text("HENVIS_DATA_LICENCE", "CC BY 4.0"),
    "licence_address": env.text("HENVIS_DATA_LICENCE_ADDRESS", "https://creativecommons.org/licenses/by/4.0/"),
}

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "config.formats"  # how days are written in English; Django has the Danish way
LANGUAGES = [("da", "Dansk"), ("en", "English")]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
# WhiteNoise serves the files where the packages have them: there is no collecting step.
WHITENOISE_USE_FINDERS = True

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Behind TLS everywhere but on a machine's own loopback (the demo and the tests), which must ask for it by name.
INSECURE_LOOPBACK = env.flag("HENVIS_INSECURE_LOOPBACK")
# Where the demo answers, for the addresses that commands print.
LOOPBACK_PORT = env.number("PORT", 8000, least=1, most=65535) if INSECURE_LOOPBACK else None
# Where readers find us, for addresses in documents that are kept: the first host by its name, or this machine.
_HOST = next((f"https://{host}" for host in ALLOWED_HOSTS if host[:1] not in {"*", "."}), "")
HENVIS_ADDRESS = env.text("HENVIS_ADDRESS", f"http://127.0.0.1:{LOOPBACK_PORT}" if INSECURE_LOOPBACK else _HOST)
# The ports that a Host header may name: each makes addresses on pages, and pages that are kept. None: any, on this machine alone.
HENVIS_PORTS = None if INSECURE_LOOPBACK else {"", "443", str(urlsplit(HENVIS_ADDRESS).port or "")}
SECURE_SSL_REDIRECT = not INSECURE_LOOPBACK
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("HENVIS_BEHIND_PROXY") else None
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if INSECURE_LOOPBACK else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not INSECURE_LOOPBACK
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not INSECURE_LOOPBACK
# The language that somebody chose is kept for a year in the browser; no script needs to read it.
LANGUAGE_COOKIE_AGE, LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = 365 * 86_400, True, "Lax"
# A session of people ends after half an hour without a request, and after eight hours whatever happens.
HENVIS_SESSION_IDLE, HENVIS_SESSION_LONGEST = timedelta(minutes=30), timedelta(hours=8)
# An account that nobody signs in to is warned of after so many days, and switched off after so many (`partners.accounts.idle`):
# of staff, and of a partner's people. Some of these report once a year, by February: two such reports are at most 424 days apart.
HENVIS_STAFF_WARNED_AFTER = env.number("HENVIS_STAFF_WARNED_AFTER", 60, least=14, most=365)
HENVIS_STAFF_OFF_AFTER = env.number("HENVIS_STAFF_OFF_AFTER", 90, least=HENVIS_STAFF_WARNED_AFTER + 14, most=730)
HENVIS_PEOPLE_WARNED_AFTER = env.number("HENVIS_PEOPLE_WARNED_AFTER", 365, least=30, most=730)
HENVIS_PEOPLE_OFF_AFTER = env.number("HENVIS_PEOPLE_OFF_AFTER", 425, least=HENVIS_PEOPLE_WARNED_AFTER + 14, most=1095)
HENVIS_RETENTION = env.months("HENVIS_RETENTION", RETENTION)
SESSION_COOKIE_AGE = 8 * 3600
SESSION_ENGINE = "partners.people.sessions"
# Not "no-referrer": with it browsers send `Origin: null` with every form, and no form of a person would be taken.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Of every page; `api.http.middleware` gives it to them, and machines a stricter one.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    **{kind: [CSP.SELF] for kind in ("script-src", "style-src", "font-src", "connect-src", "form-action")},
    "img-src": [CSP.SELF, "data:"],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# Addresses that take files, each with the most bytes of a body. It goes to the disk as it comes, and never into memory whole.
HENVIS_UPLOADS = dict.fromkeys(
    ("/api/v1/batches", *(f"/send/{mode}file/{what}" for mode in ("", "test/") for what in ("", "references/"))),
    512 * 1024 * 1024,
)
# What may wait to be worked on: deliveries of a partner, their bytes, and bytes of all. The disk needs room for the last.
HENVIS_WAITING, HENVIS_WAITING_BYTES, HENVIS_SPOOL_BYTES = 20, 2 * 1024**3, 8 * 1024**3

# People sign in with a name, a password and a second factor. Nobody registers, and signing in sends no mail (docs/decisions/0015).
CACHES = {"default": {"BACKEND": "partners.people.cache.Cache"}}
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL, LOGIN_REDIRECT_URL = "/account/login/", "/account/"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("HENVIS_BEHIND_PROXY") else 0
ACCOUNT_ADAPTER = "partners.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
MFA_ADAPTER = "partners.people.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True

# Mail that reminds people (docs/mail.md). Without a sender there is none. The server and its password are the worker's alone.
HENVIS_MAIL_FROM = env.text("HENVIS_MAIL_FROM")
HENVIS_MAIL_REPLY_TO = env.text("HENVIS_MAIL_REPLY_TO", HENVIS_SITE["contact"])
HENVIS_MAIL_BOUNCES = env.text("HENVIS_MAIL_BOUNCES", HENVIS_MAIL_FROM)
MAILERS = env.mailers(env.text("HENVIS_MAIL"))
HENVIS_MAIL_SERVER = bool(env.text("HENVIS_MAIL"))
# Without mail everything else works; `henvis.I002` says what is missing then.
SILENCED_SYSTEM_CHECKS = ["mail.E001"]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.http.authentication.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["api.http.authentication.HasScopes"],
    "DEFAULT_PARSER_CLASSES": ["api.http.reading.JSONBody"],
    "DEFAULT_RENDERER_CLASSES": ["api.http.negotiation.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "api.http.negotiation.Negotiation",
    "DEFAULT_SCHEMA_CLASS": "api.openapi.operation.Operation",
    "EXCEPTION_HANDLER": "api.http.problems.handle",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}

SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Henvis",
    "VERSION": VERSION,
    # Of the program and of this description. What a partner sends, and what a figure may be used for, are no matter of it.
    "LICENSE": {"name": "EUPL-1.2, for the software and this description; not for the data", "identifier": "EUPL-1.2"},
    "DEFAULT_GENERATOR_CLASS": "api.openapi.describe.Generator",
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
    "POSTPROCESSING_HOOKS": ["api.openapi.describe.complete"],
}

# Tasks are named by `partners.jobs`; the library looks for none.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""

OAUTH2_PROVIDER_APPLICATION_MODEL = "partners.Client"
OAUTH2_PROVIDER = {
    "ACCESS_TOKEN_EXPIRE_SECONDS": 600,
    "OAUTH2_VALIDATOR_CLASS": "partners.oauth.Validator",
    "SCOPES_BACKEND_CLASS": "partners.oauth.Scopes",
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "ALLOW_URI_WILDCARDS": False,
    "PKCE_REQUIRED": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
}

CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

LOGGING_CONFIG = None
logs.configure()
