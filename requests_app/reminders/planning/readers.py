"""Everybody who may be told something, with what they want and when their morning is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings

from requests_app.models import (
    Membership,
    RecordsRequest,
    ReminderChoices,
    ReminderKind,
    ReminderPolicy,
    Role,
    User,
)
from requests_app.reminders.planning.mornings import morning_of
from requests_app.reminders.planning.reminder_days import Rules

ALWAYS = {ReminderKind.LAST_CALL}  # what is lost on that day cannot be had again


@dataclass(frozen=True, slots=True)
class Reader:
    """One active member. `on` is their day, or None as long as their morning has not come."""

    user: User
    newsroom_id: int
    is_editor: bool
    policy: ReminderPolicy
    choices: ReminderChoices
    zone: str
    on: date | None

    @property
    def is_due(self) -> bool:
        last = self.choices.last_round_on
        return self.on is not None and (last is None or last < self.on)

    @property
    def rules(self) -> Rules:
        return Rules(
            city_before=tuple(self.policy.city_before),
            city_daily_for=self.policy.city_daily_for,
            ours_before=tuple(self.policy.ours_before),
            editors_after_late=self.policy.editors_after_late,
            editors_before_ours=self.policy.editors_before_ours,
        )

    @property
    def after(self) -> date | None:
        """Only steps past that day are told: a newcomer is not told what was before them."""
        return self.choices.begun_on or self.on

    def wants(self, kind: ReminderKind) -> bool:
        return kind in ALWAYS or bool(getattr(self.choices, kind.value))


def readers(*, at: datetime, user_ids: Iterable[int] | None = None) -> list[Reader]:
    """All active members of all newsrooms, or those named: one query."""
    members = Membership.objects.filter(user__is_active=True).order_by("pk")
    if user_ids is not None:
        members = members.filter(user_id__in=list(user_ids))
    found = members.select_related("user__reminder_choices", "newsroom__reminder_policy")
    return [_reader(member, at) for member in found]


def zone_of(choices: ReminderChoices, policy: ReminderPolicy) -> str:
    return choices.time_zone or policy.time_zone or settings.TIME_ZONE


def morning_at_of(choices: ReminderChoices, policy: ReminderPolicy) -> time:
    return choices.morning_at or policy.morning_at


def policy_of(member: Membership) -> ReminderPolicy:
    """The newsroom's settings, or the defaults where nobody has changed any."""
    newsroom = member.newsroom
    policy: ReminderPolicy | None = getattr(newsroom, "reminder_policy", None)
    return policy or ReminderPolicy(newsroom=newsroom)


def choices_of(user: User) -> ReminderChoices:
    choices: ReminderChoices | None = getattr(user, "reminder_choices", None)
    return choices or ReminderChoices(user=user)


def owner_id_of(request: RecordsRequest) -> int:
    """Whose it is: who it is assigned to, else who began it."""
    return request.assigned_to_id or request.created_by_id


def _reader(member: Membership, at: datetime) -> Reader:
    policy, choices = policy_of(member), choices_of(member.user)
    zone = zone_of(choices, policy)
    return Reader(
        user=member.user,
        newsroom_id=member.newsroom_id,
        is_editor=member.role in {Role.EDITOR, Role.ADMIN},
        policy=policy,
        choices=choices,
        zone=zone,
        on=morning_of(at, zone=zone, morning_at=morning_at_of(choices, policy)),
    )
