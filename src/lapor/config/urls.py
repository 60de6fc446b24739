"""Which face answers which address."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from lapor.config import styleguide
from lapor.portal.views.account import demo_sign_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lapor.portal.urls")),
    path("meja/", include("lapor.desk.urls")),
    path("kanal/", include("lapor.channels.urls")),
    path("bahasa/", set_language, name="set_language"),
]

if settings.DEMO:
    urlpatterns += [path("kursi/", demo_sign_in, name="demo_sign_in")]
if settings.DEMO or settings.DEBUG:
    urlpatterns += styleguide.urlpatterns
