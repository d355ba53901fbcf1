"""Signing in: a password and a second factor, guesses that end, sessions that end, and nothing that tells who has an account."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core import mail
from django.db import connection
from django.utils import timezone

from partners.models import AuditEvent, CacheEntry, WebSession
from tests.callers import Browser
from tests.people.visitors import PASSWORD, Elements, account, code, password, signed_in, staff, with_app
from tests.threads import at_once  # type: ignore[attr-defined]

pytestmark = pytest.mark.django_db
