"""What our letters look like and say of us: the letterhead, one's signature, paragraphs."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cities.schema.city import RequestKind
from cities.schema.load import all_cities
from requests_app import letters
from requests_app.actions.newsroom import stationery
from requests_app.forms.newsroom.stationery import ParagraphForm, PictureForm
from requests_app.models import Channel, LetterKind, Newsroom, Paragraph, RecordsRequest, User
from requests_app.permissions import require
from requests_app.views.lookup import attribution, newsroom_of, person
from requests_app.views.responses import SeeOther, button, fulfilled, page
from requests_app.views.sending import previews

SAMPLE_TEXT = (
    "Dear City Clerk:\n\nThis is how a letter begins: our name and address above, the city’s "
    "below them, the date, and what the letter is about.\n\nAnd this is how it ends."
)


def letterhead(request: HttpRequest) -> HttpResponse:
    """The letterhead as it will print, and the logo on it. Everybody sees it; admins change it."""
    newsroom = newsroom_of(request)
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        require(person(request), "keep_logo")
        if fulfilled(form, lambda: _keep_logo(request, newsroom, form)):
            messages.success(request, "Kept. Letters from now on bear it.")
            return SeeOther(reverse("letterhead"))
    logo = getattr(newsroom, "logo", None)
    context = {"form": form, "logo": logo, "sample": _sample(newsroom, person(request))}
    return page(request, "newsroom/stationery/letterhead.html", form, **context)


@require_POST
def logo_remove(request: HttpRequest) -> HttpResponse:
    newsroom = newsroom_of(request)
    require(person(request), "keep_logo")
    return button(
        request,
        lambda: stationery.remove_logo(newsroom, by=person(request)),
        done="Removed. Letters that were sent keep it.",
        to=reverse("letterhead"),
    )


def signature(request: HttpRequest) -> HttpResponse:
    """One's own signature, and a letter with it."""
    newsroom = newsroom_of(request)
    require(person(request), "keep_signature")
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and fulfilled(
        form,
        lambda: stationery.keep_signature(
            data=form.data_of_it(),
            by=attribution(request),
        ),
    ):
        messages.success(request, "Kept. It stands on the letters you send from now on.")
        return SeeOther(reverse("signature"))
    kept = getattr(person(request), "signature", None)
    context = {"form": form, "signature": kept, "sample": _sample(newsroom, person(request))}
    return page(request, "newsroom/stationery/signature.html", form, **context)


@require_POST
def signature_remove(request: HttpRequest) -> HttpResponse:
    newsroom_of(request)
    require(person(request), "keep_signature")
    return button(
        request,
        lambda: stationery.remove_signature(by=person(request)),
        done="Removed. Your letters are signed with your typed name.",
        to=reverse("signature"),
    )


def paragraph_list(request: HttpRequest) -> HttpResponse:
    """All that are offered beside a letter, by what they are about."""
    paragraphs = stationery.in_use(newsroom_of(request)).select_related("written_by")
    return page(request, "newsroom/stationery/paragraphs.html", paragraphs=paragraphs)


def paragraph_new(request: HttpRequest) -> HttpResponse:
    newsroom = newsroom_of(request)
    require(person(request), "keep_paragraphs")
    form = ParagraphForm(request.POST or None, initial={"about": Paragraph.About.WHO_WE_ARE})
    return _written(
        request,
        form,
        lambda: stationery.write_paragraph(newsroom, by=attribution(request), **form.cleaned_data),
    )


def paragraph_edit(request: HttpRequest, pk: int) -> HttpResponse:
    paragraph = _paragraph(request, pk)
    kept = {"about": paragraph.about, "title": paragraph.title, "text": paragraph.text}
    form = ParagraphForm(request.POST or None, initial=kept)
    return _written(
        request,
        form,
        lambda: stationery.rewrite_paragraph(
            paragraph, by=attribution(request), **form.cleaned_data
        ),
        paragraph=paragraph,
    )


@require_POST
def paragraph_put_away(request: HttpRequest, pk: int) -> HttpResponse:
    paragraph = _paragraph(request, pk)
    return button(
        request,
        lambda: stationery.put_away_paragraph(
            paragraph,
            by=attribution(request),
        ),
        done=f"Put away: “{paragraph.title}” is not offered any more.",
        to=reverse("paragraph_list"),
    )


def _written(
    request: HttpRequest,
    form: ParagraphForm,
    act: Callable[[], object],
    paragraph: Paragraph | None = None,
) -> HttpResponse:
    if request.method == "POST" and fulfilled(form, act):
        messages.success(request, "Kept. It is offered beside every letter.")
        return SeeOther(reverse("paragraph_list"))
    return page(request, "newsroom/stationery/paragraph.html", form, form=form, paragraph=paragraph)


def _paragraph(request: HttpRequest, pk: int) -> Paragraph:
    newsroom = newsroom_of(request)
    require(person(request), "keep_paragraphs")
    return get_object_or_404(stationery.in_use(newsroom), pk=pk)


def _keep_logo(request: HttpRequest, newsroom: Newsroom, form: PictureForm) -> None:
    stationery.keep_logo(
        newsroom,
        data=form.data_of_it(),
        by=attribution(request),
    )


def _sample(newsroom: Newsroom, signer: User) -> previews.Preview:
    """A letter of no request, to see the paper by."""
    city = all_cities()[0]
    office = city.offices_for(RequestKind.RECORDS)[0]
    request = RecordsRequest(
        newsroom=newsroom,
        kind=RequestKind.RECORDS,
        city_slug=city.slug,
        office_role=office.role,
        subject="A letter to look at",
        reference=f"{city.code}-0000",
    )
    try:
        letter = letters.PlannedLetter(
            request,
            kind=LetterKind.FOLLOW_UP,
            sending=letters.Sending(Channel.POST),
            dated_on=timezone.localdate(),
            signer=signer,
        )
        return previews.Preview(previews.pdf_of(letters.sheet_for(letter, SAMPLE_TEXT)))
    except letters.LetterError as error:
        return previews.Preview(problem=str(error))
