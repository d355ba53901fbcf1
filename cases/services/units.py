"""The units of counts in words, as many of them as a figure says."""

from __future__ import annotations

from cases.services.shapes import CountUnit
from core.text import Text

UNIT_WORDS: dict[CountUnit, Text] = {
    CountUnit.VISIT: Text("besøg", "visits"),
    CountUnit.CONSULTATION: Text("besøg i klinik", "clinic visits"),
    CountUnit.ADDRESS: Text("adresser", "addresses"),
    CountUnit.CONTACT: Text("kontakter", "contacts"),
    CountUnit.ESTIMATE: Text("personer, anslået", "persons, estimated"),
    CountUnit.SERVICE: Text("ydelser", "services"),
    CountUnit.SUSPICION: Text("mistanker", "suspicions"),
    CountUnit.REFERRAL: Text("henvisninger", "referrals"),
    CountUnit.DAY: Text("dage", "days"),
    CountUnit.PLACE: Text("pladser", "places"),
    CountUnit.NIGHT: Text("overnatninger", "nights"),
    CountUnit.STAY: Text("ophold", "stays"),
    CountUnit.REQUEST: Text("henvendelser", "requests"),
    CountUnit.CALL: Text("opkald", "calls"),
    CountUnit.GRANT: Text("bevillinger", "grants"),
    CountUnit.RETURN: Text("trin i hjemrejser", "stages of returns"),
    CountUnit.SUSPECT: Text("mistænkte", "suspects"),
    CountUnit.DEFENDANT: Text("personer i straffesager", "persons in criminal cases"),
    CountUnit.DECISION: Text("afgørelser", "decisions"),
    CountUnit.JUDGMENT: Text("domme", "judgments"),
    CountUnit.STAFF: Text("medarbejdere", "staff"),
}
