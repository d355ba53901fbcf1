"""A purge deletes one referral for ever, and nothing else."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from cases.duplicates.models import LinkageCode
from cases.models import Case, Referral
from partners.models import AuditEvent
from tests.callers import Caller, referral


def test_every_version_goes_and_the_audit_names_no_reference(ngo: Caller) -> None:
    path, body = ngo.referral()
    kept, _ = ngo.referral()
    ngo.put(path, referral(gender="M"), If_Match='"1"')
    call_command("purge", ngo.partner.name, body["reference"], reason="ENTERED_IN_ERROR")
    assert ngo.get(path).status_code == 404
    assert ngo.get(kept).status_code == 200
    assert (Referral.objects.count(), Case.objects.count()) == (1, 2)
    event = AuditEvent.objects.get(action="referral.purge")
    assert event.detail == {"versions": 2, "reason_code": "ENTERED_IN_ERROR"}
    assert body["reference"] not in f"{event.subject}{event.detail}"


def test_the_door_is_shut_again_afterwards(ngo: Caller) -> None:
    _, body = ngo.referral()
    ngo.referral()
    call_command("purge", ngo.partner.name, body["reference"], reason="ENTERED_IN_ERROR")
    with pytest.raises(Exception, match="append-only"):
        Referral.objects.all().delete()


def test_the_linkage_code_goes_with_it(ngo: Caller) -> None:
    (gone, body), (kept, _) = ngo.referral(), ngo.referral()
    for path in (gone, kept):
        assert ngo.put(f"{path}/linkage-code", {"linkage_code": "c" * 64}).status_code == 204
    call_command("purge", ngo.partner.name, body["reference"], reason="ENTERED_IN_ERROR")
    assert [str(row.reference) for row in LinkageCode.objects.all()] == [kept.rsplit("/")[-1]]


def test_a_replay_of_what_was_purged_finds_nothing(ngo: Caller) -> None:
    reference = json.loads(ngo.post("/api/v1/referrals", referral(), Idempotency_Key="0123456789-abcdefghi").content)[
        "reference"
    ]
    call_command("purge", ngo.partner.name, reference, reason="DUPLICATE")
    assert ngo.post("/api/v1/referrals", referral(), Idempotency_Key="0123456789-abcdefghi").status_code == 404


def test_anothers_referral_is_not_found(ngo: Caller, other_ngo: Caller) -> None:
    path, body = ngo.referral()
    with pytest.raises(CommandError, match="no such referral"):
        call_command("purge", other_ngo.partner.name, body["reference"], reason="DUPLICATE")
    with pytest.raises(CommandError, match="no such partner"):
        call_command("purge", "nobody", body["reference"], reason="DUPLICATE")
    assert ngo.get(path).status_code == 200
