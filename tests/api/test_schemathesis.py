"""Every operation of openapi.json against the application, with what schemathesis makes up: valid and invalid requests alike."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig

from api.shape import month_text
from cases import dictionary as d
from cases import rules, tokens
from cases.errors import RulesBroken
from cases.fields import stored
from tests.callers import Caller

schema = schemathesis.openapi.from_wsgi("/openapi.json", get_wsgi_application())
