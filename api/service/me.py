"""Who am I."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.http.authentication import principal
from api.openapi.parts import Answer, endpoint
from api.own import reports
from api.service import bodies
from partners.credentials import Principal, live_secrets
from partners.models import Client, Secret
from partners.organisations import agreements
from partners.organisations.agreements import AgreementState


class Me(APIView):
    """The caller's own partner, client and rights."""

    @endpoint(
        "readMe",
        "Who am I",
        "Your organisation, the scopes of this token, when it and your secrets end, your deadlines and limits.",
        Answer(200, "You.", bodies.MeBody, [bodies.ME]),
    )
    def get(self, request: Request) -> Response:
        """Partner, mode, scopes, when the token and the secrets end, and what is to be reported."""
        who = principal(request)
        secrets = live_secrets(Client(pk=who.client_pk)).order_by("expires_at")
        return Response(
            bodies.MeBody(
                partner=bodies.MePartnerBody(str(who.partner_id), who.partner_name, who.kind, who.mode),
                client_id=who.client_id,
                scopes=sorted(who.scopes),
                token_expires_at=who.token_expires.isoformat(),
                secrets=[body_of(secret) for secret in secrets],
                agreement=agreement_of(who),
                reporting=reports.of_caller(who.partner_id, timezone.now()),
                limits=bodies.LIMITS,
            )
        )


def agreement_of(who: Principal) -> bodies.MeAgreementBody | None:
    """How the caller's partner stands with the agreement; None where it needs none."""
    if agreements.needs_none(who):
        return None
    version, state = agreements.current(), agreements.state_of(who.agreement)
    until = version.earlier_until.isoformat() if state == AgreementState.RENEWAL else None
    return bodies.MeAgreementBody(state, who.agreement, version.number, until)


def body_of(secret: Secret) -> bodies.MeSecretBody:
    last_use = secret.last_used_at
    return bodies.MeSecretBody(secret.hint, secret.expires_at.isoformat(), last_use.isoformat() if last_use else None)
