"""The facts that a letter's description names in groups, in both places that know the groups."""

from requests_app.letters.facts import declared_facts, reply_facts
from requests_app.letters.facts.declared_facts import FACTS
from requests_app.models import LetterKind


def test_every_group_is_declared_and_found_and_used() -> None:
    used = {group for offer in LetterKind.offered().values() for group in offer.facts}

    assert declared_facts.GROUPS.keys() == reply_facts.GROUPS.keys() == used


def test_what_a_form_asks_is_a_fact_of_its_letter() -> None:
    for kind, offer in LetterKind.offered().items():
        assert {one.name for one in offer.questions} <= FACTS[kind].keys()


def test_no_question_has_the_name_of_a_fact_that_the_desk_knows() -> None:
    for kind, offer in LetterKind.offered().items():
        groups = {name for group in offer.facts for name in declared_facts.GROUPS[group]}
        known = declared_facts.COMMON.keys() | declared_facts.LAW.keys() | groups
        assert not known & {one.name for one in offer.questions}, kind
