"""Django's settings; what an operator may change is read from the environment by `env`."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from lapor.channels.email import setting as email_in
from lapor.config import env, social
from lapor.kernel import state
from lapor.ops.localdb.places import places

PACKAGE = Path(__file__).resolve().parents[1]
STATE = state.folder()

# --- What kind of installation this is ---------------------------------------------------------

DEBUG = env.flag("LAPOR_DEBUG")
DEMO = env.flag("LAPOR_DEMO")  # one-click sign-in of the fictional cast; never together with production
PRODUCTION = env.flag("LAPOR_PRODUCTION")
if PRODUCTION and (DEBUG or DEMO):
    raise ImproperlyConfigured("LAPOR_PRODUCTION goes neither with LAPOR_DEBUG nor with LAPOR_DEMO.")

SECRET_KEY = env.secret("LAPOR_SECRET_KEY", production=PRODUCTION)
IDENTITY_KEY = env.secret("LAPOR_IDENTITY_KEY", production=PRODUCTION)

# --- Applications ------------------------------------------------------------------------------

ROOT_URLCONF = "lapor.config.urls"
WSGI_APPLICATION = "lapor.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "identity.Account"

INSTALLED_APPS = [
    "lapor.kernel",
    "lapor.ledger",
    "lapor.identity",
    "lapor.agencies",
    "lapor.reports",
    "lapor.messaging",
    "lapor.intake",
    "lapor.channels",
    "lapor.insights",
    "lapor.portal",
    "lapor.desk",
    "lapor.ops",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

FORM_RENDERER = "lapor.kernel.drawing.Drawn"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lapor.config.compression.CompressTexts",
    "lapor.config.headers.PermissionsPolicy",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lapor.config.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "lapor.portal.overlong.KeepBeginning",  # before the first look at a form's fields
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "lapor.portal.demo.cast",
            ],
        },
    },
]

# --- Data --------------------------------------------------------------------------------------

_url = env.text("DATABASE_URL")
DATABASES = {
    "default": env.database(_url) if _url else env.local(places(STATE).connection()),
}
DATABASES["default"]["TEST"] = {"NAME": env.text("LAPOR_TEST_DB", "test_lapor")}

# --- People ------------------------------------------------------------------------------------

SECOND_FACTOR = not DEMO  # officers need an authenticator app or a passkey beside the password; the cast has neither
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_AGE = 12 * 60 * 60  # one working day, with the evening
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "lapor.portal.views.filing.expired"  # a report comes back as it was typed

# --- Language and time -------------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # every calendar brings its own zone; nothing may depend on the server's

# --- Files -------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "static"] if (PACKAGE / "static").is_dir() else []
STATIC_ROOT = STATE / "static"
MEDIA_ROOT = STATE / "files"  # never served by address; views hand files out after asking who wants them
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # text of one form; files are counted apart
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 60  # a form takes ten and says so; beyond this the whole request is refused

# --- Mail --------------------------------------------------------------------------------------

globals().update(env.mail(env.text("LAPOR_MAIL", "console:")))
DEFAULT_FROM_EMAIL = env.text("LAPOR_MAIL_FROM", "LAPOR! <lapor@localhost>")
LAPOR_BASE_URL = env.text("LAPOR_BASE_URL", "http://localhost:8000").rstrip("/")  # what links in messages begin with
# News on phones (web push). The key must stay: with another one every phone that subscribed is lost.
PUSH_KEY: str = env.secret("LAPOR_PUSH_KEY", production=False) if not PRODUCTION or env.text("LAPOR_PUSH_KEY") else ""
LAPOR_CHANNELS = ["lapor.messaging.mail.Mail"]  # one class for each kind of address; see lapor.messaging.channel
if PUSH_KEY:
    LAPOR_CHANNELS += ["lapor.messaging.push.Push"]

# Who reads what comes in: a plain function for each channel; see lapor.intake.contract and docs/reference/channels.md.
LAPOR_PARSERS: dict[str, str] = {}

# SMS through Kannel (docs/howto/sms-with-kannel.md); without an address of its sendsms there is no such channel.
LAPOR_KANNEL_URL = env.text("LAPOR_KANNEL_URL")
LAPOR_KANNEL_USER = env.text("LAPOR_KANNEL_USER", "lapor")
LAPOR_KANNEL_PASSWORD = env.text("LAPOR_KANNEL_PASSWORD")
LAPOR_KANNEL_SECRET = env.text("LAPOR_KANNEL_SECRET")  # stands in kannel.conf's get-url; nothing comes in without it
LAPOR_KANNEL_HOSTS = env.words("LAPOR_KANNEL_HOSTS", "127.0.0.1,::1")  # from where Kannel knocks
LAPOR_KANNEL_CALLBACK = env.text("LAPOR_KANNEL_CALLBACK", LAPOR_BASE_URL).rstrip("/")  # where it reaches us
LAPOR_SMS_NUMBER = env.text("LAPOR_SMS_NUMBER", "1708")
LAPOR_SMS_QUIET = env.text("LAPOR_SMS_QUIET", "21-6")  # hours, in the reporter's zone, in which no telephone rings
LAPOR_SMS_PER_MINUTE = env.number("LAPOR_SMS_PER_MINUTE", 600)
LAPOR_PARSERS["sms"] = "lapor.channels.sms.inbound.read"
if LAPOR_KANNEL_URL:
    LAPOR_CHANNELS += ["lapor.channels.sms.outbound.Sms"]
LAPOR_LOOPS: dict[str, str] = {}  # what `lapor up` runs beside worker and clock, by `lapor channel <name>`
# SMS through one modem (docs/howto/sms-with-gammu.md): the database of gammu-smsd. Either Kannel or a modem sends.
LAPOR_GAMMU_DATABASE = env.text("LAPOR_GAMMU_DATABASE")
if LAPOR_GAMMU_DATABASE:
    if LAPOR_KANNEL_URL:
        raise ImproperlyConfigured("LAPOR_KANNEL_URL and LAPOR_GAMMU_DATABASE are both set: take one of the two away.")
    LAPOR_CHANNELS += ["lapor.channels.sms.gammu.outbound.Modem"]
    LAPOR_LOOPS["sms"] = "lapor.channels.sms.gammu.poller.Poller"

# E-mail coming in (docs/howto/receive-e-mail.md): our own address, and a door for the mail server or a mailbox.
LAPOR_EMAIL_ADDRESS = email_in.address(env.text("LAPOR_EMAIL_ADDRESS"))
LAPOR_EMAIL_LISTEN = email_in.listener(env.text("LAPOR_EMAIL_LISTEN"))
LAPOR_EMAIL_MAILBOX = email_in.mailbox(env.text("LAPOR_EMAIL_MAILBOX"))
LAPOR_PARSERS["email"] = "lapor.channels.email.inbound.read"
if LAPOR_EMAIL_LISTEN or LAPOR_EMAIL_MAILBOX:
    if not LAPOR_EMAIL_ADDRESS:
        raise ImproperlyConfigured("LAPOR_EMAIL_ADDRESS is missing: the address under which mail comes in.")
    LAPOR_LOOPS["email"] = "lapor.channels.email.postman.Postman"

# WhatsApp, a Facebook page, Instagram (docs/howto/connect-meta.md): one app of Meta's, one webhook at /kanal/meta/.
LAPOR_META_APP_SECRET = env.text("LAPOR_META_APP_SECRET")  # signs every webhook; nothing comes in without it
LAPOR_META_VERIFY_TOKEN = env.text("LAPOR_META_VERIFY_TOKEN")
LAPOR_META_GRAPH = env.text("LAPOR_META_GRAPH", "https://graph.facebook.com/v23.0").rstrip("/")
LAPOR_META_FILE_HOSTS = env.words(
    "LAPOR_META_FILE_HOSTS", "fbsbx.com,fbcdn.net,cdninstagram.com,facebook.com,whatsapp.net"
)
LAPOR_WHATSAPP_PHONE_ID = env.text("LAPOR_WHATSAPP_PHONE_ID")
LAPOR_WHATSAPP_TOKEN = env.text("LAPOR_WHATSAPP_TOKEN")
LAPOR_WHATSAPP_TEMPLATE = env.text("LAPOR_WHATSAPP_TEMPLATE")  # the approved one, for news after 24 hours
LAPOR_WHATSAPP_TEMPLATE_LANGUAGE = env.text("LAPOR_WHATSAPP_TEMPLATE_LANGUAGE", "id")
LAPOR_WHATSAPP_PER_MINUTE = env.number("LAPOR_WHATSAPP_PER_MINUTE", 1000)
LAPOR_FACEBOOK_PAGE_ID = env.text("LAPOR_FACEBOOK_PAGE_ID")
LAPOR_FACEBOOK_TOKEN = env.text("LAPOR_FACEBOOK_TOKEN")
LAPOR_INSTAGRAM_ID = env.text("LAPOR_INSTAGRAM_ID")
LAPOR_INSTAGRAM_TOKEN = env.text("LAPOR_INSTAGRAM_TOKEN")

# X and YouTube (docs/howto/connect-x-and-youtube.md): nobody calls us, so `lapor channel x` and `... youtube` ask.
LAPOR_X_API = env.text("LAPOR_X_API", "https://api.x.com").rstrip("/")
LAPOR_X_USER_ID = env.text("LAPOR_X_USER_ID")
LAPOR_X_KEY = env.text("LAPOR_X_KEY")
LAPOR_X_SECRET = env.text("LAPOR_X_SECRET")
LAPOR_X_TOKEN = env.text("LAPOR_X_TOKEN")
LAPOR_X_TOKEN_SECRET = env.text("LAPOR_X_TOKEN_SECRET")
LAPOR_X_PER_MINUTE = env.number("LAPOR_X_PER_MINUTE", 1)  # what the plan allows
LAPOR_YOUTUBE_API = env.text("LAPOR_YOUTUBE_API", "https://www.googleapis.com/youtube/v3").rstrip("/")
LAPOR_YOUTUBE_TOKEN_URL = env.text("LAPOR_YOUTUBE_TOKEN_URL", "https://oauth2.googleapis.com/token")
LAPOR_YOUTUBE_CHANNEL_ID = env.text("LAPOR_YOUTUBE_CHANNEL_ID")
LAPOR_YOUTUBE_KEY = env.text("LAPOR_YOUTUBE_KEY")
LAPOR_YOUTUBE_CLIENT_ID = env.text("LAPOR_YOUTUBE_CLIENT_ID")
LAPOR_YOUTUBE_CLIENT_SECRET = env.text("LAPOR_YOUTUBE_CLIENT_SECRET")
LAPOR_YOUTUBE_REFRESH_TOKEN = env.text("LAPOR_YOUTUBE_REFRESH_TOKEN")
LAPOR_YOUTUBE_QUOTA = env.number("LAPOR_YOUTUBE_QUOTA", 10_000)  # units a day, as Google's console says
LAPOR_YOUTUBE_EVERY = env.number("LAPOR_YOUTUBE_EVERY", 120)  # seconds between two looks
LAPOR_CHANNELS += social.channels(globals())
LAPOR_PARSERS |= social.parsers()
LAPOR_LOOPS |= social.loops(LAPOR_CHANNELS)

# How an answer reads where characters are counted: a plain function of letter and channel, for the officers' preview;
# also for channels that are not set up, because a reporter may come by them one day.
LAPOR_PREVIEWS = {"sms": "lapor.channels.sms.compose.words_of", **social.previews()}

# What one part of a short message costs, in rupiah, for the officers' preview; 0: not shown.
LAPOR_SMS_PRICE = env.number("LAPOR_SMS_PRICE", 0)

# --- The browser's side ------------------------------------------------------------------------

ALLOWED_HOSTS = env.words("LAPOR_HOSTS", "" if PRODUCTION else ".localhost,127.0.0.1,[::1]")
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("LAPOR_HOSTS is missing: the names under which this installation is reached.")
CSRF_TRUSTED_ORIGINS = env.words("LAPOR_ORIGINS")
HTTPS = env.flag("LAPOR_HTTPS", default=PRODUCTION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
# Sub-domains and preload lists would speak for host names of the institution that are not ours.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
# Only a proxy that always sets this header itself may be named here; nobody else is believed.
if _header := env.text("LAPOR_PROXY_HTTPS_HEADER"):
    SECURE_PROXY_SSL_HEADER = (_header, "https")
ADDRESS_HEADER = env.text("LAPOR_PROXY_ADDRESS_HEADER", "REMOTE_ADDR")  # where a visitor's address stands
CACHES = {  # only counts of wrong tries live here
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}},
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # tracking codes stand in addresses
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Map tiles of the operator's choice, such as /tiles/{z}/{x}/{y}.png; without them an outline that we carry is drawn.
LAPOR_TILES = env.text("LAPOR_TILES")
LAPOR_TILES_CREDIT = env.text("LAPOR_TILES_CREDIT")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "blob:", *env.origins(LAPOR_TILES)],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# --- Logs --------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "lapor.config.logs.DiscreetFormatter", "show_messages": DEBUG}},
    "filters": {"no_addresses": {"()": "lapor.config.logs.NoAddresses"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "discreet",
            "filters": ["no_addresses"],
        },
    },
    "root": {"handlers": ["stderr"], "level": env.text("LAPOR_LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "gunicorn.http.wsgi": {"level": "ERROR"},  # Django leaves it to the server to drop the body of a HEAD
    },
}
