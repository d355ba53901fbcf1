"""National action plans for everybody, without a key. What a second member of staff has not approved is not there."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from api.http.bodies import invented_mark
from api.http.public import HOUR, PublicView, public_answer
from api.openapi.headers import KEPT
from api.openapi.parts import KEPT_ALREADY, Answer, Parameter, endpoint
from api.reference import plan_bodies
from cases.errors import NotFound
from publications.plans import reading
from publications.plans.plans import OF_2022, PLANS

PLAN_ID = Parameter("plan_id", "The id of a plan.", plan_bodies.PlanId, place="path", example=OF_2022.id)


class PlanList(PublicView):
    """The plans."""

    @endpoint(
        "listPlans",
        "National action plans",
        (
            "Every plan with its areas, initiatives and sources, and the ministries that have answered for "
            "the plans, each from a day."
        ),
        Answer(200, "The plans.", plan_bodies.PlansBody, [plan_bodies.PLANS_LIST], KEPT),
        KEPT_ALREADY,
    )
    def get(self, request: Request) -> HttpResponse:
        """All of them."""
        return public_answer(request, plan_bodies.PlansBody.of_all(), cache=HOUR)


class PlanDetail(PublicView):
    """A plan."""

    @endpoint(
        "readPlan",
        "A plan with its indicators and what was observed of them",
        (
            "Indicators and observations that two members of staff have read. A computed observation names the release and vintage "
            "that it is of. Where the release hides the cell, there is no value. A later vintage adds an observation "
            "and takes none away."
        ),
        Answer(200, "The plan.", plan_bodies.PlanDetailBody, [plan_bodies.PLAN], KEPT),
        KEPT_ALREADY,
        parameters=[PLAN_ID],
        problems=("not_found",),
    )
    def get(self, request: Request, plan_id: str) -> HttpResponse:
        """The plan as everybody reads it."""
        if plan_id not in PLANS:
            raise NotFound
        body = plan_bodies.PlanDetailBody.of_state(reading.read(PLANS[plan_id]))
        # The plan itself is real.
        for each in body.indicators:
            each.invented = invented_mark()
        return public_answer(request, body)
