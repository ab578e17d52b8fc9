"""A drafted appeal: its letter edited, and brought up to date with what happened since."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from requests_app.actions.drafts.unsaved_words import FormPage
from requests_app.actions.requests import appeal_drafts, appeals
from requests_app.forms.drafts.draft_forms import LetterForm
from requests_app.forms.requests.appeals import (
    UpToDateForm,
)
from requests_app.models import (
    Appeal,
    AppealState,
)
from requests_app.permissions import require
from requests_app.views.challenges.appeal_context import (
    about_appeal,
    elsewhere_unless,
    moved_since,
    url_of,
)
from requests_app.views.drafts import keeping, open_form
from requests_app.views.drafts.open_form import OpenForm
from requests_app.views.lookup import (
    attribution,
    person,
    today_in,
    visible_appeal,
)
from requests_app.views.responses import SeeOther, fulfilled, page
from requests_app.views.sending import letter_editing, previews

DRAFTED = (AppealState.DRAFT,)


def appeal_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What moved since a draft was written: taken in, or kept as it is, sentence by sentence."""
    appeal = visible_appeal(request, pk)
    require(person(request), "edit_appeal", appeal)
    if elsewhere := elsewhere_unless(request, appeal, needs=DRAFTED):
        return elsewhere
    found = moved_since(appeal)
    since = found.get("since")
    sentences = since.sentences if since else ()
    form = UpToDateForm(
        request.POST or None, sentences=sentences, initial={"seen": since.seen if since else ""}
    )
    if request.method == "POST" and fulfilled(
        form,
        lambda: appeal_drafts.settle(
            appeal, form.choices(), seen=form.cleaned_data["seen"], by=attribution(request)
        ),
    ):
        messages.success(request, "The draft is up to date: read it once more, then file it.")
        return SeeOther(url_of(appeal))
    context = {"form": form, "seen": since.seen if since else "", **found, **about_appeal(appeal)}
    return page(request, "requests/appeals/changes.html", form, **context)


def appeal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    require(person(request), "edit_appeal", appeal)
    if elsewhere := elsewhere_unless(request, appeal, needs=DRAFTED):
        return elsewhere
    kept_page = FormPage(f"appeal-{appeal.pk}", appeal.records_request)
    saved = keeping.saved_text(appeal.letter_text, at=appeal.changed_at)
    if keeping.is_keeping(request):
        has_changed = open_form.differs(open_form.typed(request.POST), [_letter_of(appeal)])
        return keeping.keep(request, kept_page, saved=saved, has_changed=has_changed)
    form = LetterForm(request.POST or None, initial={"text": appeal.letter_text})
    base = request.POST.get("base") or None
    if letter_editing.is_acting(request) and fulfilled(
        form,
        lambda: appeals.edit_letter(
            appeal, by=person(request), instead_of=base, **form.cleaned_data
        ),
    ):
        keeping.close(request, kept_page)
        messages.success(request, "The letter is saved.")
        return SeeOther(url_of(appeal))
    return _edit_page(request, appeal, form, open_form.opened(request, kept_page, base=saved.base))


def _letter_of(appeal: Appeal) -> LetterForm:
    return LetterForm(initial={"text": appeal.letter_text})


def _edit_page(
    request: HttpRequest, appeal: Appeal, form: LetterForm, opened: OpenForm
) -> HttpResponse:
    rr = appeal.records_request
    if opened.fields:
        open_form.fill(form, opened.fields)
    if letter_editing.is_editing(request):
        composed = previews.composed_appeal(appeal, on=today_in(rr.city))
        text = letter_editing.text_after(request, composed=composed, newsroom=rr.newsroom)
        form = LetterForm(initial={"text": text})
    text = str(form["text"].value() or "")
    saved = keeping.saved_text(appeal.letter_text, at=appeal.changed_at)
    conflict = keeping.conflict_of(saved, request.POST.get("base", opened.base), text)
    preview = previews.of_appeal(appeal, by=person(request), on=today_in(rr.city), text=text)
    context = {
        "form": form,
        "preview": preview,
        "paragraphs": letter_editing.offered(rr.newsroom, text),
        "is_edited": True,
        "opened": opened,
        "conflict": conflict,
        "base": saved.base,
        "also": keeping.also_here(opened.page, request, None),
        **about_appeal(appeal),
    }
    return letter_editing.shown(
        request, preview, lambda: page(request, "requests/appeals/edit.html", form, **context)
    )
