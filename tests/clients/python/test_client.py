"""The client at the program as it is served."""

from __future__ import annotations

from uuid import uuid4

import pytest

from cases.models import Referral
from henvis_client import Client, CredentialProblem, Problem, linkage_code
from tests.callers import Caller, referral
from tests.clients.python.transports import ADDRESS, Clock, InProcess, Losing


def test_who_am_i(served: Client, ngo: Caller) -> None:
    me = served.whoami()
    assert me["partner"]["name"] == ngo.partner.name
    assert me["client_id"] == ngo.client.client_id


def test_a_referral_is_created_corrected_and_refused(served: Client) -> None:
    reference = uuid4()
    assert served.put_referral(reference, referral())["version"] == 1
    assert served.put_referral(reference, referral())["version"] == 1
    with pytest.raises(Problem) as caught:
        served.put_referral(reference, referral(gender="M"))
    assert (caught.value.code, caught.value.status, caught.value.etag) == ("precondition_required", 428, '"1"')
    assert served.put_referral(reference, referral(gender="M"), version=1)["version"] == 2
    with pytest.raises(Problem) as caught:
        served.put_referral(reference, referral(), only_new=True)
    assert caught.value.code == "precondition_failed"


def test_what_is_wrong_is_told_in_the_language_that_was_asked_for(ngo: Caller, clock: Clock) -> None:
    details = {}
    for language in ("da", "en"):
        client = Client(
            ADDRESS,
            ngo.client.client_id,
            ngo.secret,
            language=language,
            timing=clock.timing,
            transport=InProcess(),
        )
        with pytest.raises(Problem) as caught:
            client.put_referral(uuid4(), referral(gender="QQ-7"))
        (violation,) = caught.value.errors
        assert violation.place == "#/gender"
        assert "F" in violation.allowed
        details[language] = (caught.value.title, violation.detail)
        assert "QQ-7" not in repr((vars(caught.value), str(caught.value)))
    assert details["da"] != details["en"]


def test_a_wrong_secret(ngo: Caller, clock: Clock) -> None:
    client = Client(ADDRESS, ngo.client.client_id, "hv_test_wrong", timing=clock.timing, transport=InProcess())
    with pytest.raises(CredentialProblem) as caught:
        client.whoami()
    assert (caught.value.code, caught.value.exit_code) == ("invalid_client", 3)
    assert clock.naps == []


def test_a_token_that_was_revoked_is_renewed(served: Client) -> None:
    from oauth2_provider.models import get_access_token_model

    served.whoami()
    get_access_token_model().objects.all().delete()
    assert served.whoami()


def test_a_linkage_code_is_stored(served: Client) -> None:
    reference = uuid4()
    served.put_referral(reference, referral())
    served.put_linkage_code(reference, linkage_code(bytes(32), "Okafor", "Blessing", "1998-04-23"))
    with pytest.raises(Problem) as caught:
        served.put_linkage_code(uuid4(), "0" * 64)
    assert caught.value.code == "not_found"


def test_statistics_need_no_token(served: Client) -> None:
    table = served.statistics("persons", period="2019..2020")
    assert table["class"] == "dataset"
    text = served.statistics_file("persons", form="csv", period=["2019", "2020"]).decode("utf-8-sig")
    assert len(text.splitlines()) == 3
    with pytest.raises(Problem) as caught:
        served.statistics("persons", period="never")
    assert caught.value.code == "invalid_parameter"


def test_a_bad_network_stores_each_referral_once(ngo: Caller, clock: Clock) -> None:
    network = Losing(InProcess(), share=30, seed=2)
    client = Client(ADDRESS, ngo.client.client_id, ngo.secret, timing=clock.timing, transport=network)
    references = [uuid4() for _ in range(12)]
    for reference in references:
        assert client.put_referral(reference, referral())["version"] == 1
    assert network.answers_lost
    stored = Referral.objects.filter(partner=ngo.partner).values_list("reference", "version")
    assert sorted(stored) == sorted((each, 1) for each in references)
