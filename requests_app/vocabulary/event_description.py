"""What can be said of a kind of event; `event_kinds` says it of each."""

from dataclasses import dataclass
from enum import Flag, StrEnum, auto

from cities.schema.offices import BundlePart


class Actor(StrEnum):
    """Whose act an event is. The values are those of a deadline's `whose`."""

    NOBODY = ""
    OURS = "ours"
    CITY = "city"
    BODY = "body"  # the body that decides an appeal

    @property
    def is_other_side(self) -> bool:
        return self in {Actor.CITY, Actor.BODY}


class Mark(Flag):
    """What actions, clocks, papers and reminders ask of an event, beside its words."""

    NONE = 0
    # The newsroom's own affair: whoever reads a case file outside has no business with it.
    PRIVATE = auto()
    # The desk worked it out itself: the deadlines' own pages say it better.
    DERIVED = auto()
    # It says that mail came, never what it means: there is a lot of it, and nothing to derive.
    READ_BY_NO_CLOCK = auto()
    # Something that came to us, as the morning digest lists it.
    CAME_IN = auto()
    # Only a city that has the request says it.
    SHOWS_RECEIPT = auto()
    # After it nobody asks any more whether the city has the request, though no city said so.
    ENDS_ASKING_FOR_RECEIPT = auto()
    # An answer or an end: the newsroom's own reminder to look at the request is met by it.
    ENDS_THE_WAIT = auto()
    # It settles a request for the time being: an end, a challenge or another answer comes after it.
    SETTLES = auto()
    # The city's answer to the request as a whole.
    ANSWERS = SHOWS_RECEIPT | ENDS_THE_WAIT | SETTLES
    # The city gave something that one can thank it for.
    GIVES = auto()
    # The city gave records.
    GIVES_RECORDS = auto()
    # The city, or its silence, refused something: one can sue over it.
    REFUSES = auto()
    # The city withheld records in writing: one can ask for its grounds.
    WITHHOLDS = auto()
    # The newsroom's own count of a request for data, which no law counts, begins again with it.
    BEGINS_OUR_COUNT = auto()
    # A machine wrote it, or it has a way back of its own: nobody strikes it.
    NEVER_STRUCK = auto()


@dataclass(frozen=True, slots=True)
class EventDescription:
    """One kind of event, for whoever shows it, files it or counts from it.

    `heading` stands in a paper for somebody outside; `sentence` is the ledger's, and its words in
    braces are filled in by `views.requests.event_lines`. `rank` orders the acts that a timeline
    names where there is not room for all, the first first; 0 is only marked there. `papers` are
    the parts of a bundle that it belongs to; as an exhibit it is called by `exhibit_title` and its
    day ("Denial of November 20, 2026"), or by its heading. `needs` names, as they are in the
    database, the kinds of which one must stand before it: what it answers, or what must have left
    before it.
    """

    heading: str
    sentence: str
    actor: Actor = Actor.NOBODY
    marks: Mark = Mark.NONE
    rank: int = 0
    papers: tuple[BundlePart, ...] = ()
    needs: tuple[str, ...] = ()
    exhibit_title: str = ""
