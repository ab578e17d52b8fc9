"""Every address of the desk, as everybody and as nobody. An address that is not listed fails."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from requests_app.actions.catalog import checking, following
from requests_app.actions.challenges import entered_days
from requests_app.actions.challenges.entered_days import ChallengeDay
from requests_app.actions.cities import city_forms
from requests_app.actions.drafts import unsaved_words
from requests_app.actions.mail import large_uploads
from requests_app.actions.mail.calls_and_letters import CallOrLetter, record_call_or_letter
from requests_app.actions.mail.large_uploads import Announced
from requests_app.actions.newsroom import (
    access,
    invitations,
    letter_wordings,
    stationery,
    webhooks,
)
from requests_app.actions.privacy.erasing_content import Why, erase_message
from requests_app.actions.requests import appeals, ending, exhibits, review
from requests_app.actions.research import offered_decisions, scorecards
from requests_app.actions.research.log_entries import Claim
from requests_app.actions.research.offered_decisions import Offer
from requests_app.actions.research.scorecards import Shown
from requests_app.delivery import links
from requests_app.delivery.message_plan import Enclosure
from requests_app.demo.finished_drafts import finish
from requests_app.ledger.attribution import Attribution
from requests_app.letters.wording.newsrooms_own import pack_now
from requests_app.models import (
    CatalogDataset,
    CitedDataset,
    CityPortal,
    Communication,
    FileLink,
    FilledForm,
    InboundMail,
    LetterCopy,
    LogDocument,
    LogEntry,
    Newsroom,
    PersonalReminder,
    RawMailRemoval,
    Role,
    WebhookMessage,
)
from requests_app.models.letters.case_file import CaseFile, CaseFileKind, CaseFileState
from requests_app.reminders.mails.unsubscribing import token_for
from requests_app.research.figures.every_figure import FIGURES
from requests_app.vocabulary.challenge_days import DayKind
from requests_app.vocabulary.copy_ways import CopyWay
from requests_app.vocabulary.erasure_grounds import ErasureGround
from requests_app.vocabulary.headlines import Section
from requests_app.vocabulary.research.exemption_outcomes import Became
from tests.api.callers import token_of
from tests.catalog.catalogs import dataset, portal, withdrawn
from tests.catalog.datasets import CITY, small_catalog
from tests.factories import BY_EMAIL, NOW, TODAY, acting, member, submitted
from tests.inbound.messages import answer_to, message, taken_in
from tests.letters.forms.blank_form import request_form
from tests.research.coding_project import CLEAR, Study, finished, saved, study_of
from tests.research.entries import logged
from tests.research.exporting.logs import exported
from tests.research.importing.files import CITY_LOG, brought, tried
from tests.views.conftest import signed_in
from tests.views.world import ROLES, World, build

pytestmark = pytest.mark.django_db

# nobody, reporter (whose requests they are), other reporter, researcher, editor, admin, and an
# admin of another newsroom
OPEN = (200, 200, 200, 200, 200, 200, 200)
MEMBERS = (302, 200, 200, 200, 200, 200, 200)
FILERS = (302, 200, 200, 403, 200, 200, 200)
OF_ITS_NEWSROOM = (302, 200, 200, 200, 200, 200, 404)
READERS = (302, 200, 404, 200, 200, 200, 404)
WORKERS = (302, 200, 404, 403, 200, 200, 404)
EDITS_NEWSROOM = (302, 403, 403, 403, 200, 200, 200)
# A records request has nothing to turn, and no dataset that was to be corrected.
TURNERS = (302, 303, 404, 403, 303, 303, 404)
NO_CHANGE = (302, 303, 404, 403, 303, 303, 404)
ADMINS = (302, 403, 403, 403, 403, 200, 200)
OWN_ADMIN = (302, 403, 403, 403, 403, 200, 404)
LETS_IN = (302, 403, 403, 403, 403, 303, 404)
EDITORS_AND_ITS_OWN = (302, 200, 404, 403, 200, 200, 404)
DOES = (302, 303, 404, 403, 303, 303, 404)  # a button of those who work on it
LOGS = (302, 303, 404, 303, 303, 303, 404)  # and of a researcher
FILES_MAIL = (302, 303, 303, 403, 303, 303, 404)
OPERATORS = (302, 403, 403, 403, 403, 403, 403)  # none of them runs the desk
EDITS = (302, 403, 404, 403, 303, 303, 404)
EACH = (302, 303, 303, 303, 303, 303, 303)  # a button for oneself
OWN = (302, 303, 404, 404, 404, 404, 404)  # the reporter's alone
RESEARCHES = (302, 403, 403, 200, 200, 200, 200)
ITS_RESEARCHERS = (302, 403, 403, 200, 200, 200, 404)
RESEARCHERS_DO = (302, 403, 403, 303, 303, 303, 404)
API = (401, 200, 200, 200, 200, 200, 200)
API_READERS = (401, 200, 404, 200, 200, 200, 404)
OF_THE_API = (
    "api_schema", "api_me", "api_members", "api_requests", "api_appeals", "api_reminders",
    "api_cities", "api_datasets", *(f"api_board_{section}" for section in Section.values),
    "api_log", "api_projects", "api_figures", "api_webhooks", "api_decisions", "api_followed",
    "api_followed_news",
    *(f"api_figure_{slug}" for slug in FIGURES),
)  # fmt: skip
OF_A_REQUEST_IN_THE_API = (
    "api_request", "api_deadlines", "api_events", "api_communications", "api_letters",
    "api_deliveries", "api_files", "api_draft", "api_copies", "api_case_files",
)  # fmt: skip
OF_AN_APPEAL_IN_THE_API = (
    "api_appeal", "api_appeal_letter", "api_appeal_filings", "api_requirements",
)  # fmt: skip
API_RESEARCHERS = (401, 403, 403, 200, 200, 200, 200)
API_ITS_RESEARCHERS = (401, 403, 403, 200, 200, 200, 404)
API_NEWSROOM = (401, 200, 200, 200, 200, 200, 404)
OF_A_PROJECT_IN_THE_API = (
    "api_project", "api_codebook", "api_codebook_versions", "api_coders", "api_assignments",
    "api_agreement", "api_codings",
)  # fmt: skip

RESEARCHERS = (302, 403, 403, 200, 200, 200, 404)
DOES_RESEARCH = (302, 403, 403, 303, 303, 303, 404)
ASKS_AGAIN = (302,) * 7  # to sign in, or, who has, to give the password once more
NO_FACTOR = (302, 302, 302, 302, 302, 302, 302)
NOTHING_YET = (302, 404, 404, 404, 404, 404, 404)  # nobody here has a second factor

Arguments = Callable[[World], list[Any]]


def _none(world: World) -> list[Any]:
    return []


def _denied(world: World) -> list[Any]:
    return [world.denied.public_id]


def _token(world: World) -> list[Any]:
    """The reporter's own."""
    reporter = world.denied.created_by
    token_of(reporter)
    return [reporter.api_tokens.latest("pk").pk]


def _webhook(world: World) -> list[Any]:
    """The reporter's own."""
    by = Attribution(world.denied.created_by, NOW)
    return [webhooks.subscribe(url="https://hooks.example/desk", kinds=[], by=by).pk]


def _webhook_message(world: World) -> list[Any]:
    [pk] = _webhook(world)
    event = world.denied.events.earliest("pk")
    told = {"not_before": NOW, "made_at": NOW}
    return [WebhookMessage.objects.create(webhook_id=pk, event=event, **told).pk]


def _entry(world: World) -> list[Any]:
    """The denial, as the reporter recorded it."""
    return [world.denied.public_id, world.denied.events.get(kind="denied").pk]


def _large_upload(world: World) -> list[Any]:
    """Begun by the reporter, whose alone it is."""
    request = world.denied
    file, by = Announced("film.mp4", 10), Attribution(request.created_by, NOW)
    message = request.communications.earliest("pk")
    return [request.public_id, large_uploads.begin(request, message, file, by=by).key]


def _draft(world: World) -> list[Any]:
    return [world.draft.public_id]


def _suggested(world: World) -> list[Any]:
    """A dataset of the city's catalog, beside the draft."""
    shared = CityPortal.objects.filter(city_slug=CITY, newsroom=None).first()
    catalog = shared or small_catalog()
    return [world.draft.public_id, catalog.datasets.earliest("pk").pk]


def _citing(world: World) -> list[Any]:
    """The draft, which was found to be answered in part."""
    public_id, pk = _suggested(world)
    if not CitedDataset.objects.filter(records_request=world.draft).exists():
        dataset, by = CatalogDataset.objects.get(pk=pk), Attribution(world.draft.created_by, NOW)
        checking.partly(world.draft, dataset, "the fee", by=by)
    return [public_id]


def _in_review(world: World) -> list[Any]:
    if world.draft.state == "draft":
        review.send_to_review(world.draft, by=Attribution(world.draft.created_by, NOW))
    return [world.draft.public_id]


def _words(world: World) -> list[Any]:
    """Of the reporter alone."""
    page = unsaved_words.FormPage(unsaved_words.DRAFT_PAGE, world.draft)
    copy = unsaved_words.TypedCopy("a tab", 1, "1", {"text": "Dear Clerk"})
    by = Attribution(world.draft.created_by, NOW)
    return [unsaved_words.keep(page, copy, by=by).pk]


def _appeal(world: World) -> list[Any]:
    return [world.appeal.pk]


def _drafted_appeal(world: World) -> list[Any]:
    """With its argument written, and its papers opened."""
    appeal = finish(world.appeal, **acting(world.appeal.records_request))
    exhibits.open_all(appeal)
    return [appeal.pk]


def _argued_paragraph(world: World) -> list[Any]:
    [pk] = _drafted_appeal(world)
    return [pk, str(world.appeal.argument_paragraphs.first().pk)]


def _exhibit(world: World) -> list[Any]:
    _drafted_appeal(world)
    return [world.appeal.exhibits.in_order()[0].pk]


def _by_hand(world: World) -> list[Any]:
    return [world.by_hand.pk]


def _copy(world: World) -> list[Any]:
    """Of a letter that is posted, for somebody who is handed it."""
    copies, letter = LetterCopy.objects, world.letter
    named = {"name": "The mayor", "way": CopyWay.BY_HAND, "to": "City Hall"}
    return [copies.get_or_create(letter=letter, number=9, defaults=named)[0].pk]


def _feed(world: World) -> list[Any]:
    editor = world.people["editor"]
    assert editor is not None
    return [access.open_feed(by=Attribution(editor, NOW))]


def _sign_in(world: World) -> list[Any]:
    """The reporter's own."""
    reporter = world.people["reporter"]
    assert reporter is not None
    where = {"ip": "203.0.113.9", "session_key": "elsewhere", "user_agent": "Firefox/140"}
    return [UserSession.objects.create(user=reporter, **where).pk]


def _personal(world: World) -> list[Any]:
    """Of the reporter alone: to everybody else it is not there."""
    reporter = world.people["reporter"]
    assert reporter is not None
    mine = PersonalReminder.objects.create(
        user=reporter, records_request=world.denied, due_on=TODAY, note="ask again"
    )
    return [mine.pk]


def _no_invitation(world: World) -> list[Any]:
    return ["no-key"]


def _invitation(world: World) -> list[Any]:
    admin = world.people["admin"]
    assert admin is not None
    made, _ = invitations.invite(
        admin.membership.newsroom,
        email="nia@paper.example",
        role="editor",
        by=Attribution(admin, timezone.now() - timedelta(hours=1)),
    )
    return [made.pk]


def _unsubscribing(world: World) -> list[Any]:
    editor = world.people["editor"]
    assert editor is not None
    return [token_for(editor.pk, "digest")]


def _link(world: World) -> FileLink:
    enclosed = Enclosure(world.attachment.pk, world.attachment.name, world.attachment.size)
    [link] = links.create(world.by_hand, [enclosed], at=timezone.now())
    return link


def _case_file(world: World) -> list[Any]:
    made = CaseFile.objects.create(
        records_request=world.denied,
        kind=CaseFileKind.WHOLE,
        state=CaseFileState.READY,
        asked_by=world.denied.created_by,
        file=world.attachment.file.name,
    )
    return [made.pk]


def _paragraph(world: World) -> list[Any]:
    editor = world.people["editor"]
    assert editor is not None
    told = {"about": "who_we_are", "title": "Who we are", "text": "A daily."}
    kept = stationery.write_paragraph(
        editor.membership.newsroom, by=Attribution(editor, NOW), **told
    )
    return [kept.pk]


def _worded(world: World) -> list[Any]:
    """A letter that the world's newsroom worded anew; a stranger sees their own newsroom's."""
    editor = world.people["editor"]
    assert editor is not None
    which = letter_wordings.WordedLetter(editor.membership.newsroom, "thanks", "")
    text = pack_now.text_for("thanks", "") + "\nGood morning.\n"
    if which.newest is None:
        letter_wordings.write(which, text, note="", on_top_of=0, by=Attribution(editor, NOW))
    return ["thanks"]


def _city_form(world: World) -> list[Any]:
    editor = world.people["editor"]
    assert editor is not None
    kept = city_forms.keep_form(
        editor.membership.newsroom,
        city_forms.BlankForm(
            name="request.pdf", pdf=request_form().bytes(), source="the city's page"
        ),
        city_slug="us-ct/stamford",
        office_role="city_clerk",
        by=Attribution(editor, NOW),
    )
    return [kept.pk]


def _filled_form(world: World) -> list[Any]:
    [blank] = _city_form(world)
    told = {"pdf": b"%PDF-1.7", "sha256": "0" * 64, "left_empty": []}
    FilledForm.objects.create(letter=world.letter, city_form_id=blank, **told)
    return [world.letter.pk]


def _filed_appeal(world: World) -> list[Any]:
    finish(world.appeal, **acting(world.denied))
    appeals.file(world.appeal, sending=BY_EMAIL, **acting(world.denied))
    return [world.appeal.pk]


def _logged_appeal(world: World) -> list[Any]:
    """As the reporter entered it."""
    reporter = world.people["reporter"]
    assert reporter is not None
    return [logged(reporter, files=(SimpleUploadedFile("decision.pdf", b"%PDF-1.7"),)).pk]


def _log_document(world: World) -> list[Any]:
    [entry] = _logged_appeal(world)
    return [LogDocument.objects.get(entry=entry).pk]


def _challenge_day(world: World) -> list[Any]:
    [appeal] = _filed_appeal(world)
    hearing = ChallengeDay(DayKind.HEARING, TODAY, TODAY)
    entered_days.enter(world.appeal, hearing, **acting(world.denied))
    return [appeal, 1]


def _filed_mail(world: World) -> InboundMail:
    """Filed to the denied request, with HTML and a file."""
    raw = answer_to(world.denied, files=[("a.csv", b"1,2")])
    return taken_in(raw.replace(b"text/plain", b"text/html"))


def _kept_without_bytes(world: World) -> list[Any]:
    """A mail whose request is over and whose bytes went."""
    reporter = world.people["reporter"]
    assert reporter is not None
    request = submitted(reporter)
    mail = taken_in(answer_to(request))
    request.refresh_from_db()
    ending.withdraw(request, on=TODAY, **acting(request))
    RawMailRemoval.objects.create(
        mail=mail, at=NOW, setting="KEEP_NOTICES_DAYS", keep_days=365,
        counted_from=NOW - timedelta(days=366), sha256=mail.sha256, size=mail.size,
    )  # fmt: skip
    return [mail.pk]


def _erased(world: World) -> list[Any]:
    """An entry that says so, of a call."""
    message = Communication.objects.get(pk=_call(world)[0])
    why = Why(ErasureGround.COURT_ORDER, "Order of Nov 2, 2026")
    admin = world.people["admin"]
    assert admin is not None
    entry = erase_message(message, why, by=Attribution(admin, NOW))
    return [world.denied.public_id, entry.pk]


def _call(world: World) -> list[Any]:
    heard = CallOrLetter(channel="phone", on=TODAY, who="Dana Ortiz", text="No.")
    return [record_call_or_letter(world.denied, heard, **acting(world.denied)).pk]


def _waiting_mail(world: World) -> list[Any]:
    """In the Inbox of the newsroom, to whose own address it was sent."""
    Newsroom.objects.filter(pk=world.denied.newsroom_id).update(email="desk@ledger.example")
    return [taken_in(message(to="desk@ledger.example", subject="Hello")).pk]


def _dataset(world: World) -> list[Any]:
    """Of a portal that the world's newsroom set itself."""
    return [dataset(portal(newsroom=world.denied.newsroom)).pk]


def _withdrawn_dataset(world: World) -> list[Any]:
    gone = dataset(portal(newsroom=world.denied.newsroom))
    withdrawn(gone)
    return [gone.pk]


def _watch(world: World) -> list[Any]:
    """The reporter's alone."""
    reporter = world.people["reporter"]
    assert reporter is not None
    followed = dataset(portal(newsroom=world.denied.newsroom))
    return [following.follow_dataset(followed, by=Attribution(reporter, NOW)).pk]


def _published(world: World) -> list[Any]:
    """The figures of Stamford, for everybody."""
    admin = world.people["admin"]
    assert admin is not None
    newsroom, by = admin.membership.newsroom, Attribution(admin, NOW)
    scorecards.switch(newsroom, on=True, by=by)
    scorecards.publish(newsroom, "us-ct/stamford", Shown(["outcomes"]), by=by)
    return ["us-ct", "stamford"]


def _open_scorecard(world: World) -> list[Any]:
    return [world.denied.newsroom_id, *_published(world)]


def _stamford(world: World) -> list[Any]:
    return ["us-ct", "stamford"]


def _log_import(world: World) -> list[Any]:
    """Tried, by the world's editor."""
    editor = world.people["editor"]
    assert editor is not None
    return [tried(brought(CITY_LOG, by=editor)).pk]


def _log_export(world: World) -> list[Any]:
    editor = world.people["editor"]
    assert editor is not None
    return [exported(editor, "csv").pk]


def _study(world: World) -> Study:
    """A project of the world's newsroom, which its researcher and its editor code."""
    researcher, editor = world.people["researcher"], world.people["editor"]
    assert researcher is not None
    assert editor is not None
    return study_of(researcher, editor)


def _project(world: World) -> list[Any]:
    return [_study(world).project.pk]


def _variable(world: World) -> list[Any]:
    return [*_project(world), CLEAR]


def _version(world: World) -> list[Any]:
    of = _study(world)
    saved(of.entries[0], of.ana)
    return [of.project.pk, 1]


def _to_code(world: World) -> list[Any]:
    of = _study(world)
    return [of.project.pk, of.entries[0].pk]


def _coding(world: World) -> list[Any]:
    """The researcher's, of an entry that the editor has yet to code."""
    of = _study(world)
    return [finished(of.entries[0], of.ana).pk]


def _coder(world: World) -> list[Any]:
    of = _study(world)
    return [of.project.pk, of.ana.pk]


def _rejecting(world: World) -> LogEntry:
    reporter = world.people["reporter"]
    assert reporter is not None
    claim = Claim("§ 1-210(b)(3)", Became.REJECTED)
    return logged(reporter, claims=(claim,))


def _to_offer(world: World) -> list[Any]:
    entry = _rejecting(world)
    return [entry.pk, entry.exemptions.get().exemption]


def _offered(world: World) -> list[Any]:
    editor = world.people["editor"]
    assert editor is not None
    entry = _rejecting(world)
    offer = Offer(entry.exemptions.get().exemption, "It does not apply.")
    return [offered_decisions.offer(entry, offer, by=Attribution(editor, NOW)).pk]


GET: dict[str, tuple[Arguments, tuple[int, ...]]] = {
    "inbox": (_none, FILERS),
    "mail_held": (_none, OPERATORS),
    "mail_page": (lambda w: [_filed_mail(w).pk], READERS),
    "call_or_letter": (_denied, WORKERS),
    "message_page": (_call, READERS),
    "conversation": (_denied, READERS),
    "plain_reply": (_call, WORKERS),
    "message_erase": (_call, ASKS_AGAIN),
    "attachment_erase": (lambda w: [w.attachment.pk], ASKS_AGAIN),
    "erased": (_erased, READERS),
    "mail_html": (lambda w: [_filed_mail(w).pk], READERS),
    "mail_raw": (lambda w: [_filed_mail(w).pk], WORKERS),
    "mail_original": (_kept_without_bytes, READERS),
    "mail_file_download": (lambda w: [_filed_mail(w).files.get().pk], READERS),
    "board": (_none, MEMBERS),
    "first_newsroom": (_none, (303,) * 7),  # there is one already
    "health": (_none, OPEN),
    # accounts, most of them allauth's: a page that is not named here is not served
    "account_login": (_none, (200, 302, 302, 302, 302, 302, 302)),
    "account_logout": (_none, MEMBERS),
    "account_inactive": (_none, OPEN),
    "account_reauthenticate": (_none, MEMBERS),
    "account_change_password": (_none, MEMBERS),
    "account_reset_password": (_none, OPEN),
    "account_reset_password_done": (_none, OPEN),
    "account_reset_password_from_key": (lambda w: ["1", "no-key"], OPEN),  # says it is no good
    "account_reset_password_from_key_done": (_none, OPEN),
    "mfa_index": (_none, MEMBERS),
    "mfa_authenticate": (_none, (302,) * 7),
    "mfa_reauthenticate": (_none, (302,) * 7),
    "mfa_activate_totp": (_none, ASKS_AGAIN),
    "mfa_deactivate_totp": (_none, NOTHING_YET),
    "mfa_view_recovery_codes": (_none, NOTHING_YET),
    "mfa_generate_recovery_codes": (_none, ASKS_AGAIN),
    "mfa_download_recovery_codes": (_none, NOTHING_YET),
    "openid_connect_login": (lambda w: ["newsroom"], (404,) * 7),  # none is configured
    "openid_connect_callback": (lambda w: ["newsroom"], (404,) * 7),
    "socialaccount_login_cancelled": (_none, OPEN),
    "socialaccount_login_error": (_none, (401,) * 7),
    "mfa_list_webauthn": (_none, MEMBERS),
    "mfa_add_webauthn": (_none, ASKS_AGAIN),
    "mfa_edit_webauthn": (lambda w: [1], NO_FACTOR),
    "mfa_remove_webauthn": (lambda w: [1], NO_FACTOR),
    "mfa_reauthenticate_webauthn": (_none, ASKS_AGAIN),
    "mfa_login_webauthn": (_none, (302,) * 7),  # a script alone is answered
    "keys": (_none, MEMBERS),
    "search": (_none, MEMBERS),
    "log_imports": (_none, RESEARCHES),
    "log_import": (_log_import, ITS_RESEARCHERS),
    "log_import_mapping": (_log_import, ITS_RESEARCHERS),
    "log_import_fates": (_log_import, ITS_RESEARCHERS),
    "log_exports": (_none, RESEARCHES),
    "log_export_download": (_log_export, ITS_RESEARCHERS),
    "request_list": (_none, MEMBERS),
    "request_list_file": (lambda _: ["csv"], MEMBERS),
    "request_new": (_none, FILERS),
    "request_page": (_denied, READERS),
    "deadline_text": (
        lambda w: [w.denied.public_id, w.denied.deadlines.get(clock="response").pk],
        READERS,
    ),
    "request_edit": (_draft, WORKERS),
    "already_published": (_draft, WORKERS),
    "dataset_partly": (_suggested, WORKERS),
    "cited_dataset": (_citing, READERS),
    "request_preview": (_draft, READERS),
    "request_submit": (_draft, WORKERS),
    "draft_versions": (_draft, READERS),
    "review_page": (_in_review, (302, 403, 404, 403, 200, 200, 404)),
    "case_files": (_denied, READERS),
    "case_file_download": (_case_file, READERS),
    "record_act": (lambda w: [w.denied.public_id, "closed"], WORKERS),
    "large_file": (_denied, WORKERS),
    "large_file_pieces": (_large_upload, (302, 200, 404, 403, 404, 404, 404)),
    "appeal_list": (_none, MEMBERS),
    "log_new": (_none, MEMBERS),
    "logged_request_list": (_none, MEMBERS),
    "logged_appeal": (_logged_appeal, OF_ITS_NEWSROOM),
    "log_edit": (_logged_appeal, (302, 200, 403, 200, 200, 200, 404)),
    "log_document": (_log_document, OF_ITS_NEWSROOM),
    "project_list": (_none, MEMBERS),
    "project_new": (_none, MEMBERS),
    "project_page": (_project, OF_ITS_NEWSROOM),
    "project_rename": (_project, OF_ITS_NEWSROOM),
    "project_entries": (_project, OF_ITS_NEWSROOM),
    "codebook": (_project, OF_ITS_NEWSROOM),
    "codebook_version": (_version, OF_ITS_NEWSROOM),
    "variable_new": (_project, RESEARCHERS),
    "variable_edit": (_variable, RESEARCHERS),
    "coders": (_project, RESEARCHERS),
    "code_entry": (_to_code, (302, 404, 404, 200, 200, 404, 404)),  # its coders alone
    "coding_page": (_coding, (302, 404, 404, 200, 404, 404, 404)),  # blind: its coder alone
    "agreement": (_project, OF_ITS_NEWSROOM),
    "disagreements": (_project, OF_ITS_NEWSROOM),
    "decision_list": (_none, MEMBERS),
    "decision_offer": (_to_offer, (302, 403, 403, 403, 200, 200, 404)),
    "appeal_page": (_appeal, READERS),
    "appeal_edit": (_appeal, READERS),
    "appeal_preview": (_appeal, READERS),
    "appeal_file": (_appeal, WORKERS),
    "appeal_argument": (_appeal, READERS),
    "appeal_changes": (_appeal, READERS),
    "exhibit_list": (_drafted_appeal, READERS),
    "filing_preview": (_drafted_appeal, READERS),
    "exhibit_pages": (_exhibit, READERS),
    "appeal_decide": (_filed_appeal, READERS),
    "appeal_received": (_filed_appeal, READERS),
    "appeal_withdraw": (_appeal, READERS),
    "challenge_letter": (lambda w: [*_filed_appeal(w), "withdrawal"], WORKERS),
    "settlement_offer": (_filed_appeal, READERS),
    "challenge_day_new": (_filed_appeal, READERS),
    "challenge_day_move": (_challenge_day, READERS),
    "challenge_day_over": (_challenge_day, READERS),
    "letter_pdf": (lambda w: [w.letter.pk], READERS),
    "attachment_download": (lambda w: [w.attachment.pk], READERS),
    "delivery_list": (_none, MEMBERS),
    "delivery_hand_over": (_by_hand, WORKERS),
    "delivery_words": (_by_hand, WORKERS),
    "linked_file": (lambda w: [_link(w).token], OPEN),  # its token is the key
    "linked_file_content": (lambda w: [_link(w).token], OPEN),
    "print_queue": (_none, MEMBERS),
    "print_queue_pdf": (_none, (302, 200, 422, 422, 200, 200, 422)),  # nothing to print
    "address_page": (_by_hand, WORKERS),
    "letterhead": (_none, MEMBERS),
    "signature": (_none, MEMBERS),
    "paragraph_list": (_none, MEMBERS),
    "paragraph_new": (_none, (302, 403, 403, 403, 200, 200, 200)),
    "paragraph_edit": (_paragraph, (302, 403, 403, 403, 200, 200, 404)),
    "wording_list": (_none, MEMBERS),
    "wording_edit": (_worded, (302, 403, 403, 403, 200, 200, 200)),
    "wording_versions": (_worded, MEMBERS),  # of one's own newsroom
    "city_form": (lambda w: ["us-ct", "stamford", "city_clerk"], MEMBERS),
    "filled_form_pdf": (_filled_form, READERS),
    "city_form_pdf": (_city_form, (302, 200, 200, 200, 200, 200, 404)),
    "city_list": (_none, MEMBERS),
    "city_page": (_stamford, MEMBERS),
    "city_calendar": (_stamford, MEMBERS),
    "catalog": (_none, MEMBERS),
    "dataset_list": (_stamford, MEMBERS),
    "turn_into_records_request": (lambda w: [w.denied.public_id], TURNERS),
    "dataset_change": (lambda w: [w.denied.public_id], NO_CHANGE),
    "dataset_page": (_dataset, OF_ITS_NEWSROOM),
    "dataset_history": (_dataset, OF_ITS_NEWSROOM),
    "dataset_query": (lambda w: [*_dataset(w), "py"], OF_ITS_NEWSROOM),
    "followed_list": (_none, MEMBERS),
    "catalog_coverage": (_none, (302, 403, 403, 403, 200, 200, 200)),
    "catalog_coverage_csv": (_none, (302, 403, 403, 403, 200, 200, 200)),
    "figures": (_none, MEMBERS),
    "figure_csv": (lambda w: ["outcomes"], MEMBERS),
    "figures_report": (_stamford, MEMBERS),
    "scorecard_list": (_none, ADMINS),
    "scorecard_edit": (_stamford, ADMINS),
    "open_scorecard": (_open_scorecard, OPEN),  # what an admin chose to publish
    "access": (_none, MEMBERS),
    "calendar_feed": (_feed, OPEN),  # its token is the key
    "token_new": (_none, ASKS_AGAIN),
    "feed_new": (_none, ASKS_AGAIN),
    "sign_in_list": (_none, MEMBERS),
    "own_name": (_none, ASKS_AGAIN),
    "own_address": (_none, ASKS_AGAIN),
    "own_address_confirm": (lambda w: ["no-key"], (302, 404, 404, 404, 404, 404, 404)),
    "api_docs": (_none, MEMBERS),
    "webhook_list": (_none, MEMBERS),
    "webhook_new": (_none, ASKS_AGAIN),
    "webhook_page": (_webhook, (302, 200, 404, 404, 404, 404, 404)),
    "webhook_secret": (_webhook, ASKS_AGAIN),
    "api_nothing_here": (_none, (401, 404, 404, 404, 404, 404, 404)),
    **dict.fromkeys(OF_THE_API, (_none, API)),
    **dict.fromkeys(OF_A_REQUEST_IN_THE_API, (_denied, API_READERS)),
    **dict.fromkeys(OF_AN_APPEAL_IN_THE_API, (_appeal, API_READERS)),
    "api_file": (lambda w: [w.attachment.pk], API_READERS),
    "api_letter_pdf": (lambda w: [w.letter.pk], API_READERS),
    "api_log_entry": (_logged_appeal, API_NEWSROOM),
    "api_log_document": (_log_document, API_NEWSROOM),
    **dict.fromkeys(OF_A_PROJECT_IN_THE_API, (_project, API_NEWSROOM)),
    "api_coding": (_coding, (401, 404, 404, 200, 404, 404, 404)),  # blind: its coder alone
    "api_coding_draft": (_to_code, (401, 404, 404, 200, 200, 404, 404)),  # its coders alone
    "api_inbox": (_none, (401, 200, 200, 403, 200, 200, 200)),
    "api_mail": (lambda w: [_filed_mail(w).pk], API_READERS),
    "api_webhook": (_webhook, (401, 200, 404, 404, 404, 404, 404)),
    "api_webhook_messages": (_webhook, (401, 200, 404, 404, 404, 404, 404)),
    "api_exhibits": (_drafted_appeal, API_READERS),
    "api_argument": (_drafted_appeal, API_READERS),
    "api_challenge_days": (_filed_appeal, API_READERS),
    "api_city": (_stamford, API),
    "api_closures": (_stamford, API),
    "api_case_file": (_case_file, API_READERS),
    "api_case_file_content": (_case_file, API_READERS),
    "api_exports": (_none, API_RESEARCHERS),
    "api_export": (_log_export, API_ITS_RESEARCHERS),
    "api_imports": (_none, API_RESEARCHERS),
    "api_import_mappings": (_none, API_RESEARCHERS),
    "api_import": (_log_import, API_ITS_RESEARCHERS),
    "api_import_mapping": (_log_import, API_ITS_RESEARCHERS),
    "api_import_rows": (_log_import, API_ITS_RESEARCHERS),
    "api_export_content": (_log_export, API_ITS_RESEARCHERS),
    "api_dataset": (_dataset, (401, 200, 200, 200, 200, 200, 404)),
    "office_entry": (lambda w: ["us-ct", "stamford", "city_clerk"], MEMBERS),
    "closure_new": (_stamford, MEMBERS),
    "own_portal": (_stamford, EDITS_NEWSROOM),
    "member_list": (_none, ADMINS),
    "member_new": (_none, ADMINS),
    "member_left": (lambda w: [w.people["reporter"].membership.pk], OWN_ADMIN),
    "own_data": (_none, MEMBERS),
    "data_of_others": (_none, ADMINS),
    "welcome": (_none, MEMBERS),
    # Its key is in a mail; whoever is signed in is told to sign out.
    "invitation": (_no_invitation, (404, 200, 200, 200, 200, 200, 200)),
    "member_edit": (lambda w: [w.people["reporter"].membership.pk], OWN_ADMIN),
    "member_deactivate": (lambda w: [w.people["reporter"].membership.pk], OWN_ADMIN),
    "entry_strike": (_entry, EDITORS_AND_ITS_OWN),
    "entry_restore": (_entry, EDITORS_AND_ITS_OWN),
    "entry_day": (_entry, EDITORS_AND_ITS_OWN),
    "newsroom_settings": (_none, ADMINS),
    "mail_setup": (_none, ADMINS),
    "opened_files": (_none, ADMINS),
    "security_log": (_none, ADMINS),
    "security_log_csv": (_none, ADMINS),
    "reminder_new": (_denied, READERS),
    "reminder_list": (_none, MEMBERS),
    "reminder_choices": (_none, MEMBERS),
    "reminder_settings": (_none, ADMINS),
    "unsubscribe": (_unsubscribing, OPEN),  # its token is the key, as in a mail
}
POST: dict[str, tuple[Arguments, tuple[int, ...]]] = {
    "mail_round_trip": (_none, (302, 403, 403, 403, 403, 303, 303)),
    "mail_file": (_waiting_mail, (302, 422, 422, 403, 422, 422, 404)),  # nothing was chosen
    "mail_came_back": (_waiting_mail, (302, 404, 404, 403, 404, 404, 404)),  # no letter was chosen
    "mail_set_aside": (_waiting_mail, FILES_MAIL),
    "mail_bring_back": (_waiting_mail, FILES_MAIL),
    "mail_read_again": (_waiting_mail, FILES_MAIL),
    "mail_give": (_waiting_mail, OPERATORS),
    "attachment_release": (
        lambda w: [w.attachment.pk],
        (302, 403, 404, 403, 403, 200, 404),
    ),
    "mail_file_release": (
        lambda w: [_filed_mail(w).files.get().pk],
        (302, 403, 404, 403, 403, 200, 404),
    ),
    "mail_take_out": (lambda w: [_filed_mail(w).communications.get().pk], DOES),
    "mail_correspondence": (lambda w: [_filed_mail(w).communications.get().pk], DOES),
    "reading_dismiss": (lambda w: [_filed_mail(w).communications.get().pk, 0], DOES),
    "own_data_download": (_none, (302, 200, 200, 200, 200, 200, 200)),
    "invitation_again": (_invitation, LETS_IN),
    "invitation_withdraw": (_invitation, LETS_IN),
    "member_end_sign_ins": (lambda w: [w.people["reporter"].membership.pk], LETS_IN),
    "member_let_in": (lambda w: [w.people["reporter"].membership.pk], LETS_IN),
    "log_import_start": (_log_import, RESEARCHERS_DO),
    "log_import_go_on": (_log_import, RESEARCHERS_DO),
    "log_import_undo": (_log_import, RESEARCHERS_DO),
    "log_export_again": (_log_export, RESEARCHERS_DO),
    "send_to_review": (_draft, DOES),
    "dataset_answer": (_draft, (302, 404, 404, 403, 404, 404, 404)),  # none was given
    "discard_draft": (_draft, DOES),
    "bring_back_draft": (_draft, DOES),
    "words_let_go": (_words, OWN),
    "approve": (_draft, EDITS),
    "return_to_draft": (_draft, EDITS),
    "assign": (_draft, EDITS),
    "share": (_draft, DOES),
    "large_file_finish": (_large_upload, (302, 422, 404, 403, 404, 404, 404)),
    "entries_to_project": (_none, EACH),
    "request_project": (_denied, (302, 303, 404, 303, 303, 303, 404)),
    "variable_remove": (_variable, DOES_RESEARCH),
    "variable_move": (_variable, DOES_RESEARCH),
    "code_by_the_codebook": (_to_code, (302, 404, 404, 303, 303, 404, 404)),
    "coder_end": (_coder, DOES_RESEARCH),
    "decision_take_back": (_offered, (302, 403, 403, 403, 303, 303, 404)),
    "exhibit_of_decision": (
        lambda w: [*_drafted_appeal(w), *_offered(w)],
        (302, 303, 404, 303, 303, 303, 404),
    ),
    "log_take_out": (_logged_appeal, (302, 303, 403, 303, 303, 303, 404)),
    "exhibit_open": (_drafted_appeal, LOGS),
    "exhibit_move": (_exhibit, LOGS),
    "exhibit_rename": (_exhibit, LOGS),
    "exhibit_remove": (_exhibit, LOGS),
    "exhibit_settle": (_exhibit, LOGS),
    "appeal_requirement": (_appeal, LOGS),
    "appeal_new": (lambda w: [w.denied.public_id, w.route], LOGS),
    "feed_end": (_none, ASKS_AGAIN),
    "sign_in_end": (_sign_in, EACH),  # somebody else's: it says that there is none
    "sign_in_end_others": (_none, EACH),
    "token_end": (_token, ASKS_AGAIN),
    "webhook_end": (_webhook, OWN),
    "webhook_again": (_webhook_message, OWN),
    "reminder_done": (_personal, OWN),
    "reminder_remove": (_personal, OWN),
    "reminders_again": (_none, (302, 403, 403, 403, 403, 303, 303)),
    "logo_remove": (_none, (302, 403, 403, 403, 403, 303, 303)),
    "signature_remove": (_none, EACH),
    "paragraph_put_away": (_paragraph, (302, 403, 403, 403, 303, 303, 404)),
    "wording_put_back": (_worded, (302, 403, 403, 403, 303, 303, 303)),
    "wording_use_again": (_worded, (302, 403, 403, 403, 303, 303, 303)),
    "city_form_put_away": (_city_form, (302, 403, 403, 403, 303, 303, 404)),
    "own_list": (_stamford, (302, 403, 403, 403, 422, 422, 422)),  # without a file
    "own_portal_give_up": (_stamford, (302, 403, 403, 403, 303, 303, 303)),
    "dataset_columns": (_dataset, (302, 303, 303, 303, 303, 303, 404)),
    "dataset_follow": (_dataset, (302, 303, 303, 303, 303, 303, 404)),
    "search_follow": (_stamford, EACH),
    "follow_stop": (_watch, OWN),
    "followed_seen": (_none, EACH),
    "withdrawn_dataset_records": (_withdrawn_dataset, (302, 303, 303, 403, 303, 303, 404)),
    "scorecard_switch": (_none, (302, 403, 403, 403, 403, 303, 303)),
    "scorecard_take_down": (_published, (302, 403, 403, 403, 403, 303, 303)),
    "delivery_retry": (_by_hand, DOES),
    "delivery_send_without": (_by_hand, DOES),
    "delivery_confirm": (_by_hand, DOES),
    "delivery_came_back": (_by_hand, DOES),
    "copy_given": (_copy, DOES),
    "delivery_recall": (_by_hand, DOES),
    "link_end": (lambda w: [_link(w).pk], DOES),
}
# The operator's pages, by Django's admin: these of each kind of row, and the few around them.
ROWS = (
    "requests_app_recordsrequest",
    "requests_app_event",
    "requests_app_deadline",
    "requests_app_appeal",
    "requests_app_delivery",
    "requests_app_letter",
    "requests_app_communication",
    "requests_app_attachment",
    "requests_app_newsroom",
    "requests_app_membership",
    "requests_app_user",
    "requests_app_officeentry",
    "requests_app_closure",
)
OPERATOR: dict[str, list[Any]] = {
    "admin:index": [],
    "admin:login": [],
    "admin:logout": [],
    "admin:password_change": [],
    "admin:jsi18n": [],
    "admin:app_list": ["requests_app"],
    **{f"admin:{row}_{what}": [] for row in ROWS for what in ("changelist", "add")},
    **{f"admin:{row}_{what}": [1] for row in ROWS for what in ("history", "delete", "change")},
}
# Routes without a name, all of the admin: a row's address without the word "change", and the rest.
UNNAMED = {
    "operator/(?P<url>.*)$",
    *(f"operator/{'/'.join(row.rsplit('_', 1))}/<path:object_id>/" for row in ROWS),
}


def _names(patterns: list[Any], prefix: str = "", route: str = "") -> Iterator[str]:
    """What each pattern is called, or its route where it has no name."""
    for pattern in patterns:
        here = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, inner, here)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}" if pattern.name else here


def test_every_address_that_is_served_is_listed_here() -> None:
    from tests.api.test_every_write import WRITES  # which makes its things as this file does

    served = set(_names(get_resolver().url_patterns))

    assert served == {*GET, *POST, *OPERATOR, *UNNAMED, *WRITES}


@pytest.mark.second_pass(role="admin")
@pytest.mark.parametrize("role", ROLES)
def test_every_page_answers_each_role_as_listed(role: str) -> None:
    world = build()
    column = ROLES.index(role)
    client = signed_in(world.people[role])

    # Closing an answer ends a connection that is older than its settings allow, as after any
    # request; in a test that would end the test's own transaction with it.
    connection.close_at = None
    found = {}
    for name, (arguments, _) in GET.items():
        with transaction.atomic():
            answer = client.get(reverse(name, args=arguments(world)))
            # Read to its end, as a browser does; the test client closes it then.
            if answer.streaming:
                b"".join(answer.streaming_content)  # type: ignore[attr-defined]
            found[name] = answer.status_code
            if answer.headers["Content-Type"].startswith("text/html"):
                assert _inline(answer.content.decode()) == [], name
            transaction.set_rollback(True)

    assert found == {name: expected[column] for name, (_, expected) in GET.items()}


@pytest.mark.second_pass(role="admin")
@pytest.mark.parametrize("role", ROLES)
def test_every_button_answers_each_role_as_listed(role: str) -> None:
    world = build()
    column = ROLES.index(role)
    client = signed_in(world.people[role])

    found = {}
    for name, (arguments, _) in POST.items():
        with transaction.atomic():
            url = reverse(name, args=arguments(world))
            assert client.get(url).status_code == (302 if role == "nobody" else 405), name
            answer = client.post(url)
            if answer.streaming:
                b"".join(answer.streaming_content)  # type: ignore[attr-defined]
            found[name] = answer.status_code
            transaction.set_rollback(True)

    assert found == {name: expected[column] for name, (_, expected) in POST.items()}


@pytest.mark.parametrize("role", [None, *Role])
def test_the_operators_pages_are_closed_to_a_newsrooms_people(role: Role | None) -> None:
    client = signed_in(member(role) if role else None)

    ends = {
        name: client.get(reverse(name, args=arguments), follow=True)
        for name, arguments in OPERATOR.items()
    }

    if role:
        assert {answer.status_code for answer in ends.values()} == {403}
    else:
        assert {answer.request["PATH_INFO"] for answer in ends.values()} == {"/setup/"}


def _inline(html: str) -> list[str]:
    """What the content security policy would not run or draw."""
    return re.findall(
        r'\sstyle="|<style|\son\w+="|<script(?![^>]*\s(?:src=|type="application/json"))[^>]*>', html
    )
