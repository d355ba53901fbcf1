import pytest
from tests.cases.linking.world import *
from cases.linking.models import CaseLink, RecordLink
from tests.cases.statistics.records import partner

pytestmark = pytest.mark.django_db


def test_it():
    c, n = partner("CENTRE"), partner("NGO")
    a, b, d = (person(c, n) for _ in range(3))
    m1 = together(a, b)
    m2 = together(b, d)
    assert CaseLink.objects.current().count() == 2
    back(m1)
    assert CaseLink.objects.current().count() == 1
    back(m2)
    assert CaseLink.objects.current().count() == 0
    r = referral(a, n)
    s, new = apart(a, r)
    s2, new2 = apart(a, assessed=(c,))
    assert RecordLink.objects.current().count() == 2
    back(s)
    back(s2)
    assert RecordLink.objects.current().count() == 0
