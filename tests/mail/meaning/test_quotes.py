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
        "Begin forwarded message:\n",
        "---------- Forwarded message ---------\nFrom: Dana\nDate: Monday\nSubject: x\nTo: C\n",
        "##- Please type your reply above this line -##\n",
    ],
)
def test_what_is_quoted_is_left_out(heading: str) -> None:
    assert without_quotes(f"We have nothing.\n\n{heading}\n{QUOTED}") == "We have nothing."


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


def test_a_memos_heading_quotes_nothing() -> None:
    memo = "Date: November 3, 2026\nTo: Dana Okafor\nRe: Your request\n\nYour request is denied."

    assert without_quotes(memo) == memo
