"""What one would write instead: a `ModelViewSet` with the same fields, and nothing of history, links, rules, audit or retries.

It asks by our own statement who calls, which costs less than the toolkit's, and has fewer layers than a new project of Django.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import django
from django.conf import settings

django.setup()
settings.MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"]
settings.ROOT_URLCONF = __name__

from django.contrib.postgres.fields import ArrayField  # noqa: E402 (needs Django)
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.urls import include, path  # noqa: E402
from rest_framework.negotiation import DefaultContentNegotiation  # noqa: E402
from rest_framework.parsers import JSONParser  # noqa: E402
from rest_framework.renderers import JSONRenderer  # noqa: E402
from rest_framework.routers import SimpleRouter  # noqa: E402
from rest_framework.serializers import BaseSerializer, ModelSerializer  # noqa: E402
from rest_framework.viewsets import ModelViewSet  # noqa: E402

from api.http.authentication import principal  # noqa: E402
from cases import dictionary as d  # noqa: E402
from cases.fields import CodedField, CodeSetField, Field, TokenField  # noqa: E402

FIELDS = [field for field in d.REFERRAL if not isinstance(field, TokenField)]


def column(field: Field) -> models.Field[Any, Any]:
    """The column of a field, with its choices."""
    if isinstance(field, CodedField):
        return models.CharField(max_length=32, choices=[(code, code) for code in field.allowed])
    if isinstance(field, CodeSetField):
        choices = [(code, code) for code in field.allowed]
        return ArrayField(models.CharField(max_length=32, choices=choices), default=list)
    return models.CharField(max_length=7)


class PlainReferral(models.Model):
    """A referral without versions."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    partner_id = models.UUIDField(db_index=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bench"
        db_table = "bench_referral"

    def __str__(self) -> str:
        return str(self.id)


for each in FIELDS:
    PlainReferral.add_to_class(each.name, column(each))


class PlainSerializer(ModelSerializer[PlainReferral]):
    """Every field."""

    class Meta:
        model = PlainReferral
        fields = ["id", "recorded_at", *(field.name for field in FIELDS)]


class PlainReferrals(ModelViewSet[PlainReferral]):
    """The caller's referrals."""

    serializer_class = PlainSerializer
    permission_classes = ()
    parser_classes = (JSONParser,)
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = DefaultContentNegotiation

    def get_queryset(self) -> models.QuerySet[PlainReferral]:
        """Those of the caller."""
        return PlainReferral._default_manager.filter(partner_id=principal(self.request).partner_id)

    def perform_create(self, serializer: BaseSerializer[PlainReferral]) -> None:
        """Under the caller's name."""
        serializer.save(partner_id=principal(self.request).partner_id)


router = SimpleRouter(use_regex_path=False)
router.register("referrals", PlainReferrals, basename="referral")
urlpatterns = [path("", include(router.urls))]
application = get_wsgi_application()
