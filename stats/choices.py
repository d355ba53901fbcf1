"""The codes of releases, orders and decisions on figures, with their words as Django's choices."""

from __future__ import annotations

from core.text import Text
from partners.choices import of

AUDIENCES = {
    "public": Text("offentligheden", "the public"),
    "authority": Text("myndigheder", "authorities"),
    "exact": Text("centret", "the centre"),
}
FACT_DECISIONS = {
    "superseded": Text("afløst", "superseded"),
    "different_definition": Text("anden definition", "different definition"),
    "interval": Text("kendt som et interval", "known as an interval"),
}
FACT_OUTCOMES = {
    "CONFIRMED": Text("bekræftet", "confirmed"),
    "REFUSED": Text("afvist", "refused"),
    "TAKEN_BACK": Text("taget tilbage", "taken back"),
}
ORDER_KINDS = {
    "BUILD": Text("udkast", "draft"),
    "PROPOSE": Text("forslag til tabeller", "proposals of tables"),
}
ORDER_STATES = {
    "OPEN": Text("venter", "waiting"),
    "RUNNING": Text("dannes", "being built"),
    "DONE": Text("dannet", "built"),
    "FAILED": Text("afvist", "refused"),
}
DATE_STATUSES = {
    "ANNOUNCED": Text("foreløbig dato", "provisional date"),
    "CONFIRMED": Text("fast dato", "confirmed date"),
    "POSTPONED": Text("flyttet", "postponed"),
    "CANCELLED": Text("aflyst", "cancelled"),
    "PUBLISHED": Text("udgivet", "published"),
}
SCHEDULE_OUTCOMES = {
    "PUBLISHED": Text("udgivet", "published"),
    "TAKEN_BACK": Text("taget tilbage", "taken back"),
    "FAILED": Text("kunne ikke udgives", "could not be published"),
}
PROTECTED_AUDIENCES = of({code: words for code, words in AUDIENCES.items() if code != "exact"})
