"""What the lists' filters are made of. One that cannot be followed finds nothing, and says why."""

from collections.abc import Callable
from functools import cache
from typing import Any

import django_filters
from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from requests_app.models import Project, User

Choices = Callable[[], list[tuple[str, str]]]


class PlainSelect(forms.Select):
    """The same element, drawn in one go: for every option Django draws a template, and whoever
    works in the newsroom is one. That was a quarter of the whole page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, mark_safe(" selected") if str(key) == chosen else "", label)
                for key, label in self.choices
            ),
        )
        attributes = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html("<select{}>{}</select>", flatatt(attributes), options)


def choice_of(label: str, every: str, **arguments: Any) -> django_filters.ChoiceFilter:
    """`every`: what stands in the list where nothing is chosen."""
    unknown = f"“%(value)s” is none of the choices of “{label}”. Choose one, or “{every}”."
    return django_filters.ChoiceFilter(
        label=label,
        widget=PlainSelect,
        empty_label=every,
        error_messages={"invalid_choice": unknown},
        **arguments,
    )


def day_of(label: str, **arguments: Any) -> django_filters.DateFilter:
    return django_filters.DateFilter(
        label=label,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": f"{label}: write a day as 2026-11-30."},
        **arguments,
    )


def people_of(newsroom_id: int) -> Choices:
    """Who works in a newsroom, by name; read when a list is drawn or judged, and once."""
    people = User.objects.names_alone().filter(membership__newsroom_id=newsroom_id)
    return cache(lambda: [(str(one.pk), str(one)) for one in people.order_by("name")])


def projects_of(newsroom_id: int) -> Choices:
    """As `people_of`."""
    projects = Project.objects.filter(newsroom=newsroom_id).values_list("pk", "name")
    return cache(lambda: [(str(key), name) for key, name in projects])


class StrictFilterSet(django_filters.FilterSet):
    """Where one filter cannot be followed nothing is found: never everything instead.

    `READS`: what its search reads, in a few words. `FOLDED` names those that a page shows only
    when they are opened, or asked for.
    """

    READS = ""
    FOLDED: tuple[str, ...] = ()
    SEARCH = "q"  # drawn for itself, before the others

    @property
    def qs(self) -> Any:
        if self.is_bound and not self.form.is_valid():
            return self.queryset.none()
        return super().qs

    @property
    def is_asked(self) -> bool:
        """Whether anything is asked for, followed or not."""
        return any(self.form[name].data for name in self.form.fields)

    @property
    def wrong(self) -> list[str]:
        """What cannot be followed, in sentences."""
        if not self.is_bound:
            return []
        return [str(one) for problems in self.form.errors.values() for one in problems]

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        return [one for one in self.form if one.name not in {self.SEARCH, *self.FOLDED}]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        return [self.form[name] for name in self.FOLDED]

    @property
    def is_folded_asked(self) -> bool:
        return any(one.data for one in self.folded_fields)
