"""Addresses of the public site beside its pages; stands inside the language patterns, before Wagtail's own."""

from django.urls import path

from cms import views
from cms.feeds import NoticesFeed

app_name = "cms"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("notices/feed/", NoticesFeed(), name="notices_feed"),
]
