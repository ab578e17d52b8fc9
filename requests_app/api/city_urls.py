"""The API's addresses of cities: their facts, their catalogs, what is followed in them."""

from django.urls import path

from requests_app.api.reading import cities, followed
from requests_app.api.writing import cities as found_out
from requests_app.api.writing import followed as following
from requests_app.api.writing import judged_datasets

C, R = "cities/<slug:state>/<slug:city>/", "requests/<slug:public_id>/"

CITIES = [
    path("cities/", cities.CityList.as_view(), name="api_cities"),
    path(C, cities.CityDetail.as_view(), name="api_city"),
    path(C + "closures/", cities.ClosureList.as_view(), name="api_closures"),
    path(C + "closures/new/", found_out.EnterClosure.as_view(), name="api_closure_new"),
    path(C + "offices/<slug:role>/", found_out.EnterOffice.as_view(), name="api_office"),
    path(C + "follow/", following.FollowSearch.as_view(), name="api_search_follow"),
    path("datasets/", cities.DatasetList.as_view(), name="api_datasets"),
    path("datasets/<int:pk>/", cities.DatasetDetail.as_view(), name="api_dataset"),
    path("datasets/<int:pk>/follow/", following.FollowDataset.as_view(), name="api_dataset_follow"),
    path("followed/", followed.WatchList.as_view(), name="api_followed"),
    path("followed/<int:pk>/stop/", following.StopFollowing.as_view(), name="api_follow_stop"),
    path("followed/news/", followed.DatasetNewsList.as_view(), name="api_followed_news"),
    path("followed/news/seen/", following.MarkNewsSeen.as_view(), name="api_followed_seen"),
    path(R + "datasets/", judged_datasets.JudgeDatasets.as_view(), name="api_datasets_judged"),
    path(
        R + "datasets/<int:pk>/partly/",
        judged_datasets.DatasetHasAPart.as_view(),
        name="api_dataset_partly",
    ),
    path(R + "datasets/named/", judged_datasets.NameDatasets.as_view(), name="api_datasets_named"),
]
