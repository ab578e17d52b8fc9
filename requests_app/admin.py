"""The operator's pages: to look at the desk's own rows and change nothing.

No other app's models are among them, and no field that opens anything: see `SECRET`.
tests/views/test_operator.py walks every page of them.
"""

import time
from functools import wraps
from typing import Any, cast

from allauth.account import app_settings as account_settings
from allauth.account.authentication import get_authentication_records
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, reverse

from requests_app import models
from requests_app.ledger.security.security_log import record_of_the_desk
from requests_app.models import User
from requests_app.vocabulary.security_kinds import SecurityKind

# Of any model: what opens something, or is what such a thing is recognized by.
SECRET = frozenset({"password", "token", "secret", "previous_secret", "digest", "key"})
# Django's own, of which the desk has no use.
NOT_SERVED = frozenset({"password_change_done", "view_on_site", "autocomplete"})


class OperatorSite(admin.AdminSite):
    """For staff who gave a second factor in this session, or a password a moment ago."""

    site_header = site_title = "Records Desk: operator"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and _is_freshly_known(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Each page that is opened stands in the security log."""

        @wraps(view)
        def noted(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if self.has_permission(request):
                page = request.path_info.removeprefix(reverse("admin:index")) or "with all tables"
                record_of_the_desk(
                    SecurityKind.OPERATOR_SITE_OPENED, by=cast(User, request.user), page=page
                )
            return view(request, *args, **kwargs)

        return super().admin_view(noted, cacheable)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Through the account's pages, so that everything that guards those counts here too."""
        onward = request.GET.get(REDIRECT_FIELD_NAME) or reverse(
            "admin:index", current_app=self.name
        )
        if not request.user.is_authenticated:
            return redirect_to_login(onward)
        if not super().has_permission(request):
            raise PermissionDenied("These pages are for whoever operates this desk.")
        return redirect_to_login(onward, reverse("account_reauthenticate"))

    def password_change(  # type: ignore[override]  # django-stubs know of the form alone
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        """A password is changed on the account's pages alone, which tell its owner."""
        return HttpResponseRedirect(reverse("account_change_password"))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [one for one in super().get_urls() if getattr(one, "name", None) not in NOT_SERVED]


def _is_freshly_known(request: HttpRequest) -> bool:
    """By what allauth wrote into the session, how and when its person proved who they are."""
    user = cast(User, request.user)
    records = get_authentication_records(request, user)
    since = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
    return any(one.get("method") == "mfa" or one["at"] > since for one in records)


class ReadOnlyAdmin(admin.ModelAdmin[Model]):
    """What is in the ledger and beside it is evidence: not even an operator edits or deletes it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = {field.name for field in self.model._meta.get_fields()}
        return [*(super().get_exclude(request, obj) or ()), *sorted(SECRET & fields)]


operator_site = OperatorSite(name="admin")


def _list(name: str, *columns: str, **more: Any) -> type[ReadOnlyAdmin]:
    return type(f"{name}Admin", (ReadOnlyAdmin,), {"list_display": columns, **more})


operator_site.register(
    models.RecordsRequest,
    _list("RecordsRequest", "reference", "subject", "city_slug", "state", "created_by",
          list_filter=["state", "city_slug"], search_fields=["reference", "subject"]),
)  # fmt: skip
operator_site.register(
    models.Event, _list("Event", "records_request", "kind", "on", "by", list_filter=["kind"])
)
operator_site.register(
    models.Deadline, _list("Deadline", "records_request", "clock", "status", "due_on")
)
operator_site.register(
    models.Appeal, _list("Appeal", "records_request", "route", "state", "outcome")
)
operator_site.register(
    models.Delivery,
    _list("Delivery", "records_request", "channel", "to_name", "state", "attempts", "created_at",
          list_filter=["state", "channel"]),
)  # fmt: skip
operator_site.register(
    models.Letter,
    _list("Letter", "records_request", "kind", "dated_on", "page_count", exclude=["pdf"]),
)
operator_site.register(
    models.Communication, _list("Communication", "records_request", "direction", "on")
)
operator_site.register(models.Attachment, _list("Attachment", "name", "size", "added_by"))
operator_site.register(models.Newsroom, _list("Newsroom", "name", "email"))
operator_site.register(models.Membership, _list("Membership", "user", "newsroom", "role"))
operator_site.register(
    models.User,
    _list("User", "email", "name", "is_active",
          fields=["email", "name", "is_active", "is_staff", "date_joined", "last_login",
                  "left_at", "erased_at"]),
)  # fmt: skip
operator_site.register(
    models.OfficeEntry, _list("OfficeEntry", "city", "office", "way", "value", "checked_on")
)
operator_site.register(models.Closure, _list("Closure", "city", "on", "reason"))
