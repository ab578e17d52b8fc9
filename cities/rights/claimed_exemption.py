"""Which of a statute's exemptions a city means by what it wrote."""

from dataclasses import dataclass

from cities.schema.cited_sections import exemptions
from cities.schema.city import Statute
from cities.schema.filings.exemptions import Exemption


@dataclass(frozen=True, slots=True)
class ClaimedExemption:
    """What the city wrote, and the exemption that it means, where there is just one."""

    claim: str
    exemption: Exemption | None
    candidates: tuple[Exemption, ...] = ()  # those that it may mean, where there is more than one

    @property
    def problem(self) -> str:
        """Why there is none, in a sentence; empty where there is one."""
        if self.exemption is not None:
            return ""
        if not self.claim:
            return "The city named no exemption."
        if self.candidates:
            names = "; ".join(exemption.citation for exemption in self.candidates)
            return f"“{self.claim}” may mean more than one exemption: {names}. Choose one."
        return f"“{self.claim}” is none of the exemptions that we know. Choose one, or write to it."


def find_exemption(statute: Statute, claim: str) -> ClaimedExemption:
    """The exemption with that slug or citation, else the one whose section the claim cites."""
    claim = " ".join(claim.split())
    for exemption in statute.exemptions:
        if claim in (exemption.slug, exemption.citation):
            return ClaimedExemption(claim, exemption)
    by_citation = {exemption.citation: exemption for exemption in statute.exemptions}
    meant, _ = exemptions(claim, tuple(by_citation))
    found = tuple(by_citation[citation] for citation in meant)
    if len(found) == 1:
        return ClaimedExemption(claim, found[0])
    return ClaimedExemption(claim, None, found)
