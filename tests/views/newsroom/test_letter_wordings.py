"""The pages of a newsroom's own wording: looked at, saved, refused, compared, put back."""

from typing import Any

import pytest
from django.test import Client

from requests_app.letters.wording.newsrooms_own import pack_now
from requests_app.models import LetterWording, Role, User
from tests import factories
from tests.factories import member
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db
EDIT = "/stationery/wording/thanks/"
OURS = f"{pack_now.text_for('thanks', '').strip()}\n\nGood morning.\n"


@pytest.fixture
def editor() -> User:
    return member(Role.EDITOR, name="Mara Lind")


def posted(client: Client, text: str, do: str = "save", url: str = EDIT, **fields: Any) -> Any:
    parts = text.split("\n\n")
    return client.post(url, {"part": parts, "do": do, "on_top_of": 0, "note": ""} | fields)


def test_editor_sees_the_packs_wording_in_parts_and_what_each_says(editor: User) -> None:
    page = signed_in(editor).get(EDIT)

    first = page.context["parts"][0]
    assert (first.text, first.says) == ("{{ salutation }}:", "<p>Dear City Clerk:</p>\n")
    assert [one.place for one in page.context["kept"] if not one.is_in] == []
    assert "the pack’s wording is in use" in flat(page)


def test_looking_saves_nothing_and_shows_the_city_that_was_asked_for(editor: User) -> None:
    answer = posted(signed_in(editor), OURS, do="look", city="us-or/portland")

    assert answer.status_code == 200
    assert answer.context["shown"].occasion.city.name == "Portland"
    assert not LetterWording.objects.exists()


def test_saved_wording_is_in_use_and_in_the_list(editor: User) -> None:
    client = signed_in(editor)

    answer = posted(client, OURS, url=f"{EDIT}?scope=us-ct", note="friendlier")

    assert answer.headers["Location"] == f"{EDIT}?scope=us-ct"
    kept = LetterWording.objects.get()
    assert (kept.scope, kept.text, kept.note) == ("us-ct", OURS.strip(), "friendlier")
    assert "Connecticut</a> · our own, <a" in flat(client.get("/stationery/wording/"))


def test_refused_wording_says_what_it_lost_and_keeps_what_was_typed(editor: User) -> None:
    answer = posted(signed_in(editor), "Hello and thanks.")

    assert answer.status_code == 422
    page = flat(answer)
    assert "It does not say {{ salutation }}, which the pack&#x27;s letter says." in page
    assert "Hello and thanks.</textarea>" in page
    assert not LetterWording.objects.exists()


def test_words_that_are_not_plain_are_warned_of_and_saved(editor: User) -> None:
    client = signed_in(editor)
    text = OURS.replace("Good morning.", "On our count, this is good.")

    looked = posted(client, text, do="look")
    saved = posted(client, text)

    assert looked.context["struck"] == {"on our count": "translated: counsel writes “by our count”"}
    assert saved.status_code == 303


def test_second_editor_sees_what_the_first_saved_and_may_go_on_top(editor: User) -> None:
    other = signed_in(member(Role.EDITOR, editor.membership.newsroom))
    posted(signed_in(editor), OURS)

    answer = posted(other, OURS.replace("morning", "evening"))

    assert answer.status_code == 422
    assert "Mara Lind changed this wording meanwhile" in flat(answer)
    assert answer.context["base"] == 1
    again = posted(other, OURS.replace("morning", "evening"), on_top_of=1)
    assert again.status_code == 303
    assert LetterWording.objects.count() == 2


def test_versions_are_compared_and_the_pack_is_put_back_in_one_step(editor: User) -> None:
    client = signed_in(editor)
    posted(client, OURS)

    page = flat(client.get(f"{EDIT}versions/"))
    answer = client.post(f"{EDIT}put-back/", {"on_top_of": 1})

    assert "<ins>Good morning.</ins>" in page
    assert answer.status_code == 303
    assert LetterWording.objects.order_by("number").last().act == "put_back"
    used = client.post(f"{EDIT}use-again/", {"on_top_of": 2, "number": 1})
    assert used.status_code == 303
    assert "version 1 used again" in flat(client.get(f"{EDIT}versions/"))


def test_a_change_of_the_packs_wording_is_told(editor: User) -> None:
    client = signed_in(editor)
    posted(client, OURS)
    kept = LetterWording.objects.get()
    LetterWording.objects.create(
        newsroom=kept.newsroom, letter="thanks", scope="", number=2, act="written", text=kept.text,
        pack_text=kept.pack_text.replace("thanks", "gratitude"), pack_sha256="older",
        written_by=editor,
    )  # fmt: skip

    page = flat(client.get(EDIT))

    assert "The pack’s wording has changed" in page
    assert "<del>gratitude " in page
    assert "the pack’s has changed since" in flat(client.get("/stationery/wording/"))


def test_a_real_requests_facts_are_shown(editor: User) -> None:
    request = factories.submitted(editor)
    url = "/stationery/wording/withdrawal/?scope=us-ct/stamford"

    page = signed_in(editor).get(url)

    assert page.context["shown"].request == request
    says = " ".join(part.says for part in page.context["parts"])
    assert "which we made on November 2, 2026." in says.replace("\u2060", "")


def test_another_newsrooms_wording_and_requests_are_not_there(editor: User) -> None:
    stranger = member(Role.EDITOR)
    theirs = factories.submitted(stranger, subject="Their secret subject")
    posted(signed_in(stranger), OURS)
    client = signed_in(editor)

    pages = [client.get(EDIT), client.get("/stationery/wording/"), client.get(f"{EDIT}versions/")]
    asked = client.get(f"{EDIT}?request={theirs.reference}")

    for page in (*pages, asked):
        assert "Good morning." not in flat(page)
        assert "Their secret subject" not in flat(page)
    refused = flat(client.post(f"{EDIT}put-back/", {"on_top_of": 1}, follow=True))
    assert "in use here already" in refused


@pytest.mark.parametrize(
    "url",
    [
        "/stationery/wording/nonsense/",
        f"{EDIT}?scope=us-zz",
        f"{EDIT}?scope=../../etc",
        "/stationery/wording/appeal_commission/?scope=us-or",
    ],
)
def test_what_does_not_exist_is_not_found(editor: User, url: str) -> None:
    assert signed_in(editor).get(url).status_code == 404


@pytest.mark.parametrize("role", [Role.REPORTER, Role.RESEARCHER])
def test_only_editors_word_letters(role: Role) -> None:
    client = signed_in(member(role))

    assert client.get("/stationery/wording/").status_code == 200
    assert client.get(EDIT).status_code == 403
    assert posted(client, OURS).status_code == 403
    assert not LetterWording.objects.exists()


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "{{ salutation.__class__ }}",
        "{% include '/etc/passwd' %}",
        "x" * 30_000,
        "\n\n" * 300 + "{{ pack: closing }}" * 200,
    ],
)
def test_nothing_typed_runs_or_breaks_the_page(editor: User, attack: str) -> None:
    client = signed_in(editor)

    looked = posted(client, f"{OURS}\n\n{attack}", do="look")
    posted(client, f"{OURS}\n\n{attack}")

    assert looked.status_code == 200
    assert "<script>alert" not in looked.content.decode()
    for kept in LetterWording.objects.all():
        assert "{%" not in kept.text


def test_a_draft_written_before_is_told_and_keeps_its_words(editor: User) -> None:
    draft = factories.draft(editor)
    client = signed_in(editor)
    url = f"/requests/{draft.public_id}/edit/"
    before = client.get(url)
    text = pack_now.text_for("records_request", "").replace(
        "Please release", "Hello. Please release"
    )
    posted(client, text.strip(), url="/stationery/wording/records_request/")

    after = client.get(url)

    assert not before.context["is_of_another_wording"]
    assert after.context["is_of_another_wording"]
    assert "Hello." not in after.context["letter"]["text"].value()
    assert "takes the new wording" in flat(after)
    assert "Hello." in factories.draft(editor).letter_text


def test_a_page_says_that_a_wording_which_would_say_less_was_not_taken(editor: User) -> None:
    draft = factories.draft(editor)
    LetterWording.objects.create(
        newsroom=draft.newsroom, letter="records_request", scope="", number=1, act="written",
        text="{{ salutation }}: send it all.", pack_text="", pack_sha256="", written_by=editor,
    )  # fmt: skip

    page = flat(signed_in(editor).get(f"/requests/{draft.public_id}/edit/"))

    assert "The newsroom’s own wording does not fit here, and the pack’s was taken." in page
