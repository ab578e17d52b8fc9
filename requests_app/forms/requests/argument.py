"""The argument and the relief of a drafted challenge, as one form that works without a script."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms

from cities.rights.claimed_exemption import ClaimedExemption
from cities.schema.filings.exemptions import Argument, Exemption
from cities.schema.filings.reliefs import Relief
from requests_app.actions.filings.argument import ArgumentChanges, OwnParagraph, ParagraphChange
from requests_app.letters.facts import argument_facts, own_decisions, relief_facts
from requests_app.letters.facts.claimed_grounds import Challenged, Claimed
from requests_app.models import ArgumentParagraph, OfferedDecision
from requests_app.typed_numbers import whole_number

UP, DOWN = "up", "down"

POINTS = {
    "burden": "The city must prove it",
    "narrow_reading": "It is read narrowly",
    "segregation": "The rest must be released",
    "ground_in_writing": "The ground must be stated in writing",
    "not_covered": "It does not reach these records",
    "ended": "It has ended",
    "facts": "The facts",
}


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """One paragraph with its fields: chosen or not, its words, an answer for every gap."""

    key: str
    argument: Argument | None
    printed: str
    chosen: forms.BoundField
    text: forms.BoundField
    gaps: tuple[forms.BoundField, ...]
    decision: OfferedDecision | None
    can_move_up: bool
    can_move_down: bool

    @property
    def point(self) -> str:
        if self.decision:
            return f"Our own source: {self.decision.citation}"
        return POINTS[self.argument.point] if self.argument else "In your own words"


@dataclass(frozen=True, slots=True)
class ShownGround:
    """What the city claimed, the exemption that it means, and the paragraphs against it."""

    claim: str
    exemption: Exemption | None
    problem: str
    named: forms.BoundField | None
    paragraphs: tuple[ShownParagraph, ...]

    @property
    def is_general(self) -> bool:
        return not self.claim and self.exemption is None


class GroundsForm(forms.Form):
    """Fields for every paragraph against what the city claimed, ground by ground."""

    what: Claimed
    rows: Sequence[ArgumentParagraph]
    may_move = False  # whether the page has buttons that move a paragraph

    def add_grounds(self, what: Claimed, rows: Sequence[ArgumentParagraph]) -> None:
        self.what, self.rows = what, rows
        self.grounds = argument_facts.in_groups(rows)
        self._add_paragraphs()
        self._add_names()

    def _add_paragraphs(self) -> None:
        for row in self.rows:
            key = key_of(row)
            self.fields[f"chosen_{key}"] = forms.BooleanField(
                label="In the letter", required=False, initial=row.is_chosen
            )
            self.fields[f"text_{key}"] = forms.CharField(
                label="Its words",
                required=False,
                initial=argument_facts.words_of(self.what, row),
                widget=forms.Textarea({"rows": 5}),
            )
            for number, gap in enumerate(argument_facts.gaps_of(self.what, row)):
                self.fields[f"gap_{key}_{number}"] = forms.CharField(
                    label=gap[:1].upper() + gap[1:],
                    required=False,
                    initial=row.filled.get(gap, ""),
                    max_length=1000,
                )

    def _add_names(self) -> None:
        every = [(one.slug, f"{one.citation}: {one.title}") for one in self.what.statute.exemptions]
        for number, claim in enumerate(self.unmatched):
            meant = [(one.slug, f"{one.citation}: {one.title}") for one in claim.candidates]
            self.fields[f"named_{number}"] = forms.ChoiceField(
                label="Which exemption does the city mean?",
                required=False,
                choices=[("", "None of these: we write to it"), *(meant or every)],
            )

    @property
    def unmatched(self) -> list[ClaimedExemption]:
        """Claims that nobody has matched with an exemption."""
        named = {row.claim for row in self.rows if row.about}
        return [
            claim
            for claim in self.what.claims
            if claim.exemption is None and claim.claim not in named
        ]

    def shown_grounds(self) -> list[ShownGround]:
        return [
            ShownGround(
                claim,
                self.what.exemption(about),
                *self.problem_of(claim, about),
                paragraphs=tuple(self._paragraphs(rows)),
            )
            for (claim, about), rows in self.grounds
        ]

    def problem_of(self, claim: str, about: str) -> tuple[str, forms.BoundField | None]:
        for number, one in enumerate(self.unmatched):
            if one.claim == claim and not about:
                return one.problem, self[f"named_{number}"]
        return "", None

    def _paragraphs(self, rows: Sequence[ArgumentParagraph]) -> Iterator[ShownParagraph]:
        for place, row in enumerate(rows):
            gaps, key = range(len(argument_facts.gaps_of(self.what, row))), key_of(row)
            yield ShownParagraph(
                key,
                self.what.argument(row.about, row.argument),
                argument_facts.printed_text(self.what, row),
                self[f"chosen_{key}"],
                self[f"text_{key}"],
                tuple(self[f"gap_{key}_{number}"] for number in gaps),
                row.decision,
                can_move_up=self.may_move and place > 0,
                can_move_down=self.may_move and place < len(rows) - 1,
            )

    def change_of(self, row: ArgumentParagraph) -> ParagraphChange:
        """What a person made of that paragraph."""
        cleaned, key = self.cleaned_data, key_of(row)
        gaps = argument_facts.gaps_of(self.what, row)
        return ParagraphChange(
            cleaned[f"chosen_{key}"],
            cleaned[f"text_{key}"],
            {gap: cleaned[f"gap_{key}_{number}"] for number, gap in enumerate(gaps)},
        )


def key_of(row: ArgumentParagraph) -> str:
    """By which a paragraph's fields are told from another's, also where no row is kept of it."""
    if row.pk:
        return str(row.pk)
    return sha256(
        "|".join((row.claim, row.about, row.argument, str(row.decision_id))).encode()
    ).hexdigest()[:12]


class ArgumentForm(GroundsForm):
    """Of a drafted challenge: also a paragraph of the writer's own, and the relief."""

    may_move = True
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    own_text = forms.CharField(
        label="A paragraph of your own", required=False, widget=forms.Textarea({"rows": 4})
    )
    own_ground = forms.ChoiceField(label="It is about", required=False)
    reliefs = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    own_reliefs = forms.CharField(
        label="Anything else to ask for, one a line",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Begin each with its verb: “Order the city to …”.",
    )

    def __init__(self, *args: Any, what: Challenged, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered: Sequence[Relief] = relief_facts.offered(what)
        chosen = list(what.appeal.chosen_reliefs.all())
        self.add_grounds(what, _rows_of(what))
        own_ground, reliefs = self.fields["own_ground"], self.fields["reliefs"]
        assert isinstance(own_ground, forms.ChoiceField)
        assert isinstance(reliefs, forms.ChoiceField)
        own_ground.choices = [
            (str(number), _ground_name(what, claim, about))
            for number, ((claim, about), _) in enumerate(self.grounds)
        ]
        reliefs.choices = [(one.slug, one.text) for one in self.offered]
        self.fields["reliefs"].initial = [row.slug for row in chosen if row.slug]
        self.fields["own_reliefs"].initial = "\n".join(row.text for row in chosen if row.text)

    def shown_reliefs(self) -> list[tuple[Relief, Any, str]]:
        """Each relief with its box, and the words of what it is an alternative to."""
        texts = {one.slug: one.text for one in self.offered}
        return [
            (relief, box, texts.get(relief.in_the_alternative_to, ""))
            for relief, box in zip(self.offered, self["reliefs"], strict=True)
        ]

    def changes(self, move: str = "") -> ArgumentChanges:
        """`move` is the button's value: "12:up"."""
        cleaned = self.cleaned_data
        typed, _, way = move.partition(":")
        number = whole_number(typed)
        return ArgumentChanges(
            paragraphs={row.pk: self.change_of(row) for row in self.rows if row.pk},
            offered={
                (row.claim, row.decision_id): self.change_of(row)
                for row in self.rows
                if row.decision_id and not row.pk
            },
            own=self._own(),
            moved=(number, -1 if way == UP else 1)
            if number is not None and way in {UP, DOWN}
            else None,
            named={
                claim.claim: cleaned[f"named_{place}"]
                for place, claim in enumerate(self.unmatched)
                if cleaned[f"named_{place}"]
            },
            reliefs=tuple(cleaned["reliefs"]),
            own_reliefs=tuple(cleaned["own_reliefs"].splitlines()),
        )

    def _own(self) -> OwnParagraph | None:
        text = self.cleaned_data["own_text"]
        if not text.strip():
            return None
        claim, about = self.grounds[int(self.cleaned_data["own_ground"] or 0)][0]
        return OwnParagraph(text, claim, about)


def _rows_of(what: Challenged) -> list[ArgumentParagraph]:
    rows = what.appeal.argument_paragraphs.select_related("decision__offered_by")
    return own_decisions.with_offers(what, list(rows))


def _ground_name(what: Claimed, claim: str, about: str) -> str:
    exemption = what.exemption(about)
    if exemption:
        return f"{exemption.citation}: {exemption.title}"
    return claim or "The case as a whole"
