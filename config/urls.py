from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("requests_app.urls")),
    path("accounts/", include("config.account_urls")),
    path("operator/", admin.site.urls),
]
