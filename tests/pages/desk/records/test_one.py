"""One referral is entered by a form: what is wrong stands at its field, nothing is lost, and it is stored exactly once."""

from __future__ import annotations

import html
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cases import dictionary as d
from cases.fields import CodeSetField
from cases.intake.batches.wording import detail_in_words
from cases.intake.checks.rows import IMPROBABLE
from cases.intake.models import Confirmation
from cases.models import Referral
from cases.months import later, month_id, this_month
from cases.rules import MINOR_BANDS, REFERRAL_RULES, Rule
from cases.tokens import in_groups
from pages.desk.records.fields import conditions
from pages.desk.records.words import HELP
from partners.models import AuditEvent, Partner, RecordRead
from tests.callers import Browser, referral
from tests.pages.desk.records.forms import errors_of, filled, form_at, form_of
from tests.pages.desk.sending import checked
from tests.people.visitors import strict, text

pytestmark = pytest.mark.django_db
ONE = "/send/one/"
LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])


def speak(browser: Browser, language: str) -> None:
    """Choose the language of the pages."""
    browser.post("/account/language/", {"language": language, "next": "/send/"})


@LANGUAGES
def test_the_form_has_every_field_of_the_dictionary_with_its_words(caseworker: Browser, language: str) -> None:
    speak(caseworker, language)
    answer = caseworker.get(ONE)
    strict(answer)
    assert "no-store" in answer["Cache-Control"]
    page = text(answer)
    for field in d.REFERRAL:
        assert f'name="{field.name}"' in page
        assert html.escape(field.label(language)) in page
        assert html.escape(HELP.get(field.name, field.help)(language)) in page
    assert ("også uden samtykke" if language == "da" else "even without consent") in page


def test_a_field_that_depends_on_another_says_so_as_the_rules_have_it(caseworker: Browser) -> None:
    assert set(conditions()[d.GUARDIAN_ASSIGNED.name].codes) == MINOR_BANDS
    assert conditions()[d.EXPLOITATION_DETAIL.name].field == d.EXPLOITATION
    words = conditions()[d.EXPLOITATION_DETAIL.name].words
    assert words.da == "Kun hvis »Udnyttelsesform« er Seksuel udnyttelse, Tvangsarbejde eller Strafbare handlinger."
    assert words.en in text(caseworker.get(ONE))


def test_what_is_sent_is_stored_once_and_its_receipt_says_what_to_keep(caseworker: Browser, shelter: Partner) -> None:
    form = filled(form_at(caseworker, ONE))
    places = {caseworker.post(ONE, form)["Location"] for _ in range(2)}
    stored = Referral.objects.get()
    assert (stored.partner, stored.client.is_desk, str(stored.reference)) == (shelter, True, form["reference"][0])
    (receipt,) = places
    answer = caseworker.get(receipt)
    strict(answer)
    page = text(answer)
    assert str(stored.reference) in page
    assert in_groups(stored.case.token) in page
    event = AuditEvent.objects.get(action="referral.send")
    assert (event.user and event.user.username, event.subject, event.detail) == ("mette", str(shelter.pk), {})
    assert str(stored.reference) not in receipt


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_lost(caseworker: Browser) -> None:
    form = filled(form_at(caseworker, ONE), region=..., gender=..., age_band="Y15T17", minor_when_exploited="NO")
    form["case_token"] = ["7KQ2M8XW4A5"]
    page = text(caseworker.post(ONE, form))
    assert set(errors_of(page)) == {"region", "gender", "minor_when_exploited", "case_token"}
    assert "typing error" in errors_of(page)["case_token"]
    for name in errors_of(page):
        assert f'href="#field-{name}"' in page
        assert f'id="field-{name}"' in page
    again = form_of(page, ONE)
    assert {name: again[name] for name in form} == form
    assert not Referral.objects.exists()


@LANGUAGES
@pytest.mark.parametrize("rule", REFERRAL_RULES, ids=lambda rule: rule.code)
def test_every_rule_is_told_at_its_field_in_its_words(caseworker: Browser, rule: Rule, language: str) -> None:
    speak(caseworker, language)
    page = text(caseworker.post(ONE, filled(form_at(caseworker, ONE), **rule.example)))
    said = errors_of(page)[rule.field]
    assert html.escape(detail_in_words(rule.code)(language)) in said and "_Z" not in said
    assert not Referral.objects.exists()


@pytest.mark.parametrize("typed", ["0101901234", "Anna Jensen", "anna@example.org", "20 12 34 56"])
def test_what_looks_like_an_identifier_is_neither_stored_nor_shown_again(caseworker: Browser, typed: str) -> None:
    answer = caseworker.post(ONE, {**filled(form_at(caseworker, ONE)), "case_token": [typed]})
    page = text(answer)
    assert "deleted" in errors_of(page)["case_token"]
    assert typed not in page
    assert form_of(page, ONE)["region"] == [d.REGION.example]
    assert not Referral.objects.exists()


def test_months_and_codes_that_no_choice_has_are_refused_in_words(caseworker: Browser) -> None:
    future = month_id(later(this_month(), 1))
    form = {**filled(form_at(caseworker, ONE)), "referred_in": [future], "region": ["<b>XX</b>"]}
    page = text(caseworker.post(ONE, form))
    assert set(errors_of(page)) == {"referred_in", "region"}
    assert "&gt;XX" not in page and ">XX" not in page
    form = {**filled(form_at(caseworker, ONE)), "services_needed": ["[]", "LEGAL"], "services_given": ["_N", "LEGAL"]}
    page = text(caseworker.post(ONE, form))
    assert set(errors_of(page)) == {"services_needed", "services_given"}
    assert not Referral.objects.exists()


@pytest.mark.parametrize("check", IMPROBABLE, ids=lambda check: check.code)
def test_what_is_improbable_is_asked_about_and_stored_with_its_reason(
    caseworker: Browser, shelter: Partner, check: object
) -> None:
    form = filled(form_at(caseworker, ONE), **check.example)  # type: ignore[attr-defined]
    page = text(caseworker.post(ONE, form))
    assert f'name="check" value="{check.code}"' in page  # type: ignore[attr-defined]
    assert not Referral.objects.exists()
    asked = form_of(page, ONE)
    assert "Choose why it is right" in text(caseworker.post(ONE, asked))
    answer = caseworker.post(ONE, {**asked, "confirm": ["RARE_BUT_TRUE"]})
    assert answer.status_code == 302
    assert Referral.objects.count() == 1
    assert {each.reason_code for each in Confirmation.objects.all()} == {"RARE_BUT_TRUE"}


def test_a_reason_confirms_only_what_was_asked(caseworker: Browser) -> None:
    check = IMPROBABLE[0]
    form = {**filled(form_at(caseworker, ONE), **check.example), "confirm": ["RARE_BUT_TRUE"]}
    assert "Is this right?" in text(caseworker.post(ONE, form))
    assert not Confirmation.objects.exists()


def test_the_same_form_with_other_content_is_no_second_referral(caseworker: Browser) -> None:
    form = filled(form_at(caseworker, ONE))
    caseworker.post(ONE, form)
    answer = caseworker.post(ONE, {**form, "gender": ["M"]})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "has changed meanwhile" in page
    action = re.search(r'action="(/send/record/[^"]+/correct/)"', page)
    assert action
    assert caseworker.post(action[1], form_of(page, action[1])).status_code == 302
    assert [row.gender for row in Referral.objects.order_by("version")] == ["F", "M"]


def test_a_token_links_to_its_case_and_one_that_nobody_knows_is_no_error(caseworker: Browser) -> None:
    caseworker.post(ONE, filled(form_at(caseworker, ONE)))
    token = Referral.objects.get().case.token
    for each in (f"{token[:5].lower()}-{token[5:]}", "7KQ2M8XW4A4"):
        form = {**filled(form_at(caseworker, ONE), gender="M"), "case_token": [each]}
        assert caseworker.post(ONE, form).status_code == 302
    assert Referral.objects.filter(case__token=token).count() == 2


def test_who_was_referred_before_and_has_no_token_is_told_what_it_would_do(caseworker: Browser) -> None:
    answer = caseworker.post(ONE, filled(form_at(caseworker, ONE), previously_referred="YES"))
    assert "Ask the organisation that referred the person first" in text(caseworker.get(answer["Location"]))


@pytest.mark.parametrize("reference", ["", "x", "12345678-1234-1234-1234-123456789012"])
def test_a_reference_that_is_none_is_given_anew(caseworker: Browser, reference: str) -> None:
    form = {**filled(form_at(caseworker, ONE)), "reference": [reference]}
    page = text(caseworker.post(ONE, form))
    assert form_of(page, ONE)["reference"] != [reference]
    assert caseworker.post(ONE, form_of(page, ONE)).status_code == 302


def test_an_optional_set_is_folded_until_it_says_something(caseworker: Browser) -> None:
    sets = {each.name for each in d.REFERRAL if isinstance(each, CodeSetField) and not each.required}
    assert text(caseworker.get(ONE)).count("(none chosen)") == len(sets) > 0
    others = {name: value for name, value in filled(form_at(caseworker, ONE), region=...).items() if name not in sets}
    answer = caseworker.post(ONE, {**others, "services_needed": ["LEGAL"]})
    assert text(answer).count("(none chosen)") == len(sets) - 1


def test_that_nobody_asked_keeps_a_set_folded_and_is_said(caseworker: Browser) -> None:
    """A set of an earlier referral that was left out would otherwise stand open with all its boxes."""
    sets = {each.name for each in d.REFERRAL if isinstance(each, CodeSetField) and not each.required}
    form = {name: value for name, value in filled(form_at(caseworker, ONE)).items() if name not in sets}
    stored = caseworker.post(ONE, form)["Location"].removesuffix("receipt/")
    page = text(caseworker.get(f"{stored}correct/"))
    assert page.count("(not asked)") == page.count(" checked data-alone data-unasked") == len(sets) > 0


def test_a_reader_enters_nothing_and_is_not_asked_to(reader: Browser) -> None:
    assert reader.get(ONE).status_code == reader.post(ONE, referral()).status_code == 403
    assert ONE not in text(reader.get("/send/"))


def test_test_mode_stores_for_the_twin_alone(caseworker: Browser, shelter: Partner) -> None:
    place = "/send/test/one/"
    answer = caseworker.post(place, filled(form_at(caseworker, place)))
    assert answer["Location"].startswith("/send/test/record/")
    assert Referral.objects.get().partner.twin_of == shelter
    assert "never counted" in text(caseworker.get(answer["Location"]))
    handle = answer["Location"].split("/")[4]
    assert caseworker.get(f"/send/record/{handle}/").status_code == 404


def test_no_read_is_left_out_of_the_log(caseworker: Browser) -> None:
    place = caseworker.post(ONE, filled(form_at(caseworker, ONE)))["Location"]
    caseworker.get(place)
    read = RecordRead.objects.get()
    assert (read.operation, read.rows, read.user and read.user.username) == ("desk/receipt", 1, "mette")


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_card_names_nothing_that_puts_a_person_in_danger(caseworker: Browser, language: str) -> None:
    caseworker.post("/account/language/", {"language": language, "next": "/send/"})
    receipt = caseworker.post(ONE, filled(form_at(caseworker, ONE)))["Location"]
    token = in_groups(Referral.objects.get().case.token)
    page = text(caseworker.get(receipt))
    assert 'class="token"' not in page
    # On paper the receipt has its reference, token and day alone.
    assert "desk/slip.css" in page and '<section class="slip"' in page
    (place,) = re.findall(r'href="(/send/record/[^"]+/card/)"', page)
    answer = caseworker.get(place)
    strict(answer)
    page = text(answer)
    assert "Giv det kun til personen" in page or "Give it to the person alone" in page
    printed = page.split("no-print")[1].split("</div>", 1)[1]
    words = re.sub(r"<[^>]*>", " ", printed).split()
    assert token in words and {"Mit", "nummer", "My", "number"} <= set(words)
    assert printed.count('lang="da"') == printed.count('lang="en"') == 2
    head = page.split("<body>")[0]
    assert re.findall("<title>(.*)</title>", head) == ["Kort" if language == "da" else "Cards"]
    assert not re.search(
        r"henvis|traffic|menneskehand|shelter|sag|case", " ".join(words).replace(token, ""), re.IGNORECASE
    )
    assert "@page { margin: 0; }" in Path("pages/desk/static/desk/cards.css").read_text()
    assert RecordRead.objects.filter(operation="desk/card", rows=1).exists()


def test_a_referral_is_kept_as_a_draft_that_is_sent_as_a_file(
    caseworker: Browser, settings: Any, tmp_path: Path
) -> None:
    """What is filled in comes back as a row; nothing of it is kept, and what looks like an identifier is not in it."""
    settings.HENVIS_SPOOL = tmp_path
    form = filled(form_at(caseworker, ONE), services_needed=["LEGAL", "HEALTH"])
    partly = {**form, "region": [""], "case_token": ["0101901234"], "keep": ["1"]}
    answer = caseworker.post(ONE, partly)
    assert "attachment" in answer["Content-Disposition"] and not Referral.objects.exists()
    book = load_workbook(BytesIO(answer.content))
    head, row = [[cell.value for cell in line] for line in book.worksheets[0].iter_rows()]
    assert any("Row 2 is your draft" in str(cell.value) for cell in book.worksheets[1]["A"])
    cells = dict(zip(head, row, strict=True))
    assert cells["Reference"] == form["reference"][0] and not cells["Region"] and not cells["Case token"]
    assert {*str(cells["Services needed"]).split("|")} == {"Legal aid", "Health care"}
    whole = caseworker.post(ONE, {**form, "keep": ["1"]}).content
    assert "1 row can be sent" in text(caseworker.get(checked(caseworker, whole, name="rows.xlsx")))
    assert "Keep as a draft" in text(caseworker.get(ONE))
