"""Who works here: people, their newsroom and what they do in it."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone

from requests_app.models.chain.appending import open_chains
from requests_app.models.chain.chained_tables import LEDGER, SECURITY, chain_name


class UserQuerySet(models.QuerySet["User"]):
    """Rows that libraries lock, too."""

    def select_for_update(
        self,
        nowait: bool = False,
        skip_locked: bool = False,
        of: Sequence[str] = ("self",),
        no_key: bool = True,
    ) -> Self:
        """Of the person alone: PostgreSQL locks no row that an outer join may not have, as their
        place in a newsroom. And never as if its key changed, as a rule of the source says. allauth
        locks whoever makes recovery codes."""
        return super().select_for_update(nowait, skip_locked, of=of, no_key=True)


class UserManager(BaseUserManager["User"]):
    """Accounts are known by their e-mail address, kept in lower case."""

    def get_queryset(self) -> UserQuerySet:
        """Each with the newsroom they work in, which every page asks of whoever is signed in."""
        return UserQuerySet(self.model, using=self._db).select_related("membership__newsroom")

    def names_alone(self) -> models.QuerySet["User"]:
        """To say who somebody is, and no more: without what signing in and permissions need."""
        return super().get_queryset().only("name", "email")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in."""

    email = models.EmailField(
        unique=True, error_messages={"unique": "This address has an account."}
    )
    name = models.CharField("name, as it is signed", max_length=120)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("may open the operator's pages", default=False)
    date_joined = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField("when they left the newsroom", null=True, blank=True)
    erased_at = models.DateTimeField("when their data was erased", null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    @property
    def role(self) -> str:
        """The role in the newsroom, or "" for somebody who belongs to none."""
        membership = getattr(self, "membership", None)
        return membership.role if membership else ""


class Newsroom(models.Model):
    """The requester's organisation, as it stands on its letters."""

    name = models.CharField(max_length=160, unique=True)
    address = models.TextField("postal address", blank=True)
    email = models.EmailField("address for replies by people", blank=True)
    phone = models.CharField(max_length=40, blank=True)
    reviews_before_filing = models.BooleanField(
        "an editor approves every request before it is filed", default=False
    )
    recall_minutes = models.PositiveSmallIntegerField(
        "minutes for which a letter by e-mail can be recalled", default=3
    )
    largest_file_mb = models.PositiveIntegerField(
        "the largest file that may be uploaded, in megabytes",
        default=2000,
        validators=[MinValueValidator(50), MaxValueValidator(100_000)],
    )
    publishes_scorecards = models.BooleanField(
        "everybody may read the figures of the cities that an admin chose", default=False
    )
    requires_second_factor = models.BooleanField(
        "everybody signs in with a second factor", default=False
    )
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new one's chains begin with it: where one is missing later, somebody removed it."""
        if not self._state.adding:
            super().save(*args, **kwargs)
            return
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)
            open_chains(chain_name(book, self.pk) for book in (LEDGER, SECURITY))


class Role(models.TextChoices):
    REPORTER = "reporter", "Reporter"
    RESEARCHER = "researcher", "Researcher"
    EDITOR = "editor", "Editor"
    ADMIN = "admin", "Admin"


class Membership(models.Model):
    """One person's place in one newsroom. A person has one: see docs/adr."""

    newsroom = models.ForeignKey(Newsroom, on_delete=models.PROTECT, related_name="memberships")
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="membership")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} at {self.newsroom}"

    @property
    def sees_all(self) -> bool:
        """Whether they see all that is the newsroom's; a reporter sees their own requests."""
        return self.role != Role.REPORTER
