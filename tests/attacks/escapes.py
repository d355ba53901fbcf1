"""Queries that ask for more than one published cell in other words: sets, complements, ranges, wildcards, other spellings."""

from __future__ import annotations

from urllib.parse import quote

from tests.attacks.crawl import TABLE, Reader
from tests.attacks.scores import Score

SETS = [
    "gender=F,M", "gender=F|M", "gender=F;M", "gender=F M", "gender=F/M", "gender=[F,M]", "gender=(F,M)",
    'gender=["F","M"]', "gender=F&gender=M", "gender[]=F&gender[]=M", "gender[0]=F", "gender__in=F,M",
    "gender:in=F,M", "gender.in=F,M", "gender=in:F,M", "gender=F OR M", "gender=F%2CM", "citizenship=AFRICA,ASIA",
    "citizenship=NG&citizenship=RO", "filter=gender eq 'F' or gender eq 'M'", "$filter=gender in ('F','M')",
    "where=gender='F'", "q=gender:F", "gender=F:M",
]  # fmt: skip
COMPLEMENTS = [
    "gender!=F", "gender=!F", "gender=-F", "gender=~F", "gender=^F", "gender__ne=F", "gender__not=F", "gender=not:F",
    "not=gender:F", "exclude=gender:F", "gender__exclude=F", "-gender=F", "gender=ne.F", "gender=<>F",
    "gender=TOTAL-F", "gender=null", "gender=",
]  # fmt: skip
RANGES = [
    "age_band=Y15T24", "age_band=Y15T17-Y18T24", "age_band=Y15T17..Y18T24", "age_band=Y15T17:Y18T24",
    "age_band__gte=Y18T24", "age_band>=Y18T24", "age_band=>=Y18T24", "age_band=[Y15T17 TO Y18T24]", "age=17",
    "age_band=17", "period=2011,,2012", "period=2011/2013", "period=2011..2012..2013", "period=2012-2011", "period=2011-05",
    "period=2011-01-01", "period=2011-Q1,2011-Q2", "year=2011,2012", "year__gte=2011", "year=2011-2012",
    "year=2011&year=2012", "period=2011&year=2011", "from=2011&to=2012", "month=2011-05", "since=2011-01-01",
    "referred_in=2011-05", "decided_in=2011-05", "release=2011.p1,2012.p1",
]  # fmt: skip
WILDCARDS = [
    "gender=*", "gender=%", "gender=?", "gender=F*", "gender=.*", "gender=ALL", "gender=all", "gender=_",
    "gender=TOTAL", "by=*", "by=all", "by=citizenship.*", "release=*", "release=all", "period=*", "period=____",
    "measure=*", "citizenship=N_",
]  # fmt: skip
SPELLINGS = [
    "gender=f", "Gender=F", "GENDER=F", "gender=Ｆ", "gender=F ", "gender= F", "gender=F\u200b", "gender=F\u0000",
    "gender=\ufeffF", "gender=F\n", "gender=F\t", "gender=𝐅", "gender=F\u0301", "citizenship=ｎｇ", "citizenship=ng",
    "citizenship=NGA", "citizenship=NG\u0307", "citizenship=АSIA", "by=Gender", "by=GENDER", "by=gender ",
    "by=ｇｅｎｄｅｒ", "by=gender,", "by=,gender", "by=gender,,region", "by=gender;region", "by=gender region",
    "by=gender|region", "by[]=gender", "year=２０１１", "year=02011", "year=2011.0", "year=+2011", "year=2011 ",
    "release=2011.P1", "release=2011.p01", "release= 2011.p1", "gеnder=F",
]  # fmt: skip
DEEPER = [
    "by=gender,gender", "by=citizenship,citizenship.eu", "by=record", "by=partner", "by=case",
    "by=month", "by=decided_in", "by=exploitation_also", "by=means_of_control", "by=services_needed",
    "by=exploitation_detail", "exploitation_also=LABOUR", "setting=STREET", "measure=min", "measure=max",
    "measure=median", "measure=mean", "measure=list", "measure=count,count", "measure=sum", "limit=1", "offset=1",
    "page=2", "cursor=x", "sort=count", "order_by=-count", "fields=id", "min_count=1", "having=count>1",
    "group_by=gender", "raw=true", "debug=1", "threshold=0", "suppress=false", "exact=true", "totals=only",
    "format=pdf", "callback=x", "audience=everybody",
]  # fmt: skip
ESCAPES = [*SETS, *COMPLEMENTS, *RANGES, *WILDCARDS, *SPELLINGS, *DEEPER]


def path_of(escape: str) -> str:
    """The path of an escape, its characters encoded where a URL needs it."""
    return f"{TABLE}?{quote(escape, safe='=&%+')}"


def escaping(reader: Reader) -> Score:
    """How many escapes are answered with figures."""
    answers = [reader.get(path_of(escape)) for escape in ESCAPES]
    return Score(sum(answer.status == 200 for answer in answers), len(ESCAPES))
