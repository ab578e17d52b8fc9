"""Every address that changes something, as everybody and as nobody: as the pages permit."""

import pytest
from django.db import transaction
from django.urls import reverse

from requests_app.api.writing.challenges import LETTERS
from requests_app.policy.acts import ACTS
from tests.research.coding_project import CLEAR
from tests.test_permissions import TABLE
from tests.views.conftest import _monday, _plain_http, signed_in  # noqa: F401  as for the pages
from tests.views.test_every_url import (
    Arguments,
    _appeal,
    _argued_paragraph,
    _by_hand,
    _call,
    _challenge_day,
    _coder,
    _copy,
    _dataset,
    _denied,
    _draft,
    _drafted_appeal,
    _entry,
    _exhibit,
    _filed_appeal,
    _log_export,
    _log_import,
    _logged_appeal,
    _none,
    _offered,
    _project,
    _stamford,
    _suggested,
    _to_code,
    _to_offer,
    _variable,
    _waiting_mail,
    _watch,
    _webhook,
    _webhook_message,
)
from tests.views.world import ROLES, build

pytestmark = pytest.mark.django_db

# Of the table of permissions: reporter on their own, on another's, researcher, editor, admin.
COLUMN = {"reporter": 0, "other": 1, "researcher": 2, "editor": 3, "admin": 4}


# Beside the table: nobody, reporter (whose it is), another, researcher, editor, admin, a stranger
EVERYBODY = (401, 0, 0, 0, 0, 0, 0)
NEWSROOM = (401, 0, 0, 0, 0, 0, 404)
WORKERS = (401, 0, 404, 403, 0, 0, 404)
READERS = (401, 0, 404, 0, 0, 0, 404)
FILERS = (401, 0, 0, 403, 0, 0, 404)
STUDY = (401, 403, 403, 0, 0, 0, 404)
CODERS = (401, 404, 404, 0, 0, 404, 404)
OWN = (401, 0, 404, 404, 404, 404, 404)


WRITES: dict[str, tuple[Arguments, str | tuple[int, ...]]] = {
    **{
        f"api_begin_{kind}": (_none, "begin_request")
        for kind in ("records", "dataset", "correction", "access")
    },
    "api_draft_save": (_draft, "edit_request"),
    "api_discard": (_draft, "discard_draft"),
    "api_bring_back": (_draft, "discard_draft"),
    "api_review": (_draft, "send_to_review"),
    "api_approve": (_draft, "approve_request"),
    "api_return": (_draft, "return_request"),
    "api_submit": (_draft, "submit_request"),
    **{f"api_record_{slug}": (_denied, act.verb) for slug, act in ACTS.items()},
    "api_assign": (_denied, "assign_request"),
    "api_share": (_denied, "share_request"),
    "api_strike": (_entry, "correct_entry"),
    "api_restore": (_entry, "correct_entry"),
    "api_correct_day": (_entry, "correct_entry"),
    "api_appeal_new": (_denied, "draft_appeal"),
    "api_appeal_write": (_appeal, "edit_appeal"),
    "api_appeal_file": (_appeal, "file_appeal"),
    "api_appeal_received": (_appeal, "decide_appeal"),
    "api_appeal_decide": (_appeal, "decide_appeal"),
    "api_appeal_withdraw": (_appeal, "withdraw_appeal"),
    # One's own alone, and messages of which this world has none.
    "api_remind": (_denied, ""),
    "api_reminder_done": (lambda w: [1], "nobody's"),
    "api_call_or_letter": (_denied, WORKERS),
    "api_reply": (_call, WORKERS),
    "api_dismiss": (lambda w: [*_call(w), 0], WORKERS),
    "api_hand_over": (_by_hand, WORKERS),
    "api_retry": (_by_hand, WORKERS),
    "api_other_words": (_by_hand, WORKERS),
    "api_send_without": (_by_hand, WORKERS),
    "api_confirm": (_by_hand, WORKERS),
    "api_delivery_came_back": (_by_hand, WORKERS),
    "api_recall": (_by_hand, WORKERS),
    **{
        f"api_mail_{verb}": (_waiting_mail, FILERS)
        for verb in ("file", "set_aside", "bring_back", "read_again", "came_back")
    },
    **{f"api_challenge_letter_{slug}": (_filed_appeal, WORKERS) for slug in LETTERS},
    "api_day_new": (_filed_appeal, READERS),
    "api_day_move": (_challenge_day, READERS),
    "api_day_over": (_challenge_day, READERS),
    **{
        f"api_{verb}": (_drafted_appeal, READERS)
        for verb in ("paragraph_own", "exemption_name", "reliefs")
    },
    "api_paragraph_change": (_argued_paragraph, READERS),
    "api_paragraph_move": (_argued_paragraph, READERS),
    "api_exhibit_paper": (_drafted_appeal, READERS),
    "api_exhibit_file": (_drafted_appeal, READERS),
    **{
        f"api_exhibit_{verb}": (_exhibit, READERS)
        for verb in ("move", "rename", "remove", "settle")
    },
    "api_webhook_end": (_webhook, OWN),
    "api_webhook_again": (_webhook_message, OWN),
    "api_case_file_new": (_denied, READERS),
    "api_copy_given": (_copy, WORKERS),
    "api_tick": (_drafted_appeal, READERS),
    "api_settlement_offer": (_filed_appeal, READERS),
    "api_datasets_judged": (_draft, "edit_request"),
    "api_dataset_partly": (_suggested, WORKERS),
    "api_datasets_named": (_draft, "edit_request"),
    # a city, and what is followed in it
    "api_closure_new": (_stamford, EVERYBODY),
    "api_office": (lambda w: [*_stamford(w), "city_clerk"], EVERYBODY),
    "api_search_follow": (_stamford, EVERYBODY),
    "api_dataset_follow": (_dataset, NEWSROOM),
    "api_follow_stop": (_watch, OWN),
    "api_followed_seen": (_none, EVERYBODY),
    # research
    "api_export_new": (_none, (401, 403, 403, 0, 0, 0, 0)),
    "api_export_again": (_log_export, (401, 403, 403, 0, 0, 0, 404)),
    "api_import_new": (_none, (401, 403, 403, 0, 0, 0, 0)),
    **{
        f"api_import_{verb}": (_log_import, (401, 403, 403, 0, 0, 0, 404))
        for verb in ("try", "start", "go_on", "undo")
    },
    "api_decision_offer": (_to_offer, (401, 403, 403, 403, 0, 0, 404)),
    "api_decision_take_back": (_offered, (401, 403, 403, 403, 0, 0, 404)),
    "api_exhibit_decision": (
        lambda w: [*_drafted_appeal(w), *_offered(w)],
        READERS,
    ),
    "api_log_new": (_none, EVERYBODY),
    "api_log_next_step": (_logged_appeal, NEWSROOM),
    "api_log_correct": (_logged_appeal, (401, 0, 403, 0, 0, 0, 404)),
    "api_log_take_out": (_logged_appeal, (401, 0, 403, 0, 0, 0, 404)),
    "api_log_project": (_logged_appeal, NEWSROOM),
    "api_request_project": (_denied, READERS),
    "api_project_new": (_none, EVERYBODY),
    "api_project_rename": (_project, NEWSROOM),
    "api_variable_new": (_project, STUDY),
    "api_variable_change": (_variable, STUDY),
    "api_variable_remove": (_variable, STUDY),
    "api_variable_move": (_variable, STUDY),
    "api_coders_assign": (_project, STUDY),
    "api_coder_end": (_coder, STUDY),
    "api_coding_keep": (_to_code, CODERS),
    "api_coding_finish": (_to_code, CODERS),
    "api_coding_by_the_codebook": (_to_code, CODERS),
    # Nobody's to settle before two have coded it.
    "api_settle": (
        lambda w: [*_to_code(w), CLEAR],
        (401, 403, 403, 404, 404, 404, 404),
    ),
    "api_correspondence": (lambda w: [0], "nobody's"),
    "api_take_out": (lambda w: [0], "nobody's"),
}


def expected(role: str, name: str) -> int:
    """401, 403 or 404 where it is refused; 0 where it is this person's to do."""
    arguments, verb = WRITES[name]
    if isinstance(verb, tuple):
        return verb[ROLES.index(role)]
    if role == "nobody":
        return 401
    if verb == "nobody's":
        return 404
    if arguments is not _none and role in {"other", "stranger"}:
        return 404
    if verb == "" or role == "stranger":
        return 0
    if verb == "correct_entry" and role == "reporter":
        return 0  # whoever recorded it
    return 0 if TABLE[verb][COLUMN[role]] else 403


@pytest.mark.second_pass(role="admin")
@pytest.mark.parametrize("role", ROLES)
def test_every_write_answers_each_role_as_its_page_does(role: str) -> None:
    world = build()
    client = signed_in(world.people[role])

    found = {}
    for name, (arguments, _) in WRITES.items():
        with transaction.atomic():
            answer = client.post(
                reverse(name, args=arguments(world)), {"unknown": 1}, "application/json"
            )
            refused = {401, 403, 404}
            found[name] = answer.status_code if answer.status_code in refused else 0
            is_checked_first = (
                name.startswith("api_challenge_letter_") and answer.status_code == 409
            )
            assert is_checked_first or answer.status_code in {*refused, 422, 428}, name
            transaction.set_rollback(True)

    assert found == {name: expected(role, name) for name in WRITES}
