"""Where a quoted message begins: what it quotes is left out, no word of the sender's is lost."""

import pytest

from requests_app.mail.meaning.quotes import without_quotes

QUOTED = "Is my request denied?"


@pytest.mark.parametrize(
    "heading",
    [
        "On Mon, Nov 2, 2026 at 9:00 AM Dana <d@desk.example.org> wrote:\n",
        "On Mon, Nov 2, 2026 at 9:00 AM Dana Okafor\n<d@desk.example.org> wrote:\n",
        "On Mon, Nov 2, 2026 at 9:00 AM\nDana Okafor <d@desk.example.org> wrote:\n",
        "On Monday, November 2, 2026\nat 9:00 a.m.\nDana Okafor\n<d@desk.example.org> wrote:\n",
        "On 11/2/2026 9:00 AM, Dana Okafor wrote:\n",
        "On 2 Nov 2026, at 09:00, dana okafor wrote:\n",
        "On 2026-11-02 09:00, Dana de la Cruz wrote:\n",
        "On Nov. 2, 2026, at 9:00 a.m., Dana Okafor <d@desk.example.org>:\n",
        "Dana Okafor <d@desk.example.org> wrote:\n",
        "-----Original Message-----\nFrom: Dana\nSent: Monday\nTo: Clerk\nSubject: x\n",
        "________________________________\nFrom: Dana <d@x>\nSent: Monday\nTo: C\nSubject: x\n",
        "*From:* Dana <d@x>\n*Sent:* Monday\n*To:* Clerk\n*Subject:* x\n",
        "---- Dana Okafor wrote ----\n",
        "------On 11/2/2026 9:00 AM, Dana Okafor wrote-----\n",
        "___________________\nFrom: Dana <d@x.org>\nSent: Monday\nTo: Clerk\nSubject: x\n",
        " ------------------------------\n\n*From:* Dana <d@x>\n*Sent:* Monday\n*To:* Clerk\n",
        "On 2-Nov-2026, at 9:00 AM, Dana Okafor <d@desk.example.org> sent:\n",
        (
            "  *From:* d@desk.example.org [mailto:\n  d@desk.example.org]\n  *Sent:* Monday\n"
            "  *To:* Clerk\n"
        ),
        (
            "________________________________\nDate: Mon, 2 Nov 2026 09:00:00 -0800\n"
            "Subject: Log\nFrom: d@desk.example.org\nTo: clerk@x.org\n"
        ),
        (
            "Dana Okafor <d@desk.example.org>\n11/02/26 09:00 AM\n\nTo\nClerk <c@x.org>\n"
            "cc\n\nSubject\nThe log\n"
        ),
        "##- Please type your reply above this line -##\n",
        "2026-11-02 09:00 GMT-08:00 Dana Okafor\n",
        "2026-11-02 09:00 GMT-08:00 Dana Okafor <\nd@desk.example.org>:\n>",
        "*-------- Original Message --------*\n",
        "At 11/2/2026 09:00 AM, you wrote:\n>",
        "On November 2, 2026, you wrote:\n>",
        "2026/11/2 Dana Okafor <d@desk.example.org>\n\n|",
        "On Mon, 2 Nov 2026, Dana Okafor wrote:\n\nDana>",
    ],
)
def test_what_is_quoted_is_left_out(heading: str) -> None:
    quoted = f"{heading} {QUOTED}" if heading.endswith((">", "|")) else f"{heading}\n{QUOTED}"

    assert without_quotes(f"We have nothing.\n\n{quoted}") == "We have nothing."


OURS = "Maria Lopez <metro@desk.example.org> wrote:"


@pytest.mark.parametrize(
    "own",
    [
        "Your request is denied under ORS 192.345(3).",
        "On review, your request is denied.",
        "We have no responsive records.",
        "On Nov 3 we received your request.",
        "On Nov 3, 2026 the City denied your request",
        "On Nov 3, 2026 Kim Tran called.",
        "Dear Ms. Lopez\nWe deny it\nSincerely\nThe Clerk",
    ],
)
@pytest.mark.parametrize(
    "heading",
    [OURS, f"On Nov 3, 2026, at 3:12 PM, {OURS}", f"On Nov 3, 2026, at 3:12 PM,\n{OURS}",
     f"> On Nov 3, 2026, at 3:12 PM, {OURS}"],
)  # fmt: skip
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_nothing_above_a_quotes_heading_is_lost(own: str, heading: str, gap: str) -> None:
    text = f"{own}{gap}{heading}\n> {QUOTED}\n> I hope not."

    assert without_quotes(text) == own


@pytest.mark.parametrize(
    "line",
    [
        "We have nothing. On Mon, Nov 2, 2026 at 9:00 AM, Dana Okafor wrote:",
        "We have nothing.--- On Mon, Nov 2, 2026 at 9:00 AM, dana@desk.example.org wrote:",
        "We have nothing.\n2026/11/2 Dana Okafor <d@desk.example.org>",
        "We have nothing.\n2026-11-02 9:00 GMT+03:00 Dana Okafor <\nd@desk.example.org>:",
        "We have nothing.\n2.11.2026, 9:00, Dana Okafor <d@desk.example.org>:",
    ],
)
def test_a_heading_that_shares_its_line_or_has_no_words_is_left_out(line: str) -> None:
    assert without_quotes(f"{line}\n> {QUOTED}") == "We have nothing."


def test_a_line_that_ends_like_a_heading_and_quotes_nothing_stays() -> None:
    text = "2026/11/2 Dana Okafor <d@desk.example.org>\n\nis whom we asked."

    assert without_quotes(text) == text


OUTLOOK = (
    "From: Maria Lopez <metro@desk.example.org>\nSent: Tuesday, November 3, 2026 3:12 PM\n"
    "To: City Clerk\nSubject: Towing log\n"
)
LETTER = "May I see the towing log?\n\nThank you,\nMaria Lopez\n"
DENIED = "The towing log is exempt, and your request is denied.\n\nSincerely,\nKim Tran\nCity Clerk"


@pytest.mark.parametrize("heading", [OUTLOOK, f"On Nov 3, 2026, at 3:12 PM, {OURS}\n"])
@pytest.mark.parametrize(
    "above",
    [
        "Dear Ms. Lopez:",
        "Dear Ms. Lopez,\n\nYou asked us for this:",
        "Dear Ms. Lopez,\n\nWe refer to your message, copied here.",
        "Dear Ms. Lopez,\n\nThis is about what you sent us on November 3.",
    ],
)
def test_a_letter_with_a_message_in_its_middle_is_read_to_its_end(above: str, heading: str) -> None:
    own = without_quotes(f"{above}\n\n{heading}\n{LETTER}\n{DENIED}")

    assert own.startswith(above)
    assert own.endswith(DENIED)


@pytest.mark.parametrize("heading", [OUTLOOK, f"On Nov 3, 2026, at 3:12 PM, {OURS}\n"])
@pytest.mark.parametrize(
    "above",
    [
        "We have no such log.",
        "Dear Ms. Lopez,\n\nWe have no such log.",
        "Dear Ms. Lopez,\n\nWe have no such log.\n\nSincerely,\nKim Tran",
    ],
)
def test_a_letter_that_ends_above_our_own_is_not_read_on(above: str, heading: str) -> None:
    assert without_quotes(f"{above}\n\n{heading}\n{LETTER}") == above


def test_an_older_letter_of_the_clerk_below_ours_is_not_read_on() -> None:
    older = f"From: Kim Tran <kt@city.example>\nSent: Monday\nTo: Maria\nSubject: x\n\n{DENIED}"
    above = "Dear Ms. Lopez,\n\nWe have no such log."

    assert without_quotes(f"{above}\n\n{OUTLOOK}\n{LETTER}\n{older}") == above


@pytest.mark.parametrize(
    "forwarded",
    [
        (
            "---------- Forwarded message ---------\nFrom: Ana Ruiz <ar@city.example>\n"
            "Date: Monday\nSubject: Fwd: log\nTo: Kim Tran\n\nWe have no towing log."
        ),
        (
            "Begin forwarded message:\n\n> From: Ana Ruiz <ar@city.example>\n> Date: Monday\n"
            "> Subject: log\n>\n> We have no towing log."
        ),
        "----- Forwarded by Kim Tran on 11/02/2026 -----\n\nWe have no towing log.",
    ],
)
def test_what_a_clerk_forwards_is_new_to_us(forwarded: str) -> None:
    own = without_quotes(f"See what Ana says.\n\n{forwarded}\n\n{OUTLOOK}\n{LETTER}")

    assert own.startswith("See what Ana says.")
    assert own.endswith("We have no towing log.")
    assert "May I see" not in own


def test_without_what_is_forwarded_only_the_typed_words_are_left() -> None:
    text = "See this.\n\nBegin forwarded message:\n\nWe have no towing log."

    assert without_quotes(text, with_forwarded=False) == "See this."


def test_a_message_of_many_headings_is_read_in_the_end() -> None:
    text = f"Dear Ms. Lopez:\n\n{OUTLOOK}" * 200 + DENIED

    assert without_quotes(text).endswith(DENIED)


@pytest.mark.parametrize(
    "citing",
    ["On November 3, 2026, you wrote:", "On November 3, 2026 we wrote:", "As the law wrote:"],
)
def test_a_letter_that_cites_a_message_in_its_middle_is_read_to_its_end(citing: str) -> None:
    text = f"Dear Ms. Lopez,\n\n{citing}\n\n“Please send the log.”\n\nYour request is denied."

    assert without_quotes(text) == text


def test_answers_between_quoted_lines_are_the_senders_own() -> None:
    text = f"See below.\n\nOn Nov 3, 2026, at 3:12 PM, {OURS}\n> {QUOTED}\nIt is.\n> Why?\n"

    assert without_quotes(text) == "See below.\n\nIt is."


def test_a_message_that_is_all_quotes_says_nothing() -> None:
    assert without_quotes(f"On Nov 3, 2026, at 3:12 PM, {OURS}\n> {QUOTED}") == ""


def test_portals_line_at_the_top_quotes_nothing() -> None:
    text = "--- Please reply above this line ---\n\nYour records are ready."

    assert "Your records are ready." in without_quotes(text)


def test_a_link_that_a_program_broke_within_quoted_lines_is_quoted() -> None:
    text = (
        "None.\n\n> Is it\n (https://city.example/log) >\n> (https://city.example/a\n?b=c)\n"
        "> yours?\nhttps://city.example/own\n> x"
    )

    assert without_quotes(text) == "None.\n\nhttps://city.example/own"


def test_a_line_set_out_between_arrows_is_the_senders_own() -> None:
    text = "Pay here:\n>>> https://pay.city.example <<<\nThank you"

    assert without_quotes(text) == text


@pytest.mark.parametrize("said", ["Records were sent:", "On Nov 3 records were sent:"])
def test_what_was_sent_is_no_heading(said: str) -> None:
    assert without_quotes(f"{said}\nThe towing log") == f"{said}\nThe towing log"


def test_a_memo_from_an_address_quotes_nothing() -> None:
    memo = (
        "Date: November 3, 2026, 9:00 AM\nTo: Dana Okafor\nFrom: clerk@city.example\nSubject: Log"
        "\n\nYour request is denied."
    )

    assert without_quotes(memo) == memo


def test_a_memos_heading_quotes_nothing() -> None:
    memo = "Date: November 3, 2026\nTo: Dana Okafor\nRe: Your request\n\nYour request is denied."

    assert without_quotes(memo) == memo


def test_initials_mark_what_is_quoted_between_answers() -> None:
    text = f"On Nov 3, 2026, at 3:12 PM, {OURS}\n> Hello\n\nHello.\nML> {QUOTED}\nML> Why?\n\nNo."

    assert without_quotes(text) == "Hello.\n\nNo."


@pytest.mark.parametrize("row", ["| Copies | $12.50 |", "Total> $12.50"])
def test_a_table_between_answers_is_the_senders_own(row: str) -> None:
    text = f"On Nov 3, 2026, at 3:12 PM, {OURS}\n> {QUOTED}\n\nNo:\n{row}"

    assert without_quotes(text) == f"No:\n{row}"
