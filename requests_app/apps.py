from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class RequestsAppConfig(AppConfig):
    name = "requests_app"
    verbose_name = "Records Desk"

    def ready(self) -> None:
        from requests_app.accounts import library_signals

        # The two checks register themselves.
        from requests_app.ledger.chains import chain_after_migrate
        from requests_app.ledger.triggers import check_triggers, install, take_down  # noqa: F401
        from requests_app.letters.wording import check_templates  # noqa: F401
        from requests_app.search.installing import install as install_search

        library_signals.connect()
        # Django's own signal, and its own moment: our parts send each other none.
        pre_migrate.connect(take_down, sender=self, dispatch_uid="ledger protection")
        post_migrate.connect(install, sender=self, dispatch_uid="ledger protection")
        post_migrate.connect(chain_after_migrate, sender=self, dispatch_uid="ledger chains")
        post_migrate.connect(install_search, sender=self, dispatch_uid="search indexes")
