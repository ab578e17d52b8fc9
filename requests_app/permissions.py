"""Who may do what: one predicate an action. Who may *see* what is `RecordsRequest.visible_to`.

A reporter works on the requests they began, are assigned or were shared; an editor or admin on all
the newsroom's; a researcher reads the newsroom's and logs its appeals. Asked through `may` and
`require` and not through `User.has_perm`: that one lets a superuser past every rule.
"""

from typing import Any

import rules
from django.core.exceptions import PermissionDenied

from requests_app.models import Letter, LetterKind, RecordsRequest, Role, User


def _role(user: User) -> str:
    return user.role if user.is_active else ""


def _request_of(thing: Any) -> RecordsRequest | None:
    """The request that an appeal, a delivery or a letter belongs to, or the request itself."""
    if isinstance(thing, RecordsRequest):
        return thing
    return getattr(thing, "records_request", None)


@rules.predicate
def is_member(user: User) -> bool:
    return bool(_role(user))


@rules.predicate
def is_editor(user: User) -> bool:
    return _role(user) in {Role.EDITOR, Role.ADMIN}


@rules.predicate
def is_admin(user: User) -> bool:
    return _role(user) == Role.ADMIN


@rules.predicate
def is_researcher(user: User) -> bool:
    return _role(user) == Role.RESEARCHER


@rules.predicate
def files_requests(user: User) -> bool:
    return _role(user) in {Role.REPORTER, Role.EDITOR, Role.ADMIN}


@rules.predicate
def is_of_their_newsroom(user: User, thing: Any) -> bool:
    if not _role(user):
        return False
    request = _request_of(thing)
    newsroom_id = request.newsroom_id if request else getattr(thing, "newsroom_id", None)
    return newsroom_id == user.membership.newsroom_id


@rules.predicate
def works_on(user: User, thing: Any) -> bool:
    """Editors work on all the newsroom's requests, reporters on their own."""
    request = _request_of(thing)
    if request is None or request.newsroom_id != user.membership.newsroom_id:
        return False
    if is_editor(user):
        return True
    is_own = user.pk in {request.created_by_id, request.assigned_to_id}
    return is_own or request.is_shared_with(user)


@rules.predicate
def goes_unreviewed(user: User, thing: Any) -> bool:
    """Whether no editor has to read it first: of all letters, a newsroom reviews its requests."""
    request = _request_of(thing)
    letter: Letter | None = getattr(thing, "letter", None)
    is_a_request = letter is None or letter.kind in LetterKind.requests()
    return request is not None and not (is_a_request and request.newsroom.reviews_before_filing)


@rules.predicate
def recorded_it(user: User, thing: Any) -> bool:
    """Whether this entry of a ledger is this person's own."""
    return getattr(thing, "by_id", None) == user.pk


@rules.predicate
def entered_it(user: User, thing: Any) -> bool:
    """Whether this entry of the appeal log is this person's own."""
    return getattr(thing, "created_by_id", None) == user.pk


works = files_requests & works_on
edits = is_editor & is_of_their_newsroom
changes_the_approved = works & (is_editor | goes_unreviewed)
corrects_the_log = is_of_their_newsroom & (is_editor | is_researcher | entered_it)
logs_appeals = works | (is_researcher & is_of_their_newsroom)
researches = is_researcher | is_editor
corrects = edits | (recorded_it & logs_appeals)
of_newsroom = is_member & is_of_their_newsroom
runs_studies = (is_editor | is_researcher) & is_of_their_newsroom

PREDICATES: dict[str, Any] = {
    # in the newsroom
    "begin_request": files_requests,
    "edit_request": works,
    "discard_draft": works,
    "send_to_review": works,
    "approve_request": edits,
    "return_request": edits,
    "assign_request": edits,
    "share_request": works,
    "add_note": logs_appeals,
    "make_case_file": logs_appeals,
    "correct_entry": corrects,
    # on its way
    "submit_request": works,
    "hand_over": works,
    "retry_delivery": works,
    "change_approved_letter": changes_the_approved,
    "confirm_delivery": works,
    "bounce_delivery": works,
    "recall_delivery": works,
    "end_link": works,
    # mail that comes in
    "read_inbox": files_requests,
    "file_mail": works,
    "set_mail_aside": files_requests,
    "open_raw_mail": files_requests,
    "release_file": is_admin,
    "erase_content": is_admin,
    # the city's acts, and our answers
    "record_answer": works,
    "reply_to_city": works,
    "announce_suit": edits,
    "treat_as_denial": works,
    "end_request": works,
    # challenges
    "draft_appeal": logs_appeals,
    "edit_appeal": logs_appeals,
    "file_appeal": works,
    "decide_appeal": logs_appeals,
    "withdraw_appeal": logs_appeals,
    "enter_challenge_day": logs_appeals,
    # research
    "log_appeal": is_member,
    "correct_log_entry": corrects_the_log,
    "import_log": researches,
    "export_log": researches,
    "export_personal_data": is_editor,
    "keep_project": of_newsroom,
    "put_into_project": of_newsroom,
    "keep_codebook": runs_studies,
    "assign_coders": runs_studies,
    "code_entry": of_newsroom,
    "resolve_codes": runs_studies,
    "offer_decision": edits,
    # the newsroom's own knowledge and people
    "see_coverage": is_editor,
    "enter_office": is_member,
    "enter_closure": is_member,
    "set_portal": is_editor,
    "keep_city_form": is_editor,
    "keep_paragraphs": is_editor,
    "word_letters": is_editor,
    "keep_logo": is_admin,
    "keep_signature": is_member,
    "publish_scorecards": is_admin,
    "manage_members": is_admin,
    "change_settings": is_admin,
}

WHO = {
    works: "a reporter who works on it, an editor or an admin",
    edits: "an editor or an admin",
    changes_the_approved: "an editor or an admin",
    corrects: "whoever recorded it, an editor or an admin",
    of_newsroom: "somebody of the newsroom",
    runs_studies: "a researcher, an editor or an admin",
    is_editor: "an editor or an admin of the newsroom",
    researches: "a researcher, an editor or an admin of the newsroom",
    files_requests: "a reporter, an editor or an admin",
    corrects_the_log: "whoever entered it, a researcher, an editor or an admin",
    logs_appeals: "a reporter who works on it, a researcher, an editor or an admin",
    is_member: "somebody of the newsroom",
    is_admin: "an admin of the newsroom",
}


def may(user: Any, verb: str, thing: Any = None) -> bool:
    """Whether this person may do that, to that thing. An unknown verb is a KeyError."""
    return bool(isinstance(user, User) and PREDICATES[verb].test(user, thing))


def require(user: Any, verb: str, thing: Any = None) -> None:
    """Raises PermissionDenied with a sentence that says who may."""
    if not may(user, verb, thing):
        what = verb.replace("_", " ")
        raise PermissionDenied(f"To {what}, ask {WHO[PREDICATES[verb]]}.")
