"""The linkage code of a partner's own referral: it can be said and deleted, and never read."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.http.authentication import principal
from api.openapi.parts import Answer, RequestBody, endpoint
from api.records import examples
from api.records.bodies import LinkageCodeInput
from api.records.parameters import REFERENCE, reference_of
from api.records.reading import Reader
from cases.duplicates import linkage
from cases.intake.values import FieldRefused, Input
from partners.kinds import Scope

OFFLINE = (
    "Made by you, offline, of a name and a day of birth, with a key that partners share and the centre never holds "
    "(docs/linkage-code.md). It lets the centre see that two referrals may be of one person, and nothing else. It takes the "
    "place of an earlier one. Nobody can read it again, you neither."
)


def read_linkage_code(data: object) -> str:
    """64 hexadecimal digits in lower case, and no other writing of them: equal codes must be equal texts."""
    if type(data) is not str or not linkage.CODE.fullmatch(data):
        raise FieldRefused("linkage_code_expected")
    return data


LINKAGE_CODE = Reader(LinkageCodeInput, {"linkage_code": Input(read_linkage_code)})


class LinkageCodeDetail(APIView):
    """The linkage code of one referral."""

    scopes = {"PUT": Scope.REFERRALS_WRITE, "DELETE": Scope.REFERRALS_WRITE}

    @endpoint(
        "putLinkageCode",
        "Say the linkage code of a referral",
        OFFLINE,
        Answer(204, "Stored."),
        parameters=[REFERENCE],
        request=RequestBody(LinkageCodeInput, [examples.LINKAGE_CODE_INPUT]),
        problems=("not_found", "erased"),
    )
    def put(self, request: Request, reference: str) -> Response:
        """Store it, in place of an earlier one."""
        key = reference_of(reference)
        linkage.put(by=principal(request), reference=key, code=LINKAGE_CODE.read(request.data)["linkage_code"])
        return Response(None, 204)

    @endpoint(
        "deleteLinkageCode",
        "Delete the linkage code of a referral",
        "It is gone for good, also where the referral is withdrawn. Again, nothing changes.",
        Answer(204, "There is none any more."),
        parameters=[REFERENCE],
        problems=("not_found", "erased"),
    )
    def delete(self, request: Request, reference: str) -> Response:
        """Delete it, if there is one."""
        linkage.delete(by=principal(request), reference=reference_of(reference))
        return Response(None, 204)
