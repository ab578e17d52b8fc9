"""The letter that is measured: one page, and a little different each time, as letters are."""

from dataclasses import replace
from datetime import date

from requests_app.letters.paper.sheet import Sheet

SHEET = Sheet(
    newsroom_name="The Sound Shore Ledger",
    newsroom_address="12 Summer Street, Stamford, CT 06901",
    newsroom_contact="records@ledger.example.org · 203-555-0100",
    addressee=("City Clerk", "City of Stamford, Connecticut"),
    on=date(2026, 11, 9),
    delivery_line="By e-mail to clerk@city.example",
    reference="STAM-2026-0012",
    their_reference="26-118",
    subject="Use-of-force reports, 2024–25",
    law_line="Conn. Gen. Stat. § 1-200 et seq.",
    heading="Request under the Connecticut Freedom of Information Act",
    text="""Dear City Clerk:

Under the Freedom of Information Act, we ask for copies of these records:

1. every use-of-force report of the Police Department, with its attachments
2. the log from which those reports can be counted by month

Please send them in the electronic form in which they are kept. If a record is kept as data, a CSV
file is welcome in place of pages.

If you expect a charge of more than $50.00, please write first with an itemized estimate. We ask
that fees be waived: our readers ask how force is used.

If any part is withheld, please name the exemption for each part and send the rest. By our count
your answer is due on Monday, November 16, 2026.

If another office holds these records, please tell us which. A telephone call is welcome where it
saves either of us time.
""",
    signer="Dana Whitfield",
    signer_title="Reporter",
    enclosures=(),
    reply_address="r-k7m2qdw4-hs@desk.example.org",
)


def sheet(number: int) -> Sheet:
    """The sheet of one letter of many."""
    subject = f"{SHEET.subject}, part {number}"
    return replace(SHEET, subject=subject, reference=f"STAM-2026-{number:04}")
