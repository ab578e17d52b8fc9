"""What letters look like: the rules, the details, and where they must be silent."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from cities.schema.cited_sections import exemptions
from requests_app.mail import read
from requests_app.mail.suggestions.apply_rules import Written, suggest, suggest_from
from requests_app.mail.suggestions.find_dates import dates
from requests_app.mail.suggestions.load_phrases import phrases
from requests_app.mail.suggestions.quality import letters, measure
from requests_app.mail.suggestions.suggestion import Suggestion, SuggestionKind
from requests_app.mail.suggestions.tracking_numbers import tracking_numbers
from requests_app.management.commands.measure_suggestions import HALVES, LETTERS, citations

K = SuggestionKind
ON = date(2026, 11, 3)
OREGON = ("ORS 192.345(3)", "ORS 192.355(2)")
CONNECTICUT = citations("us-ct/stamford")
MISSOURI = citations("us-mo/kansas-city")
CALIFORNIA = citations("us-ca/concord")


INVESTIGATIONS = "Cal. Gov. Code § 7923.600 (formerly § 6254(f))"


def found(text: str, subject: str = "", own_words: str = "") -> dict[str, Suggestion]:
    made = suggest_from(Written(subject, text, OREGON, ON), own_words=own_words)
    return {item.kind.value: item for item in made}


def test_letters_are_enough_and_each_half_has_every_kind() -> None:
    halves = [list(letters(settings.ROOT / LETTERS / half)) for half in HALVES]

    assert sum(map(len, halves)) >= 120
    for half in halves:
        assert {kind for letter in half for kind in letter.expected} == set(K)
        assert sum(1 for letter in half if not letter.expected) >= 8


# What docs/mail.md tells, with a little room: a rule that helps one kind may cost another a letter.
@pytest.mark.parametrize(
    ("half", "precision", "recall"), [("development", 0.98, 0.98), ("held_out", 0.95, 0.80)]
)
def test_suggestions_stay_as_good_as_they_are(half: str, precision: float, recall: float) -> None:
    measured = measure(settings.ROOT / LETTERS / half, citations)

    assert measured.total.precision >= precision, measured.faults
    assert measured.total.recall >= recall, measured.faults
    assert measured.total.details_wrong <= 1, measured.faults


def test_suggestion_shows_the_words_that_made_it_where_they_stand() -> None:
    text = "Dear Ms. Tran,\n\nThe estimated fee for your\nrequest is $1,234.50. Sincerely"
    fee = found(text)["fee_estimate"]

    assert fee.details.amount == Decimal("1234.50")
    assert all(text[span.start : span.end] == span.text for span in fee.words)
    assert "$1,234.50" in [span.text for span in fee.words]
    assert fee.rule in {rule.name for rule in phrases().rules}


@pytest.mark.parametrize(
    "text",
    [
        "We are not denying your request.",
        "We have not denied your request.",
        "If your request is denied, you may appeal.",
        "Should the request be denied, you will be told why.",
        "No fee will be charged.",
        "If fees exceed $50.00 we will ask you first.",
        "Copies may cost up to ten cents per page.",
        "Has my request been denied?",
        "The records are not attached.",
        "This e-mail may contain information that is privileged or exempt from disclosure.",
        "You asked whether the records are exempt from disclosure.",
        "Thank you for your payment of $25.00.",
        "The budget is estimated at $4.2 million.",
    ],
)
def test_what_is_denied_conditional_or_general_suggests_no_answer(text: str) -> None:
    assert found(text).keys() <= {"acknowledgement"}


@pytest.mark.parametrize(
    "text",
    [
        "No records will be withheld from you.",
        "None of the pages is redacted.",
        "We cannot deny that the tow logs exist.",
        "Your application for a waiver of fees is denied.",
        "The City denied another request last year.",
        "Some names may be withheld from the report.",
        "Your administrative appeal of the denial of your request came in.",
    ],
)
def test_what_denies_or_withholds_nothing_of_ours_is_no_denial(text: str) -> None:
    assert found(text).keys().isdisjoint({"denial", "granted_in_part"})


@pytest.mark.parametrize(
    "text",
    [
        "Your request is denied. Please see the attached determination letter.",
        "State law prevents us from disclosing any records of the inquiry.",
        "No records will be released.",
        "We can neither confirm nor deny that there is such a file.",
        "These files cannot be disclosed.",
        "Request denied.",
    ],
)
def test_a_denial_is_no_grant_in_part_for_what_it_says_of_records(text: str) -> None:
    assert list(found(text)) == ["denial"]


@pytest.mark.parametrize(
    "text",
    [
        "Please see attached.",
        "Attached.",
        "Please see the attached letter.",
        "Please find attached our response to your public records request.",
        "A letter with our determination on the records is attached.",
        "The cost of producing these records is not known yet.",
        "Please submit your request for records through our portal.",
    ],
)
def test_something_attached_is_not_the_records(text: str) -> None:
    assert found(text).keys().isdisjoint({"records_enclosed", "granted_in_part"})


@pytest.mark.parametrize(
    "text",
    [
        "Please see the attached tow logs.",
        "The records are attached to this letter.",
        "We are pleased to provide the first 20 pages of the log.",
        "Your request is hereby granted.",
    ],
)
def test_records_that_are_named_are_enclosed(text: str) -> None:
    assert list(found(text)) == ["records_enclosed"]


@pytest.mark.parametrize("more", ["an additional 14 days", "another fourteen (14) days"])
def test_days_in_figures_or_parentheses_are_more_time(more: str) -> None:
    assert list(found(f"We will need {more} to answer.")) == ["extension"]


@pytest.mark.parametrize(
    ("text", "until"),
    [
        (
            "We cannot meet the November 28 deadline. You will have them on or before December 15.",
            date(2026, 12, 15),
        ),
        (
            "The November 28 deadline is extended to December 15. You may appeal until January 4.",
            date(2026, 12, 15),
        ),
        (
            "We need more time, until December 15. The council meets next on January 6.",
            date(2026, 12, 15),
        ),
        (
            "We need more time. Please send the deposit of $20.00 as payment by December 1.",
            None,
        ),
    ],
)
def test_the_last_day_that_is_promised_counts(text: str, until: date | None) -> None:
    assert found(text)["extension"].details.until == until


def test_thanks_for_a_request_beside_another_answer_are_no_acknowledgement() -> None:
    assert list(found("Thank you for your request.")) == ["acknowledgement"]
    assert list(found("Thank you for your request. Which of the lots do you mean?")) == [
        "clarification"
    ]


@pytest.mark.parametrize(
    "told",
    [
        "Your request is granted as to all records that are not exempt.",
        "Names will be blacked out, and the addresses withheld under ORS 192.345(3).",
        "Please let us know which of the two formats you want.",
        "Complaints are exempt from disclosure under ORS 192.355(2).",
    ],
)
def test_who_names_a_price_first_gives_and_refuses_nothing_yet(told: str) -> None:
    text = f"{told} The estimated cost is $310.00, which we need before any work begins."

    assert set(found(text)) == {"fee_estimate"}


@pytest.mark.parametrize(
    "text",
    [
        "No redactions have been made to these pages.",
        "These records are exempt from the fee for copies.",
        "Such reports are generally exempt from disclosure.",
        "Our review found no injuries and no damage to the car.",
        "We have been sending you the logs each month since last spring.",
        "Given our backlog, please be patient with us.",
    ],
)
def test_what_is_told_beside_an_answer_is_none(text: str) -> None:
    assert found(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "We searched and found no such reports.",
        "The clerk has located no responsive records.",
        "Our search of the archive identified nothing.",
    ],
)
def test_a_search_in_vain_names_what_was_not_found(text: str) -> None:
    assert set(found(text)) == {"no_records"}


def test_denial_with_records_enclosed_is_a_grant_in_part() -> None:
    made = found("The log is attached. The remaining records are withheld under ORS 192.345(3).")

    assert list(made) == ["granted_in_part"]
    assert made["granted_in_part"].details.exemptions == ("ORS 192.345(3)",)


def test_a_day_that_has_passed_is_not_until_when_they_take_more_time() -> None:
    extension = found("We need additional time for your request of October 2, 2026.")["extension"]

    assert extension.details.until is None


def test_sent_elsewhere_is_no_search_in_vain() -> None:
    made = found(
        "We do not maintain those records. They are maintained by the Multnomah County Sheriff."
    )

    assert list(made) == ["referral"]
    assert made["referral"].details.referred_to == "Multnomah County Sheriff"


def test_our_own_letter_coming_back_unmarked_suggests_nothing() -> None:
    ours = "Your request is denied is what we fear. Please cite ORS 192.345(3) if it is denied."

    assert "denial" in found(f"Thanks.\n\n{ours}")
    assert found(f"Thanks.\n\n{ours}", own_words=ours) == {}


@pytest.mark.parametrize(
    "head",
    [
        "From: a@kcmo.org\nSubject: Automatic reply: x\n",
        "From: a@kcmo.org\nSubject: x\nAuto-Submitted: auto-replied\n",
        "Return-Path: <>\nFrom: mailer-daemon@kcmo.org\nSubject: Undeliverable: x\n",
        "From: a@kcmo.org\nSubject: x\nList-Id: <news.kcmo.org>\n",
    ],
)
def test_machines_mail_suggests_nothing_whatever_it_says(head: str) -> None:
    mail = read(f"{head}\nYour request is denied under ORS 192.345(3). The fee is $50.00.".encode())

    assert suggest(mail, citations=OREGON, on=ON) == ()


def test_portals_receipt_suggests_an_acknowledgement_and_nothing_else() -> None:
    mail = read(
        b"From: no-reply@nextrequest.com\nSubject: Your request #26-118 has been received\n\n"
        b"Your record request 26-118 has been received. Attached is a copy of it."
    )

    made = suggest(mail, citations=OREGON, on=ON)

    assert [item.kind for item in made] == [K.ACKNOWLEDGEMENT]
    assert made[0].details.tracking_number == "26-118"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("by November 25, 2026", date(2026, 11, 25)),
        ("by Nov. 25th, 2026", date(2026, 11, 25)),
        ("by the 25th of November 2026", date(2026, 11, 25)),
        ("by 25 November", date(2026, 11, 25)),
        ("by 11/25/2026", date(2026, 11, 25)),
        ("by 11/25/26", date(2026, 11, 25)),
        ("by 2026-11-25", date(2026, 11, 25)),
        ("by 11/25", date(2026, 11, 25)),
        ("by January 8", date(2027, 1, 8)),
    ],
)
def test_dates_are_read_in_every_usual_way(written: str, day: date) -> None:
    assert [item.day for item in dates(written, ON)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "by February 31, 2027 or 13/45/2026",
        "We may need 14 days.",
        "The fee is $12.50 for 25 pages.",
        "Request 26-118 was received.",
        "Section 610.021 applies; call 925-555-0100.",
    ],
)
def test_what_names_no_day_is_no_date(text: str) -> None:
    assert list(dates(text, ON)) == []


def test_each_of_two_dates_is_found_where_it_stands() -> None:
    text = "You wrote on 10/2/26; you will hear by November 24, 2026."

    found = [(item.day, text[item.start : item.end]) for item in dates(text, ON)]

    assert found == [
        (date(2026, 10, 2), "10/2/26"),
        (date(2026, 11, 24), "November 24, 2026"),
    ]


@pytest.mark.parametrize(
    ("text", "pack", "meant"),
    [
        ("under § 1-210(b)(3)(A)", CONNECTICUT, ["Conn. Gen. Stat. § 1-210(b)(3)"]),
        ("under Sec. 1-210 (b) (7)", CONNECTICUT, ["Conn. Gen. Stat. § 1-210(b)(7)"]),
        ("610.021(1) and (3)", MISSOURI, [f"Mo. Rev. Stat. § 610.021({n})" for n in (1, 3)]),
        ("exempt under subsection 3", MISSOURI, ["Mo. Rev. Stat. § 610.021(3)"]),
        ("section 610.021, RSMo, subsection 13", MISSOURI, ["Mo. Rev. Stat. § 610.021(13)"]),
        ("Gov. Code § 7923.600(a)", CALIFORNIA, [INVESTIGATIONS]),
        ("Government Code section 6254(f)", CALIFORNIA, [INVESTIGATIONS]),
        ("ORS 192.345(3) or 192.355(2)", OREGON, ["ORS 192.345(3)", "ORS 192.355(2)"]),
        ("call 925-555-0100, suite 610, $345.00", OREGON, []),
    ],
)  # fmt: skip
def test_sections_become_the_packs_exemptions(
    text: str, pack: tuple[str, ...], meant: list[str]
) -> None:
    assert list(exemptions(text, pack)[0]) == meant


@pytest.mark.parametrize(
    ("subject", "text", "numbers"),
    [
        ("Request 26-118", "", ("26-118",)),
        ("RE: W012345-110226", "", ("W012345-110226",)),
        ("", "Your tracking number is R001234.", ("R001234",)),
        ("", "Case KC #26-4410 was opened.", ("KC #26-4410",)),
        ("", "Call 209-555-0142 before 11-25.", ()),
        ("Section 1-210(b) and ORS 192.345", "", ()),
    ],
)
def test_tracking_numbers_are_told_from_other_numbers(
    subject: str, text: str, numbers: tuple[str, ...]
) -> None:
    assert tracking_numbers(subject, text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The clerk asked about an estimated completion date.", id="no date is named"),
        pytest.param(
            "On October 1 the City issued a ten-day extension under the Act.", id="taken before"
        ),
        pytest.param(
            "We sent a letter extending our time to respond until October 9.", id="told again"
        ),
        pytest.param("We handle a large volume of requests.", id="an excuse, and no more time"),
        pytest.param(
            "This is in response to your request to narrow the scope.", id="they narrowed it"
        ),
        pytest.param(
            "For example, students' files are exempt from disclosure under the Act.",
            id="an example of what may be exempt",
        ),
        pytest.param(
            "Records will not be produced if they are exempt under the Act.", id="a condition"
        ),
        pytest.param(
            "Names not releasable under the law will be redacted in all reports.",
            id="what is done in general",
        ),
        pytest.param(
            "The custodian of the records may charge a fee for copies.", id="no other custodian"
        ),
        pytest.param(
            "Attached please find the Harbor District's response to your request for records.",
            id="an answer that is not said",
        ),
        pytest.param(
            "Your documents are ready for download once you pay the balance.",
            id="records after payment",
        ),
        pytest.param("The logs were e-mailed to you on October 5.", id="sent before"),
        pytest.param("The documents should have been sent to you.", id="sent or not"),
        pytest.param(
            "We cannot release the recordings until we receive your deposit.", id="not until paid"
        ),
        pytest.param("We apologize for the delay.", id="an excuse for a delay"),
        pytest.param(
            "Your letter speaks of e-mails with officials and other agencies’ staff.",
            id="other agencies, and nobody sent there",
        ),
    ],
)
def test_what_only_sounds_like_an_answer_suggests_nothing(text: str) -> None:
    assert found(text) == {}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (K.EXTENSION, "The estimated completion date for your request is now November 20."),
        (K.GRANTED_IN_PART, "Your request is granted in-part and denied in-part."),
        (K.CLARIFICATION, "Please reply to this letter, clarifying your request."),
        (K.CLARIFICATION, "You must provide us with more specific information."),
        (K.DENIAL, "Your request was closed for being unduly burdensome."),
        (K.RECORDS_ENCLOSED, "Use the link for the second installment of documents."),
        (K.RECORDS_ENCLOSED, "You can now download all of the documents."),
        (K.NO_RECORDS, "There are no logs about that pump."),
        (K.NO_RECORDS, "The court is not in possession of any of the requested items."),
        (K.NO_RECORDS, "The board does not have custody of such records."),
        (K.NO_RECORDS, "The ranking is not contained in an existing public record."),
        (K.REFERRAL, "The county is the custodian of those arrest records."),
        (K.FEE_ESTIMATE, "We begin upon receipt of $120.50."),
    ],
)
def test_an_answer_is_seen_in_other_words(kind: SuggestionKind, text: str) -> None:
    assert set(found(text)) == {kind.value}
