"""What a token may be used for, beside what its person may do."""

from typing import Any

from django.core.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request

from requests_app.models import ApiToken, Scope


class WorksHere(IsAuthenticated):
    """Somebody of a newsroom, whose token has the scope that the address needs.

    Who is signed in on the pages has every scope. What they may do to which request is asked of
    `permissions` by each address, as by each page.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        if not super().has_permission(request, view):
            return False
        if getattr(request.user, "membership", None) is None:
            raise PermissionDenied("You belong to no newsroom. Ask its admin to add you.")
        needed = Scope.READ
        if request.method not in SAFE_METHODS:
            needed = getattr(view, "scope", Scope.WRITE)  # the document's own address has none
        if isinstance(request.auth, ApiToken) and needed not in request.auth.scopes:
            raise PermissionDenied(
                f"This token has no scope “{needed}” ({Scope(needed).label.lower()}): make one "
                "that has it under Other programs."
            )
        return True
