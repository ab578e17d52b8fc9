"""A form as one tab has it open: which tab it is, what it was opened on, what it goes on from."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest, QueryDict

from requests_app.actions.drafts import unsaved_words
from requests_app.actions.drafts.unsaved_words import FormPage
from requests_app.models import UnsavedWriting, User
from requests_app.views.lookup import person

# What a form sends beside what was typed.
NOT_TYPED = {
    "csrfmiddlewaretoken", "do", "tab", "base", "continues", "count", "put_back", "insert",
    "switch", "version",
}  # fmt: skip
SALT = "a tab of the desk"
GOOD_FOR_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Tab:
    """A page that was shown to somebody who was signed in then, proven by our signature.

    It lets words be kept for that person after their sign-in has ended, and nothing be read.
    """

    user_id: int
    page: str
    request_id: int | None
    name: str
    session: str  # of the account's password: a changed one ends it

    @classmethod
    def new(cls, user: User, page: FormPage) -> "Tab":
        name = secrets.token_hex(8)
        return cls(user.pk, page.name, page.request_id, name, _session_of(user))

    @property
    def signed(self) -> str:
        told = [self.user_id, self.page, self.request_id, self.name, self.session]
        return signing.dumps(told, salt=SALT)

    @classmethod
    def sent_with(cls, sent: QueryDict) -> "Tab | None":
        """None where there is none, or it is not ours, or too old."""
        try:
            told = signing.loads(sent.get("tab", ""), salt=SALT, max_age=GOOD_FOR_SECONDS)
        except signing.BadSignature:
            return None
        return cls(*told)

    def is_of(self, user: User, page: FormPage) -> bool:
        return (self.user_id, self.page, self.request_id) == (user.pk, page.name, page.request_id)

    def is_good_for(self, user: User) -> bool:
        return self.user_id == user.pk and self.session == _session_of(user)


def _session_of(user: User) -> str:
    return user.get_session_auth_hash()[:16]


@dataclass(frozen=True, slots=True)
class OpenForm:
    """What a page shows of it. `restored` are words of the person's own that fill the form, `left`
    those that do not."""

    page: FormPage
    tab: str
    base: str
    continues: str = ""
    restored: UnsavedWriting | None = None
    left: tuple[UnsavedWriting, ...] = ()

    @property
    def key(self) -> str:
        """By which the browser's own copies are told apart."""
        return f"{self.page.name}-{self.page.request_id or 'new'}"

    @property
    def fields(self) -> dict[str, Any]:
        return self.restored.fields if self.restored else {}


def opened(request: HttpRequest, page: FormPage, *, base: str, fill: bool = True) -> OpenForm:
    """The form as it is opened, or shown once more with what was typed into it.

    Words that were typed on what stands saved now fill it by themselves. Others are named beside
    it, and fill it when they are asked for (`?words=`); none does with `?saved=1`.
    """
    user = person(request)
    if request.method == "POST":
        tab = Tab.sent_with(request.POST)
        is_ours = tab is not None and tab.is_of(user, page)
        signed = request.POST["tab"] if is_ours else Tab.new(user, page).signed
        return OpenForm(page, signed, base, request.POST.get("continues", ""))
    rows = unsaved_words.of_person(page, user)
    chosen = _chosen(request, rows, base) if fill else None
    left = tuple(row for row in rows if not chosen or row.fields != chosen.fields)
    signed = Tab.new(user, page).signed
    if chosen is None:
        return OpenForm(page, signed, base, left=left)
    return OpenForm(page, signed, chosen.base, f"{chosen.tab}:{chosen.count}", chosen, left)


def _chosen(request: HttpRequest, rows: list[UnsavedWriting], base: str) -> UnsavedWriting | None:
    if wanted := request.GET.get("words", ""):
        return next((row for row in rows if str(row.pk) == wanted), None)
    if "saved" in request.GET:
        return None
    return next((row for row in rows if row.base == base), None)


def typed(sent: QueryDict) -> dict[str, Any]:
    """All that stands in the form, by the fields' names."""
    found: dict[str, Any] = {}
    for name in sent:
        if name not in NOT_TYPED:
            values = sent.getlist(name)
            found[name] = values if len(values) > 1 else values[0]
    return found


def fill(form: forms.BaseForm, fields: dict[str, Any]) -> None:
    """Let a form that was not sent show what was typed, right or wrong. An empty box is typed too:
    a form that was kept was kept whole."""
    for name, field in form.fields.items():
        if isinstance(field, forms.BooleanField):
            form.initial[name] = name in fields
        elif isinstance(field, forms.MultipleChoiceField):
            ticked = fields.get(name, [])
            form.initial[name] = [ticked] if isinstance(ticked, str) else ticked
        elif name in fields and not isinstance(field, forms.FileField):
            form.initial[name] = fields[name]


def differs(fields: dict[str, Any], shown: Iterable[forms.BaseForm]) -> bool:
    """Whether something is typed that these forms, as they are shown when opened, do not have."""
    return any(
        _plain(fields.get(bound.name, "")) != _plain(_as_sent(bound))
        for form in shown
        for bound in form
        if not isinstance(bound.field, forms.FileField) and not bound.is_hidden
    )


def _as_sent(bound: forms.BoundField) -> str:
    value = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return "on" if value else ""
    if isinstance(bound.field, forms.MultipleChoiceField):
        return str(value[0] if len(value or []) == 1 else value or "")
    shown = bound.field.widget.format_value(value)
    return str(shown[0] if isinstance(shown, list) and shown else shown or "")


def _plain(value: Any) -> str:
    return str(value).replace("\r\n", "\n").strip()
