"""What is typed is kept while it is typed: one row a tab, its latest copy, and nothing else."""

from datetime import timedelta

import pytest

from requests_app.actions.drafts import unsaved_words
from requests_app.actions.drafts.unsaved_words import DRAFT_PAGE, FormPage, TypedCopy
from requests_app.actions.errors import Refused
from requests_app.actions.requests import review
from requests_app.ledger.attribution import Attribution
from requests_app.models import DraftVersion, Event, RecordsRequest, UnsavedWriting, User
from tests.factories import NOW, acting, draft, member

pytestmark = pytest.mark.django_db


def page_of(request: RecordsRequest) -> FormPage:
    return FormPage(DRAFT_PAGE, request)


def typed(
    request: RecordsRequest, text: str, *, tab: str = "a", count: int = 1, **more: object
) -> UnsavedWriting:
    """By whoever began the request."""
    copy = TypedCopy(tab=tab, count=count, base="1", fields={"text": text}, **more)  # type: ignore[arg-type]
    return unsaved_words.keep(page_of(request), copy, **acting(request))


def words(person: User, request: RecordsRequest) -> list[str]:
    return [row.fields["text"] for row in unsaved_words.of_person(page_of(request), person)]


def test_typing_on_overwrites_the_tabs_row_and_leaves_ledger_and_versions_alone():
    request = draft()
    before = Event.objects.count(), DraftVersion.objects.count()

    for number, text in enumerate(("D", "De", "Dear"), start=1):
        typed(request, text, count=number)

    assert words(request.created_by, request) == ["Dear"]
    assert UnsavedWriting.objects.count() == 1
    assert (Event.objects.count(), DraftVersion.objects.count()) == before


def test_a_copy_that_was_overtaken_changes_nothing():
    request = draft()
    typed(request, "Dear Clerk", count=7)

    typed(request, "Dear", count=6)

    assert words(request.created_by, request) == ["Dear Clerk"]


def test_two_tabs_of_one_person_are_both_kept():
    request = draft()
    typed(request, "Here.", tab="a")

    typed(request, "There.", tab="b")

    assert sorted(words(request.created_by, request)) == ["Here.", "There."]


def test_a_tab_that_goes_on_from_another_takes_its_place():
    request = draft()
    typed(request, "Dear", tab="a", count=3)

    typed(request, "Dear Clerk", tab="b", continues=("a", 3))

    assert words(request.created_by, request) == ["Dear Clerk"]


def test_a_tab_in_which_somebody_typed_on_is_not_replaced():
    request = draft()
    typed(request, "Dear", tab="a", count=3)
    typed(request, "Dear me", tab="a", count=4)

    typed(request, "Dear Clerk", tab="b", continues=("a", 3))

    assert sorted(words(request.created_by, request)) == ["Dear Clerk", "Dear me"]


def test_nobody_goes_on_from_another_persons_tab():
    request = draft()
    typed(request, "Dear", tab="a", count=3)
    tom = member(newsroom=request.newsroom)
    copy = TypedCopy("b", 1, "1", {"text": "Tom's"}, continues=("a", 3))

    unsaved_words.keep(page_of(request), copy, by=Attribution(tom, NOW))

    assert words(request.created_by, request) == ["Dear"]
    assert words(tom, request) == ["Tom's"]


def test_a_form_as_it_was_saved_holds_no_words():
    request = draft()
    typed(request, "Dear Clerk", count=1)

    typed(request, request.letter_text, count=2, has_changed=False)

    assert words(request.created_by, request) == []


def test_words_that_were_saved_take_no_late_copy():
    request = draft()
    typed(request, "Dear", count=1)
    unsaved_words.close(page_of(request), tabs=("a", ""), **acting(request))

    with pytest.raises(Refused, match="saved already"):
        typed(request, "Dear C", count=2)

    assert words(request.created_by, request) == []


def test_a_tab_whose_first_copy_comes_after_its_save_is_closed_too():
    request = draft()
    unsaved_words.close(page_of(request), tabs=("never-kept",), **acting(request))

    with pytest.raises(Refused, match="saved already"):
        typed(request, "Dear C", tab="never-kept")


def test_words_stay_on_the_page_they_were_typed_into():
    request, other = draft(), draft()
    typed(request, "Dear")
    copy = TypedCopy("a", 2, "1", {"text": "Moved"})

    with pytest.raises(Refused, match="another page"):
        unsaved_words.keep(page_of(other), copy, **acting(request))

    assert words(request.created_by, request) == ["Dear"]


def test_a_letter_is_not_sent_to_review_without_words_that_its_sender_has_typed():
    request = draft()
    row = typed(request, "And the years 2019 to 2024.")

    with pytest.raises(Refused, match="save them or let them go"):
        review.send_to_review(request, **acting(request))
    unsaved_words.let_go(row, **acting(request))
    review.send_to_review(request, **acting(request))

    request.refresh_from_db()
    assert request.state == "in_review"


def test_words_that_are_let_go_are_set_aside_with_the_versions():
    request = draft()
    row = typed(request, "Or so?")

    unsaved_words.let_go(row, **acting(request))

    assert words(request.created_by, request) == []
    assert [(v.kind, v.text) for v in request.draft_versions.all()[1:]] == [("set_aside", "Or so?")]


def test_only_who_typed_them_lets_words_go():
    request = draft()
    row = typed(request, "Mine.")

    with pytest.raises(Refused, match="another person's words"):
        unsaved_words.let_go(row, by=Attribution(member(newsroom=request.newsroom), NOW))

    assert words(request.created_by, request) == ["Mine."]


def test_tabs_that_hold_nothing_are_forgotten_the_next_day_and_words_never():
    request = draft()
    typed(request, "Words.", tab="words")
    typed(request, "", tab="open", has_changed=False)
    unsaved_words.close(page_of(request), tabs=("saved",), **acting(request))
    copy = TypedCopy("today", 1, "1", {"text": ""}, has_changed=False)

    unsaved_words.keep(
        page_of(request), copy, by=Attribution(request.created_by, NOW + timedelta(days=2))
    )

    left = UnsavedWriting.objects.order_by("tab").values_list("tab", flat=True)
    assert list(left) == ["today", "words"]


def test_a_character_that_no_database_takes_is_left_out():
    request = draft()

    typed(request, "Dear\x00 Clerk")

    assert words(request.created_by, request) == ["Dear Clerk"]
