"""A rebuttal argues as a challenge does: from the pack, gaps filled, nothing against us printed."""

from typing import Any

import pytest
from django.urls import reverse

from cities.schema.load import load_city
from requests_app.actions.requests import city_determinations
from requests_app.forms.requests.argument import key_of
from requests_app.forms.sending.rebuttals import RebuttalForm
from requests_app.letters import compose_reply
from requests_app.letters.facts import argument_facts
from requests_app.letters.facts.claimed_grounds import rebutted
from requests_app.models import Letter, LetterKind, RecordsRequest
from tests.factories import CLERK, TODAY, acting, said, submitted
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db

DRAFTS = "Conn. Gen. Stat. § 1-210(b)(1)"
BURDEN = "The city must carry that burden for each record"


def denied(*exemptions: str) -> RecordsRequest:
    request = submitted()
    city_determinations.deny(request, answer=said(), exemptions=list(exemptions), **acting(request))
    request.refresh_from_db()
    return request


def url(request: RecordsRequest) -> str:
    return reverse("record_act", args=[request.public_id, "exemptions-rebutted"])


def typed(request: RecordsRequest, **changed: str) -> dict[str, str]:
    """The form as it is opened, each gap filled."""
    form = RebuttalForm(records_request=request)
    begun = {bound.name: bound.initial for bound in form}
    begun |= {name: f"what we know ({name})" for name in form.fields if name.startswith("gap_")}
    return {name: "on" if value is True else value for name, value in begun.items() if value} | (
        changed
    )


def sent(request: RecordsRequest, **fields: str) -> Any:
    return signed_in(request.created_by).post(
        url(request),
        {
            "channel": "email", "to": CLERK, "source": "a call",
            "checked_on": TODAY.isoformat(), **fields,
        },
    )  # fmt: skip


def written(request: RecordsRequest, **changed: str) -> str:
    """What "Write the letter with this" makes of the form."""
    answer = sent(request, text="Dear City Clerk:", do="write", **typed(request, **changed))
    return str(answer.context["form"]["text"].value())


def keys(request: RecordsRequest, about: str) -> list[str]:
    rows = argument_facts.as_of_today(rebutted(request))
    return [key_of(row) for row in rows if row.about == about]


def test_the_letter_begins_with_the_packs_verified_arguments() -> None:
    request = denied(DRAFTS)

    text = compose_reply(request, LetterKind.EXEMPTION_REBUTTAL, on=TODAY).text

    assert f"## The claim under {DRAFTS}" in text
    assert BURDEN in text


def test_each_gap_is_filled_by_what_the_writer_typed() -> None:
    text = written(denied(DRAFTS))

    assert "[[" not in text
    assert "what we know (gap_" in text


def test_a_paragraph_that_is_not_chosen_is_not_printed() -> None:
    request = denied(DRAFTS)
    (about,) = {row.about for row in argument_facts.as_of_today(rebutted(request)) if row.about}
    first = keys(request, about)[0]
    form = RebuttalForm(records_request=request)
    words = str(form[f"text_{first}"].initial).partition(". ")[0]

    assert words in written(request, **{f"chosen_{first}": "on"})
    assert words not in written(request, **{f"chosen_{first}": ""})


def test_edited_words_are_printed_in_place_of_the_packs() -> None:
    request = denied(DRAFTS)
    general = keys(request, "")[0]

    text = written(
        request, **{f"text_{general}": "The burden is yours.", f"chosen_{general}": "on"}
    )

    assert "The burden is yours." in text
    assert BURDEN not in text


def test_what_is_against_us_is_on_the_page_and_never_in_the_letter() -> None:
    request = denied("Conn. Gen. Stat. § 1-210(b)(2)")
    statute = load_city("us-ct/stamford").statute
    (meant,) = [one for one in statute.exemptions if one.citation.endswith("§ 1-210(b)(2)")]
    contrary = meant.against[0]

    page = signed_in(request.created_by).get(url(request))

    assert contrary.authority in page.content.decode()
    assert contrary.authority not in written(request)


def test_a_claim_that_nobody_can_match_is_named_by_the_writer() -> None:
    request = denied("attorney work product")
    slug = load_city("us-ct/stamford").statute.exemptions[0].slug

    before = compose_reply(request, LetterKind.EXEMPTION_REBUTTAL, on=TODAY).text
    form = RebuttalForm({"named_0": slug}, records_request=request)

    assert "[[why attorney work product does not cover these records]]" in before
    assert {row.about for row in form.rows} == {"", slug}
    assert form["named_0"].value() == slug


def test_the_letter_that_is_sent_keeps_its_argument() -> None:
    request = denied(DRAFTS)
    answer = sent(request, **typed(request), text=written(request))

    assert answer.status_code == 303
    letter = Letter.objects.get(kind=LetterKind.EXEMPTION_REBUTTAL)
    assert letter.facts["argument"]["source"] == "us-ct"
    assert BURDEN in letter.text


def test_a_gap_that_is_left_open_goes_nowhere() -> None:
    request = denied(DRAFTS)
    text = compose_reply(request, LetterKind.EXEMPTION_REBUTTAL, on=TODAY).text

    answer = sent(request, text=text)

    assert answer.status_code == 422
    assert "still has a place to fill in" in flat(answer)
    assert not Letter.objects.filter(kind=LetterKind.EXEMPTION_REBUTTAL).exists()
