"""Whatever wording was accepted, and whatever the facts are: nothing that must be said is lost."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from requests_app.letters.wording.newsrooms_own import pack_now
from requests_app.letters.wording.newsrooms_own.checks import faults
from requests_app.letters.wording.newsrooms_own.in_force import by_the_newsroom
from requests_app.letters.wording.newsrooms_own.kept import lost
from requests_app.letters.wording.newsrooms_own.trial_facts import Occasion, occasions
from requests_app.letters.wording.templates import wording
from requests_app.models import LetterWording

# A request, replies with lines that stand in for others, and a challenge; each is checked in every
# case in every city, so a few letters a run are what there is time for.
LETTERS = (
    "records_request", "follow_up_after", "grounds_request", "withdrawal", "correction_request",
    "appeal_commission",
)  # fmt: skip


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A letter, and its wording after an editor's pen: lines gone, moved, or put in."""
    letter = draw(st.sampled_from(LETTERS))
    lines = pack_now.text_for(letter, "").split("\n")
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        what = draw(st.sampled_from(["gone", "moved", "words", "no or"]))
        if what == "gone":
            del lines[at]
        elif what == "moved":
            lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
        elif what == "words":
            lines.insert(at, "We look forward to your reply.")
        else:
            lines[at] = lines[at].removeprefix("or: ")
        lines = lines or [""]
    return letter, "\n".join(lines)


@st.composite
def facts_of(draw: st.DrawFn, occasion: Occasion) -> dict[str, Any]:
    """Any of its facts unknown, in any of their values."""
    full = occasion.marked()
    for name, fact in occasion.declared.items():
        values = [full[name], *(other for other in fact.others if isinstance(other, str))]
        unknown = [] if fact.is_always else [None]
        full[name] = draw(st.sampled_from([*values, *unknown]))
    return full


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_accepted_wording_loses_what_the_packs_letter_says(data: st.DataObject) -> None:
    letter, text = data.draw(edited())
    if faults(letter, "", text):
        return
    kept = LetterWording(letter=letter, scope="", number=1, text=text)
    for occasion in occasions(letter, ""):
        facts = data.draw(facts_of(occasion))
        packs = wording().write(occasion.template, facts)
        written = by_the_newsroom(kept, occasion.template, facts)
        assert lost(occasion.declared, facts, packs, written.text) == ()


def test_most_small_edits_are_accepted_and_most_losses_are_not() -> None:
    """So that the property above is not true of nothing."""
    text = pack_now.text_for("index_request", "")
    lines = text.split("\n")
    greeted = text.replace("Please send us an index", "We look forward to your reply. Please send")
    shorter = ["\n".join(lines[:at] + lines[at + 1 :]) for at, line in enumerate(lines) if line]

    assert faults("index_request", "", greeted) == ()
    assert sum(bool(faults("index_request", "", one)) for one in shorter) == 5
