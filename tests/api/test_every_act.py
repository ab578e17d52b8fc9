"""What a person does on a page a program does too, or it is named here with the reason why not."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

HERE = settings.ROOT / "requests_app"
ACTIONS = "requests_app.actions."
BOUND = HERE / "forms" / "requests" / "recorded_acts.py"  # by which pages and API record alike

NOT_HERE = {
    "Shown once, after the password was given again: on the page alone.": (
        "newsroom.access.close_feed",
        "newsroom.access.issue_token",
        "newsroom.access.open_feed",
        "newsroom.access.revoke_token",
        "newsroom.own_account.change_address",
        "newsroom.webhooks.change_secret",
        "newsroom.webhooks.subscribe",
    ),
    "Done for good, after the password was given again: on the page alone.": (
        "privacy.erasing_content.erase_file",
        "privacy.erasing_content.erase_message",
    ),
    "Who may come in, and by which rules: no program's to change.": (
        "newsroom.invitations.accept",
        "newsroom.invitations.invite",
        "newsroom.invitations.send_again",
        "newsroom.invitations.withdraw",
        "newsroom.people.change_member",
        "newsroom.people.change_settings",
        "newsroom.people.deactivate",
        "newsroom.people.end_sign_ins",
        "newsroom.people.found_newsroom",
        "newsroom.people.let_in_again",
        "newsroom.people.rename",
        "newsroom.reminders.change_policy",
        "newsroom.reminders.choose",
        "newsroom.reminders.try_again",
        "newsroom.reminders.unsubscribe",
        "mail.incoming.give",
        "mail.round_trips.begin",
    ),
    "How letters look and read, set beside a preview of them.": (
        "newsroom.letter_wordings.put_back",
        "newsroom.letter_wordings.use_again",
        "newsroom.letter_wordings.write",
        "newsroom.stationery.keep_logo",
        "newsroom.stationery.keep_signature",
        "newsroom.stationery.put_away_paragraph",
        "newsroom.stationery.remove_logo",
        "newsroom.stationery.remove_signature",
        "newsroom.stationery.rewrite_paragraph",
        "newsroom.stationery.write_paragraph",
        "cities.city_forms.keep_form",
        "cities.city_forms.put_away_form",
    ),
    "What a browser keeps of a page, or sends in pieces; a program sends the whole.": (
        "drafts.unsaved_words.close",
        "drafts.unsaved_words.keep",
        "drafts.unsaved_words.let_go",
        "mail.large_uploads.begin",
        "mail.large_uploads.finish",
        "challenges.supplements.keep_files",
        "requests.appeal_drafts.settle",
    ),
    "What everybody may read of the newsroom: an admin looks at it first.": (
        "research.scorecards.publish",
        "research.scorecards.switch",
        "research.scorecards.take_down",
    ),
    "Judged by a person beside the draft, the letter or the paper; not offered here yet.": (
        "catalog.fixed_or_not.settle_change",
        "catalog.turning.turn_into_records_request",
        "catalog.withdrawn_datasets.ask_for_what_was_in_it",
        "drafts.comments.settle",
        "newsroom.reminders.remove",
        "sending.printing.post_all",
    ),
    "Facts of a city and its catalog, entered by a person; not offered here yet.": (
        "catalog.own_portal.load_list",
        "catalog.own_portal.set_portal",
        "catalog.own_portal.try_portal",
        "catalog.own_portal.use_the_packs",
    ),
}


def test_every_act_of_the_pages_is_here_or_says_why_not() -> None:
    pages, here = _acts_of(HERE / "views", BOUND), _acts_of(HERE / "api", BOUND)
    named = [act for acts in NOT_HERE.values() for act in acts]

    assert pages - here == set(named)
    assert len(named) == len(set(named))
    assert here <= pages, "a program does what nobody can do on a page"


def _acts_of(*places: Path) -> set[str]:
    files = [
        one for place in places for one in ([place] if place.is_file() else place.rglob("*.py"))
    ]
    return {act for file in files for name in _named_in(file) for act in _act(name)}


def _named_in(file: Path) -> Iterator[str]:
    """Everything of the actions that a file names, by its whole name."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    imported = {
        one.asname or one.name: f"{node.module}.{one.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(ACTIONS[:-1])
        for one in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id in imported:
                yield f"{imported[node.value.id]}.{node.attr}"
        elif isinstance(node, ast.Name) and node.id in imported:
            yield imported[node.id]


def _act(name: str) -> Iterator[str]:
    """Its name where it changes something: it says by whom, or is a transaction of its own."""
    module, _, function = name.rpartition(".")
    try:
        found = getattr(importlib.import_module(module), function, None)
    except ImportError:
        return
    if not inspect.isfunction(found):
        return
    is_whole = inspect.getsource(found).lstrip().startswith("@transaction.atomic")
    if is_whole or "by" in inspect.signature(found).parameters:
        yield f"{found.__module__}.{found.__name__}".removeprefix(ACTIONS)
