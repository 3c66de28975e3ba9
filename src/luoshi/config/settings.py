"""All settings; values come from the environment, defaults suit one machine with SQLite."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

ROOT = Path(os.environ.get("LUOSHI_DATA", "var")).resolve()
PACKAGE = Path(__file__).resolve().parent.parent
DEMO = os.environ.get("LUOSHI_DEMO") == "1"
DEBUG = False


def secret_key() -> str:
    """The key of this installation: from the environment, or made once and kept beside the data."""
    if key := os.environ.get("LUOSHI_SECRET"):
        return key
    path = ROOT / "secret.key"
    if not path.exists():
        ROOT.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text().strip()


def database() -> dict[str, object]:
    """SQLite beside the data, or the server named by LUOSHI_DATABASE (postgresql://user:password@host:port/name)."""
    url = os.environ.get("LUOSHI_DATABASE", "")
    if url.startswith(("postgres://", "postgresql://")):
        parts = urlsplit(url)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": {"pool": True},
        }
    ROOT.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ROOT / "luoshi.sqlite3",
        "CONN_MAX_AGE": None,  # opening the file and setting its pragmas costs as much as a page's queries
        "OPTIONS": {
            # IMMEDIATE: writers queue instead of failing half way; no mmap, see docs/decisions.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-64000;PRAGMA journal_size_limit=67108864;",
        },
    }


SECRET_KEY = secret_key()
# Seals columns at rest: 32 bytes in base64, several with commas between them, the present one first.
SEAL_KEY = os.environ.get("LUOSHI_SEAL_KEY", "")
SEAL_KEY_FILE = ROOT / "seal.key"  # made at first use where the environment names none
DATABASES = {"default": database()}
ALLOWED_HOSTS = os.environ.get("LUOSHI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("LUOSHI_ORIGINS", "").split(",") if o]

# One line switches a register on.
REGISTERS = [
    "luoshi.registers.organization",
    "luoshi.registers.membership",
    "luoshi.registers.meetings",
    "luoshi.registers.events",
    "luoshi.registers.study",
    "luoshi.registers.leading",
    "luoshi.registers.training",
    "luoshi.registers.overseas",
    "luoshi.registers.waivers",
    "luoshi.registers.opinions",
    "luoshi.registers.notices",
]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "django_tasks",
    "django_tasks_db",
    "luoshi.foundation",
    "luoshi.ui",
    "luoshi.engine",
    "luoshi.plan",
    *REGISTERS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "luoshi.ui.middleware.headers",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "luoshi.ui.middleware.language",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # a page is closed unless it says otherwise
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "luoshi.engine.actor.attach_actor",
]

ROOT_URLCONF = "luoshi.config.urls"
WSGI_APPLICATION = "luoshi.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "luoshi.ui.jinja.environment"},
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

# Beside the data, so that every server process counts the same wrong passwords.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": ROOT / "cache"}}

AUTH_USER_MODEL = "foundation.Account"
AUTHENTICATION_BACKENDS = ["luoshi.foundation.grants.SessionDoor"]
LOGIN_URL = "/sign-in/"
FEEDBACK_ROUTE = "feedback-send"  # where the foot of every page leads those who have something to say
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "Y-m-d"

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "luoshi.ui.storage.Kept"},
}
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = ROOT / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
IMPORT_KEPT_DAYS = int(os.environ.get("LUOSHI_IMPORT_KEPT_DAYS", "30"))  # then the files of imports are forgotten
UPLOAD_LIMIT = 20 * 1024 * 1024

TASKS = {"default": {"BACKEND": os.environ.get("LUOSHI_TASKS", "django_tasks_db.DatabaseBackend")}}

# Messages that leave the house: mail by smtp://user:password@host:port (smtps:// or smtp+tls://), robots by these addresses only.
ADDRESS = os.environ.get("LUOSHI_ADDRESS", "http://127.0.0.1:8000")  # of the product, as receivers open it
_SMTP = urlsplit(os.environ.get("LUOSHI_SMTP", ""))
EMAIL_HOST, EMAIL_PORT = _SMTP.hostname or "", _SMTP.port or (465 if _SMTP.scheme == "smtps" else 587 if "tls" in _SMTP.scheme else 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_SMTP.username or ""), unquote(_SMTP.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _SMTP.scheme == "smtps", _SMTP.scheme == "smtp+tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("LUOSHI_MAIL_FROM", "luoshi@localhost")
ROBOTS = {"wecom": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={}",
          "dingtalk": "https://oapi.dingtalk.com/robot/send?access_token={}",
          "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/{}"}

SECURE = os.environ.get("LUOSHI_HTTPS") == "1"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "luoshi.engine.pages.failures.forged"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["luoshi.engine.api.tokens.TokenAuthentication",
                                       "rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {"TITLE": "Luoshi", "VERSION": "1", "OAS_VERSION": "3.1.1", "SERVE_INCLUDE_SCHEMA": False}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
PRODUCT = _("落实")
