"""The address that a person signs in with. Their name: `actions.newsroom.people`."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from requests_app.actions.errors import Refused
from requests_app.models import User


def check_new_address(user: User, address: str) -> str:
    """As it is kept, where the person may have it."""
    new = address.strip().lower()
    if new == user.email.lower():
        raise Refused(f"You sign in with {new} already. Nothing was changed.")
    if User.objects.filter(email__iexact=new).exists():
        raise Refused(f"{new} has an account already. Nothing was changed.")
    return new


@transaction.atomic
def change_address(user: User, *, old: str, new: str) -> None:
    """Once its owner has shown that they read it. `old` is what it was when they asked."""
    row = User.objects.select_for_update(no_key=True, of=("self",)).get(pk=user.pk)
    if row.email != old:
        raise Refused("Your address was changed since this link was mailed. Ask for a new one.")
    row.email = check_new_address(row, new)
    try:
        with transaction.atomic():
            row.save(update_fields=["email"])
            EmailAddress.objects.filter(user=row).delete()
            EmailAddress.objects.create(user=row, email=row.email, primary=True, verified=True)
    except IntegrityError as taken:
        raise Refused(f"{new} has an account already. Nothing was changed.") from taken
