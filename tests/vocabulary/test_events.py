"""Every kind of event is described, in words that the ledger can fill in."""

from string import Formatter

import pytest

from cities.schema.clock_events import EVENTS
from requests_app.casefile.content import bundle_parts as parts
from requests_app.models import Event
from requests_app.views.requests.event_lines import words_of_event
from requests_app.vocabulary.event_description import Actor, Mark
from requests_app.vocabulary.event_kinds import EventKind, describe, event_kinds, kinds_marked
from tests.factories import TODAY, submitted

K = EventKind
parse = Formatter().parse


def test_the_name_in_the_database_is_the_member_in_lower_case():
    assert [kind.value for kind in K] == [kind.name.lower() for kind in K]


def test_choices_of_the_field_are_the_members():
    assert dict(Event._meta.get_field("kind").flatchoices) == dict(event_kinds())
    assert dict(event_kinds())["sent_to_review"] == "Sent To Review"


@pytest.mark.parametrize("kind", list(K))
def test_every_kind_has_a_heading_and_a_sentence(kind: EventKind):
    assert kind.described.heading
    assert kind.described.sentence.endswith((".", ":"))


def test_no_two_kinds_have_one_heading():
    headings = [kind.described.heading for kind in K]
    assert len(set(headings)) == len(headings)


def test_what_is_private_is_nobodys_act_on_a_timeline():
    assert [k for k in kinds_marked(Mark.PRIVATE) if k.described.actor is not Actor.NOBODY] == []


def test_no_paper_for_somebody_outside_holds_a_private_event():
    assert [k for k in kinds_marked(Mark.PRIVATE) if k.described.papers] == []


def test_every_paper_an_event_belongs_to_has_a_title():
    papers = {paper for kind in K for paper in kind.described.papers}
    assert papers <= parts.TITLES.keys()


def test_no_two_kinds_of_event_have_one_rank_on_the_timeline():
    ranks = [kind.described.rank for kind in K if kind.described.rank]
    assert sorted(ranks) == sorted(set(ranks))


def test_what_no_clock_reads_is_no_event_of_the_law():
    assert {str(kind) for kind in kinds_marked(Mark.READ_BY_NO_CLOCK)} & EVENTS == set()


def test_only_the_city_shows_that_it_has_the_request():
    shown = kinds_marked(Mark.SHOWS_RECEIPT)
    assert {kind.described.actor for kind in shown} == {Actor.CITY}


def test_marks_of_several_kinds_are_asked_for_together():
    assert kinds_marked(Mark.GIVES_RECORDS | Mark.WITHHOLDS) == {
        K.GRANTED,
        K.GRANTED_IN_PART,
        K.PRODUCED_IN_PART,
        K.DENIED,
    }


@pytest.mark.django_db
def test_the_ledger_knows_every_word_of_every_sentence():
    request = submitted()
    of = {"records_request": request, "on": TODAY, "data": {}}

    unknown = {
        kind: words - words_of_event(Event(kind=kind, **of), request).keys()
        for kind in K
        if (words := {name for _, name, _, _ in parse(describe(kind).sentence) if name})
    }

    assert {kind: words for kind, words in unknown.items() if words} == {}
