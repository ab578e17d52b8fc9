"""The API's addresses; tests/views walks them as every role and as nobody."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from requests_app.api.views import DeadlineList, RequestDetail, RequestList

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("requests/", RequestList.as_view(), name="api_requests"),
    path("requests/<slug:public_id>/", RequestDetail.as_view(), name="api_request"),
    path("requests/<slug:public_id>/deadlines/", DeadlineList.as_view(), name="api_deadlines"),
]
