from django.urls import include, path

from requests_app.admin import operator_site

urlpatterns = [
    path("", include("requests_app.urls")),
    path("accounts/", include("config.account_urls")),
    path("operator/", operator_site.urls),
]
