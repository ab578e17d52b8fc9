"""What answers each exemption that the city claimed, chosen from the pack for a letter."""

from typing import Any

from django import forms

from cities.rights.claimed_exemption import ClaimedExemption
from requests_app.forms.requests.argument import GroundsForm
from requests_app.forms.sending.our_letters import TypedForm
from requests_app.letters.facts import argument_facts
from requests_app.letters.facts.claimed_grounds import rebutted
from requests_app.models import ArgumentParagraph


class RebuttalForm(TypedForm, GroundsForm):
    """The paragraphs that a challenge would argue with. They are kept in the letter alone: until it
    is sent, what is typed here is kept as any unsaved words are."""

    def adapt(self) -> None:
        self.what = rebutted(self.records_request)
        rows = argument_facts.as_of_today(self.what)
        for number, claim in enumerate(self.unmatched):
            if meant := self.what.exemption(str(self.data.get(f"named_{number}", ""))):
                rows = [row for row in rows if row.claim != claim.claim]
                rows += argument_facts.against(self.what, ClaimedExemption(claim.claim, meant))
        self.add_grounds(self.what, rows)

    @property
    def unmatched(self) -> list[ClaimedExemption]:
        """Also what a person named already: nothing but this form keeps it."""
        return [claim for claim in self.what.claims if claim.exemption is None]

    def problem_of(self, claim: str, about: str) -> tuple[str, forms.BoundField | None]:
        for number, one in enumerate(self.unmatched):
            if one.claim == claim:
                return one.problem, self[f"named_{number}"]
        return "", None

    def facts(self) -> dict[str, Any]:
        rows = [self._changed(row) for row in self.rows]
        return {"argument": argument_facts.printed_groups(self.what, rows)}

    def proposed(self) -> dict[str, Any]:
        """As the pack has it, which the letter takes by itself."""
        return {}

    def _changed(self, row: ArgumentParagraph) -> ArgumentParagraph:
        change = self.change_of(row)
        row.is_chosen = change.is_chosen
        row.text = argument_facts.own_words(self.what, row, change.text)
        row.filled = {gap: " ".join(words.split()) for gap, words in change.filled.items() if words}
        return row
