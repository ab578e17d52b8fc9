from django.apps import AppConfig


class RequestsAppConfig(AppConfig):
    name = "requests_app"
    verbose_name = "Records Desk"

    def ready(self) -> None:
        from requests_app.letters.wording import check_templates  # noqa: F401  registers the check of the wording
