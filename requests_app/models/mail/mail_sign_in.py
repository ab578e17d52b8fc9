"""The desk's leave to use a mail account by OAuth2, for its mailbox and for sending alike."""

from django.db import models

from requests_app.stored_secrets import SecretField


class MailSignIn(models.Model):
    """One account. `mail_accounts.tokens` alone writes the tokens; both are stored encrypted."""

    account = models.CharField("the account's address", max_length=320, unique=True)
    refresh_token = SecretField(blank=True)
    setting_digest = models.CharField("of the setting it was taken from", max_length=64, blank=True)
    access_token = SecretField(blank=True)
    expires_at = models.DateTimeField(null=True)
    connected_at = models.DateTimeField(null=True)
    renewed_at = models.DateTimeField("given an access token last", null=True)
    tried_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField("tries that failed since it worked", default=0)
    not_before = models.DateTimeField("next try", null=True)
    is_refused = models.BooleanField("the provider said no, for good", default=False)
    trouble = models.TextField("why the last try failed, and what to do", blank=True)
    told_at = models.DateTimeField("the admins were told of a refusal", null=True)

    class Meta:
        ordering = ["account"]

    def __str__(self) -> str:
        return self.account
