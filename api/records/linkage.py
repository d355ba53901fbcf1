"""The linkage code of a partner's own referral: it can be said and deleted, and never read."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.http import parameters
from api.http.authentication import principal
from api.records.referrals import reference_of
from api.records.shape import FieldRefused, StrictSerializer
from cases.duplicates import linkage
from partners.kinds import Scope


class LinkageCodeField(serializers.Field[str, object, str, str]):
    """64 hexadecimal digits in lower case, and no other writing of them: equal codes must be equal texts."""

    def to_internal_value(self, data: object) -> str:
        """The code. Raises `FieldRefused`."""
        if type(data) is not str or not linkage.CODE.fullmatch(data):
            raise FieldRefused("linkage_code_expected")
        return data


class LinkageCodeSerializer(StrictSerializer):
    """The body of a PUT."""

    linkage_code = LinkageCodeField()


LINKAGE_CODE_SHAPE = LinkageCodeSerializer()


class LinkageCodeDetail(APIView):
    """The linkage code of one referral."""

    scopes = {"PUT": Scope.REFERRALS_WRITE, "DELETE": Scope.REFERRALS_WRITE}

    def put(self, request: Request, reference: str) -> Response:
        """Store it, in place of an earlier one."""
        parameters.read(request, ())
        key = reference_of(reference)
        code = LINKAGE_CODE_SHAPE.parse(request.data)["linkage_code"]
        linkage.put(by=principal(request), reference=key, code=code)
        return Response(None, 204)

    def delete(self, request: Request, reference: str) -> Response:
        """Delete it, if there is one."""
        parameters.read(request, ())
        linkage.delete(by=principal(request), reference=reference_of(reference))
        return Response(None, 204)
