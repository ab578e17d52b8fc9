"""What a challenge may ask of the body that decides it."""

from cities.schema.facts import Confidence, Text, Value
from cities.schema.filings.exemptions import Slug
from cities.schema.grievances import GrievanceKind
from cities.schema.offices import RequestKind


class Relief(Value):
    """One thing to ask for: a sentence that begins with its verb ("Order the City to …").

    `notice` is what a notice of suit says of it, where the city should know what may be awarded.
    """

    slug: Slug
    routes: tuple[Text, ...]
    follows: tuple[GrievanceKind, ...]
    for_kinds: tuple[RequestKind, ...] = (RequestKind.RECORDS,)
    text: Text
    notice: str = ""
    citation: str = ""  # empty only on a route that no law gives
    source: Text
    confidence: Confidence = Confidence.UNVERIFIED
    is_optional: bool = False  # for the writer to choose, such as a civil penalty
    in_the_alternative_to: str = ""  # another relief's slug

    @property
    def may_be_printed(self) -> bool:
        return self.confidence.may_enter_letter
