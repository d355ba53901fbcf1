"""The WSGI application."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application

from config import env

# A database that is too old ends the program with a sentence. One that is down does not: /readyz tells, and it may come back.
env.check_server_version(env.required("DATABASE_URL"), must_answer=False)
application = get_wsgi_application()
