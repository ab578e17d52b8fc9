"""One file of settings, read from the environment, safe when nothing is set.

Everything the environment may say is listed in README.md, "Deploying".
`BASE_URL` decides how strict the desk is: over https every cookie is secure
and plain http is redirected; `run.py up` sets a plain http address of this
machine, and nothing else does.
"""

import shutil
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.embedded import (
    embedded_key_file,
    embedded_secret_key,
    sqlite_options,
    use_embedded_broker,
)


def _origin(address: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path="", query="", fragment=""))


django_stubs_ext.monkeypatch()  # so that `ModelForm[Newsroom]` can be written

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR = Path(env.str("VAR_DIR", default=str(ROOT / "var")))
DEBUG = env.bool("DEBUG", default=False)
BASE_URL = env.str("BASE_URL", default="https://localhost").rstrip("/")
_base = urlsplit(BASE_URL)
if _base.scheme not in {"http", "https"} or not _base.hostname:
    raise ImproperlyConfigured(
        f"BASE_URL is {BASE_URL!r}; it must be the address people open, such as https://desk.example.org"
    )
IS_HTTPS = _base.scheme == "https"
BASE_URL_IS_LOOPBACK = _base.hostname in {"localhost", "127.0.0.1", "::1"}

SECRET_KEY = env.str("SECRET_KEY", default="") or embedded_secret_key(VAR)
# By these, the newest first, stored secrets are encrypted: see `requests_app.stored_secrets`.
ENCRYPTION_KEYS = env.list("ENCRYPTION_KEYS", default=[])
ENCRYPTION_KEY_FILE = "" if ENCRYPTION_KEYS else str(embedded_key_file(VAR))
# With the port: `requests_app.accounts.hosts`.
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = LOOPBACK if BASE_URL_IS_LOOPBACK else [_base.hostname]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# -- data -----------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'desk.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "config.queued_sqlite3"
    DATABASES["default"]["OPTIONS"] = sqlite_options()
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
else:
    CACHES = {
        "default": {"BACKEND": "config.shared_cache.SharedFileCache", "LOCATION": VAR / "cache"}
    }

# -- the worker and the scheduler -----------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL or f"sqla+sqlite:///{VAR / 'broker.sqlite3'}"
if not REDIS_URL:
    use_embedded_broker()
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")
SWEEP_SECONDS = env.float("SWEEP_SECONDS", default=10.0)
CELERY_BEAT_SCHEDULE = {
    "sweep-outbox": {
        "task": "requests_app.delivery.tasks.sweep_outbox",
        "schedule": SWEEP_SECONDS,
        # A sweep that waited longer than the next one is due has nothing to add.
        "options": {"expires": max(SWEEP_SECONDS, 1.0)},
    },
    "sweep-case-files": {
        "task": "requests_app.casefile.tasks.sweep_case_files",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": max(SWEEP_SECONDS, 1.0)},
    },
    "sweep-mail": {
        "task": "requests_app.inbound.tasks.sweep_mail",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": max(SWEEP_SECONDS, 1.0)},
    },
    "sweep-imports-and-exports": {
        "task": "requests_app.research.tasks.sweep_imports_and_exports",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": max(SWEEP_SECONDS, 1.0)},
    },
    # Whose morning has come is asked each minute: a few queries as long as it is nobody's.
    "remind": {
        "task": "requests_app.reminders.tasks.remind",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "sweep-webhooks": {
        "task": "requests_app.webhooks.tasks.sweep_webhooks",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": max(SWEEP_SECONDS, 1.0)},
    },
    "drop-past-headlines": {
        "task": "requests_app.reminders.tasks.drop_past_headlines",
        "schedule": timedelta(days=1),
        "options": {"expires": 3600.0},
    },
    "let-go-of-what-is-not-kept": {
        "task": "requests_app.tasks.let_go_of_what_is_not_kept",
        "schedule": timedelta(days=1),
        "options": {"expires": 3600.0},
    },
    "read-files": {
        "task": "requests_app.storage.reading_files.tasks.read_files",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
}

# -- mail -----------------------------------------------------------------------------------------
# Without EMAIL_URL the desk writes to the practice mailbox that `run.py up` starts
# (see config/running/practice_mail.py).
EMAIL_URL = env.str("EMAIL_URL", default="")
PRACTICE_MAIL = not EMAIL_URL
PRACTICE_MAIL_PORT = env.int("PRACTICE_MAIL_PORT", default=8025)
PRACTICE_MAILBOX = VAR / "mailbox"
_email = environ.Env.email_url_config(EMAIL_URL or f"smtp://127.0.0.1:{PRACTICE_MAIL_PORT}")
EMAIL_BACKEND = "requests_app.mail_accounts.xoauth2.MailServer"
EMAIL_HOST = _email["EMAIL_HOST"]
EMAIL_PORT = _email["EMAIL_PORT"] or 25
EMAIL_HOST_USER = _email["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=30)
# Without a mail domain of one's own: a mailbox, at whose plus-addresses requests are answered.
REPLY_MAILBOX = env.str("REPLY_MAILBOX", default="").strip().lower()
_reply_user, _, _reply_host = REPLY_MAILBOX.rpartition("@")
if REPLY_MAILBOX and (not _reply_user or not _reply_host or "+" in _reply_user):
    raise ImproperlyConfigured(
        f"REPLY_MAILBOX is {REPLY_MAILBOX!r}; it must be a mailbox’s own address, as desk@gmail.com"
    )
MAIL_DOMAIN = _reply_host or env.str(
    "MAIL_DOMAIN", default="mail.records-desk.test" if PRACTICE_MAIL else _base.hostname
)
# Whose Authentication-Results are believed (RFC 8601); without one the desk verifies DKIM itself.
MAIL_TRUSTED_RECEIVER = env.str("MAIL_TRUSTED_RECEIVER", default="").strip().lower()
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default=f"Records Desk <{REPLY_MAILBOX or f'desk@{MAIL_DOMAIN}'}>"
)
# How long a server may think about a whole message; RFC 5321 (4.5.3.2.6) grants it ten minutes.
EMAIL_ANSWER_TIMEOUT = env.int("EMAIL_ANSWER_TIMEOUT", default=120)
# What a message may weigh as it is sent: most cities' servers take 20 to 35 MB.
MAIL_MAX_BYTES = env.int("MAIL_MAX_BYTES", default=20 * 1024 * 1024)
# To one host, all workers together; 0: as fast as it goes.
MAIL_PER_HOST_PER_MINUTE = env.int("MAIL_PER_HOST_PER_MINUTE", default=30)
# What a new newsroom begins with; each then sets its own.
RECALL_MINUTES = env.int("RECALL_MINUTES", default=3)
# A file too large for mail can be fetched by its link for so long.
FILE_LINK_DAYS = env.int("FILE_LINK_DAYS", default=60)
# How long a worker may be silent about a letter before the sweep asks what became of it.
DELIVERY_LEASE_SECONDS = env.int("DELIVERY_LEASE_SECONDS", default=120)
# The same of a case file, which says how far it is after each step.
CASE_FILE_LEASE_SECONDS = env.int("CASE_FILE_LEASE_SECONDS", default=180)
# LibreOffice, by which Word documents and spreadsheets are printed; empty: they are not.
OFFICE_PROGRAM = env.str("OFFICE_PROGRAM", default=shutil.which("soffice") or "")
OFFICE_SECONDS = 90.0  # for one file; less than a case file may be silent
DELIVERY_MAX_ATTEMPTS = env.int("DELIVERY_MAX_ATTEMPTS", default=8)

# Mail coming in, beside `manage.py ingest_mail`. imaps://user:password@host/INBOX, several with
# spaces between. The worker watches each; the task looks into what no worker watches. What is
# stored goes to IMAP_DONE_FOLDER, or is deleted where that is empty.
IMAP_URL = env.str("IMAP_URL", default="")
IMAP_DONE_FOLDER = env.str("IMAP_DONE_FOLDER", default="Filed")
IMAP_TIMEOUT = env.int("IMAP_TIMEOUT", default=60)
if IMAP_URL:
    CELERY_BEAT_SCHEDULE["fetch-mailbox"] = {
        "task": "requests_app.inbound.tasks.fetch_mailbox",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    }
# The selectors of the DKIM keys that sign the desk's mail, with commas between.
DKIM_SELECTOR = env.list("DKIM_SELECTOR", default=[])
# Accounts at Google or Microsoft by OAuth2: those named without a password in IMAP_URL, EMAIL_URL.
# The refresh token is got by `manage.py connect_mailbox`, or given here.
MAIL_OAUTH_PROVIDER = env.str("MAIL_OAUTH_PROVIDER", default="")
MAIL_OAUTH_CLIENT_ID = env.str("MAIL_OAUTH_CLIENT_ID", default="")
MAIL_OAUTH_CLIENT_SECRET = env.str("MAIL_OAUTH_CLIENT_SECRET", default="")
MAIL_OAUTH_TENANT = env.str("MAIL_OAUTH_TENANT", default="organizations")
MAIL_OAUTH_REFRESH_TOKEN = env.str("MAIL_OAUTH_REFRESH_TOKEN", default="")
MAIL_OAUTH_TOKEN_URL = env.str("MAIL_OAUTH_TOKEN_URL", default="")
# Each opens its address under /inbound/: "user:password", as the provider is told; Mailgun's key;
# the one SNS topic whose signed messages are read, and a password beside it, if there is one.
POSTMARK_WEBHOOK_SECRET = env.str("POSTMARK_WEBHOOK_SECRET", default="")
SES_TOPIC_ARN = env.str("SES_TOPIC_ARN", default="")
SES_WEBHOOK_SECRET = env.str("SES_WEBHOOK_SECRET", default="")
MAILGUN_SIGNING_KEY = env.str("MAILGUN_SIGNING_KEY", default="")
INBOUND_MAX_BYTES = env.int("INBOUND_MAX_BYTES", default=100 * 1024 * 1024)

# ClamAV's daemon, if there is one: tcp://host:port or unix:///path. Files are kept without it, and
# while it is away or takes longer than so many seconds for one.
CLAMD_URL = env.str("CLAMD_URL", default="")
CLAMD_TIMEOUT = env.float("CLAMD_TIMEOUT", default=60.0)
if CLAMD_URL:
    if not CLAMD_URL.startswith(("tcp://", "unix:///")):
        raise ImproperlyConfigured(
            f"CLAMD_URL is {CLAMD_URL!r}; it must be tcp://host:port or unix:///path"
        )
    CELERY_BEAT_SCHEDULE["scan-files"] = {
        "task": "requests_app.storage.scanning.tasks.scan_files",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    }

# Cities' open-data portals are read by night; a desk that only practices asks nobody anything.
READ_PORTALS = env.bool("READ_PORTALS", default=not PRACTICE_MAIL)
SOCRATA_APP_TOKEN = env.str("SOCRATA_APP_TOKEN", default="")  # asked under a limit of its own
if READ_PORTALS:
    CELERY_BEAT_SCHEDULE["read-portals"] = {
        "task": "requests_app.catalog.reading.tasks.read_portals",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 600.0},
    }

# -- the application ------------------------------------------------------------------------------
INSTALLED_APPS = [
    "requests_app",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_filters",
    "csp",
    "rest_framework",
    "drf_spectacular",
]
MIDDLEWARE = [
    "requests_app.accounts.hosts.OnlyBaseUrl",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "requests_app.accounts.origin.NoteOrigin",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "requests_app.views.text_that_can_be_kept.RefuseTextThatCannotBeKept",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "requests_app.accounts.sessions.SignedInPages",
    "requests_app.views.drafts.signed_out.KeepWordsOfTheSignedOut",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "requests_app.accounts.second_factor.RequireSecondFactor",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "requests_app.views.context.desk",
            ],
        },
    }
]

# -- who signs in ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "requests_app.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "requests_app.guessable_passwords.NotOfGuessableWords"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "board"
ACCOUNT_ADAPTER = "requests_app.accounts.adapter.InvitationOnlyAdapter"
ACCOUNT_FORMS = {
    "login": "requests_app.forms.newsroom.sign_in.SignInForm",
    "change_password": "requests_app.forms.newsroom.sign_in.NewPasswordForm",
    "reset_password": "requests_app.forms.newsroom.sign_in.ForgottenPasswordForm",
    "reset_password_from_key": "requests_app.forms.newsroom.sign_in.PasswordByLinkForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _base.scheme
# Passwords are counted by `requests_app.accounts.throttles`, which never keeps out a person for
# what a stranger tried; what is left of "login_failed" are wrong codes of a second factor.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/300s/key"}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# The newsroom's own provider, by OpenID Connect; people sign in by it who were invited here.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="").rstrip("/")
OIDC_NAME = env.str("OIDC_NAME", default="your newsroom’s account") if OIDC_ISSUER else ""
_oidc_app = {
    "provider_id": "newsroom",
    "name": OIDC_NAME,
    "client_id": env.str("OIDC_CLIENT_ID", default=""),
    "secret": env.str("OIDC_CLIENT_SECRET", default=""),
    "settings": {"server_url": OIDC_ISSUER},
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": [_oidc_app] if OIDC_ISSUER else [], "OAUTH_PKCE_ENABLED": True}
}
SOCIALACCOUNT_ADAPTER = "requests_app.accounts.provider.InvitedPeopleOnly"
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "requests_app.accounts.second_factor.EncryptedFactors"
MFA_FORMS = {"add_webauthn": "requests_app.forms.newsroom.sign_in.AddPasskeyForm"}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = BASE_URL_IS_LOOPBACK and not IS_HTTPS
MFA_TOTP_ISSUER = "Records Desk"

# -- safe by default ------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = IS_HTTPS
# The health check is asked from inside the machine, without TLS in front of it. A program that
# calls the API over http is told so, and not led on: its token was readable on the way.
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^api/"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# How many proxies stand in front, each of which adds to X-Forwarded-For whom it heard from.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1 if BEHIND_PROXY else 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
# Over https in a name that no other host of the domain can set.
_host_only = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME = f"{_host_only}session"
CSRF_COOKIE_NAME = f"{_host_only}csrf"
DEVICE_COOKIE_NAME = f"{_host_only}known-device"
# A session ends so long after it was used last, and so long after its sign-in in any case.
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=60)
SESSION_HOURS = env.int("SESSION_HOURS", default=12)
SESSION_ENGINE = "requests_app.accounts.session_store"
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
CSRF_FAILURE_VIEW = "requests_app.views.drafts.signed_out.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Pressing "Sign in with" the provider ends on its page.
        "form-action": [SELF, *([_origin(OIDC_ISSUER)] if OIDC_ISSUER else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# -- files ----------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR / "static")))
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_ROOT = VAR / "files"
# Django's own default gives every file it keeps to all accounts of the machine to read.
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env.str(
            "STATICFILES_STORAGE",
            default="django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
        )
    },
}
# How many days is kept what nothing rests on; 0: for ever. docs/privacy.md says what and why.
KEEP_LEFT_ACCOUNTS_DAYS = env.int("KEEP_LEFT_ACCOUNTS_DAYS", default=365)
KEEP_UNSAVED_WRITING_DAYS = env.int("KEEP_UNSAVED_WRITING_DAYS", default=90)
KEEP_INVITATIONS_DAYS = env.int("KEEP_INVITATIONS_DAYS", default=30)
# Whoever finds out late who got in needs the log: a year of it is kept in any case.
KEEP_SECURITY_LOG_DAYS = env.int("KEEP_SECURITY_LOG_DAYS", default=3 * 365)
if KEEP_SECURITY_LOG_DAYS != 0 and KEEP_SECURITY_LOG_DAYS < 365:
    raise ImproperlyConfigured(
        f"KEEP_SECURITY_LOG_DAYS is {KEEP_SECURITY_LOG_DAYS}; it must be 365 or more, or 0 to keep "
        "the security log for ever"
    )
# Messages byte for byte as they came, and notices; counted from the end of their request. Both
# floors are what the database's triggers hold too: `requests_app.vocabulary.retention`.
KEEP_RAW_MAIL_DAYS = env.int("KEEP_RAW_MAIL_DAYS", default=0)
if KEEP_RAW_MAIL_DAYS != 0 and KEEP_RAW_MAIL_DAYS < 1095:
    raise ImproperlyConfigured(
        f"KEEP_RAW_MAIL_DAYS is {KEEP_RAW_MAIL_DAYS}; it must be 1095 or more, or 0 to keep the "
        "messages as they came for ever"
    )
KEEP_NOTICES_DAYS = env.int("KEEP_NOTICES_DAYS", default=3 * 365)
if KEEP_NOTICES_DAYS != 0 and KEEP_NOTICES_DAYS < 365:
    raise ImproperlyConfigured(
        f"KEEP_NOTICES_DAYS is {KEEP_NOTICES_DAYS}; it must be 365 or more, or 0 to keep notices "
        "for ever"
    )
# For whom `manage.py backup` encrypts: age1… or SSH public keys, with commas between them.
BACKUP_RECIPIENTS = env.list("BACKUP_RECIPIENTS", default=[])
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# -- language and time: people read their newsroom's clock, deadlines the city's -------------------
LANGUAGE_CODE = "en-us"
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="America/New_York")

# -- the API --------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    # The token first: who has neither is then told of it, by a 401.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "requests_app.api.access.bearer_tokens.BearerToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["requests_app.api.access.scopes.WorksHere"],
    "DEFAULT_THROTTLE_CLASSES": [
        "requests_app.api.access.rate_limits.PerToken",
        "requests_app.api.access.rate_limits.WritesPerToken",
    ],
    "DEFAULT_PARSER_CLASSES": ["requests_app.api.protocol.json_bodies.JSONObject"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "requests_app.api.protocol.pages.PageByPlace",
    "DEFAULT_SCHEMA_CLASS": "requests_app.api.protocol.described.DescribedOperation",
    "EXCEPTION_HANDLER": "requests_app.api.protocol.problems.answer_to",
    "URL_FORMAT_OVERRIDE": None,
}
# Calls in a minute: of one token, or of one person on the pages; those of them that change
# something; and of those from one address that bring no token that works.
API_PER_MINUTE = env.int("API_PER_MINUTE", default=600)
API_WRITES_PER_MINUTE = env.int("API_WRITES_PER_MINUTE", default=120)
API_STRANGERS_PER_MINUTE = env.int("API_STRANGERS_PER_MINUTE", default=120)
API_MAX_BYTES = env.int("API_MAX_BYTES", default=2 * 1024 * 1024)  # of a JSON body
SPECTACULAR_SETTINGS = {
    "TITLE": "Records Desk",
    "DESCRIPTION": "Public-records requests, their ledgers, deadlines, letters and appeals.",
    "VERSION": "2",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["requests_app.api.access.scopes.WorksHere"],
    "SCHEMA_PATH_PREFIX": "/api/",
    "ENUM_NAME_OVERRIDES": {
        "RoleEnum": "requests_app.models.Role",
        "MakingEnum": "requests_app.models.ExportStage",
        "AppealStateEnum": "requests_app.models.AppealState",
        "PrecisionEnum": "requests_app.vocabulary.research.imprecise_days.Precision",
        "OfficeRoleEnum": "cities.schema.offices.OfficeRole",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "requests_app.api.protocol.described.add_problems",
    ],
}

SILENCED_SYSTEM_CHECKS: list[str] = []

from config.logging import LOGGING  # noqa: E402, F401
