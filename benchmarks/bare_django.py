"""The floor of a view: the program's own server, settings and layers, and a view that runs one prepared SELECT.

It runs it each time: the layer that gives public answers again is left out.
"""

from __future__ import annotations

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

django.setup()


def one_select(request: HttpRequest) -> HttpResponse:
    """The very bytes, from one row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM bench_answer WHERE id = 1")
        (body,) = cursor.fetchone() or (b"",)
    return HttpResponse(body, content_type="application/json")


urlpatterns = [re_path("", one_select)]
settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = [layer for layer in settings.MIDDLEWARE if layer != "api.statistics.answers.Repeats"]
application = get_wsgi_application()
