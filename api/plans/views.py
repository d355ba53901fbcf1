"""National action plans for everybody, without a key. What a second member of staff has not approved is not there."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.codelists.views import answer_with_tag, tag_of
from api.http.bodies import invented_mark
from api.http.conditions import is_unchanged
from api.openapi.headers import KEPT
from api.openapi.parts import KEPT_ALREADY, Answer, Parameter, endpoint
from api.plans import examples
from api.plans.bodies import PlanDetailBody, PlanId, PlansBody
from cases.errors import NotFound
from publications.plans import reading
from publications.plans.plans import OF_2022, PLANS

# What is published or withdrawn is to be seen soon.
SOON = {"Cache-Control": "public, max-age=60"}
PLAN_ID = Parameter("plan_id", "The id of a plan.", PlanId, place="path", example=OF_2022.id)


class PlanList(APIView):
    """The plans."""

    authentication_classes = ()
    permission_classes = ()

    @endpoint(
        "listPlans",
        "National action plans",
        (
            "Every plan with its areas, initiatives and sources, and the ministries that have answered for "
            "the plans, each from a day."
        ),
        Answer(200, "The plans.", PlansBody, [examples.PLANS_LIST], KEPT),
        KEPT_ALREADY,
    )
    def get(self, request: Request) -> Response:
        """All of them."""
        return answer_with_tag(request, PlansBody.of_all())


class PlanDetail(APIView):
    """A plan."""

    authentication_classes = ()
    permission_classes = ()

    @endpoint(
        "readPlan",
        "A plan with its indicators and what was observed of them",
        (
            "Indicators and observations that two members of staff have read. A computed observation names the release and vintage "
            "that it is of. Where the release hides the cell, there is no value. A later vintage adds an observation "
            "and takes none away."
        ),
        Answer(200, "The plan.", PlanDetailBody, [examples.PLAN], KEPT),
        KEPT_ALREADY,
        parameters=[PLAN_ID],
        problems=("not_found",),
    )
    def get(self, request: Request, plan_id: str) -> Response:
        """The plan as everybody reads it."""
        if plan_id not in PLANS:
            raise NotFound
        body = PlanDetailBody.of_state(reading.read(PLANS[plan_id]))
        # The plan itself is real.
        for each in body.indicators:
            each.invented = invented_mark()
        headers = {"ETag": (tag := tag_of(body)), **SOON}
        return Response(None, 304, headers=headers) if is_unchanged(request, tag) else Response(body, headers=headers)
