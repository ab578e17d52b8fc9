"""The operator's pages: to look at everything and change nothing."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from requests_app import models

# Through allauth, so that a second factor counts here too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "Records Desk: operator"


class ReadOnlyAdmin(admin.ModelAdmin[Model]):
    """What is in the ledger and beside it is evidence: not even an operator edits or deletes it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _list(name: str, *columns: str, **more: Any) -> type[ReadOnlyAdmin]:
    return type(f"{name}Admin", (ReadOnlyAdmin,), {"list_display": columns, **more})


admin.site.register(
    models.RecordsRequest,
    _list("RecordsRequest", "reference", "subject", "city_slug", "state", "created_by",
          list_filter=["state", "city_slug"], search_fields=["reference", "subject"]),
)  # fmt: skip
admin.site.register(
    models.Event, _list("Event", "records_request", "kind", "on", "by", list_filter=["kind"])
)
admin.site.register(
    models.Deadline, _list("Deadline", "records_request", "clock", "status", "due_on")
)
admin.site.register(models.Appeal, _list("Appeal", "records_request", "route", "state", "outcome"))
admin.site.register(
    models.Delivery,
    _list("Delivery", "records_request", "channel", "to_name", "state", "attempts", "created_at",
          list_filter=["state", "channel"]),
)  # fmt: skip
admin.site.register(
    models.Letter,
    _list("Letter", "records_request", "kind", "dated_on", "page_count", exclude=["pdf"]),
)
admin.site.register(
    models.Communication, _list("Communication", "records_request", "direction", "on")
)
admin.site.register(models.Attachment, _list("Attachment", "name", "size", "added_by"))
admin.site.register(models.Newsroom, _list("Newsroom", "name", "email"))
admin.site.register(models.Membership, _list("Membership", "user", "newsroom", "role"))
admin.site.register(models.User, _list("User", "email", "name", "is_active", exclude=["password"]))
admin.site.register(
    models.OfficeEntry, _list("OfficeEntry", "city", "office", "way", "value", "checked_on")
)
admin.site.register(models.Closure, _list("Closure", "city", "on", "reason"))
