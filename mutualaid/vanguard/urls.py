"""Below /vanguard/."""

from django.urls import path

from mutualaid.vanguard.views import board, rating

app_name = "vanguard"
urlpatterns = [
    path("", board.landing, name="landing"),
    path("rate/", rating.type_code, name="type_code"),
    path("rate/<str:code>/", rating.rate_code, name="rate_code"),
    path("said/<str:token>/", rating.said, name="said"),
    path("months/", board.wall, name="wall"),
    path("months/<str:period>/", board.month, name="month"),
    path("months/<str:period>/notice/", board.notice, name="notice"),
    path("months/<str:period>/pdf/", board.notice_pdf, name="notice_pdf"),
    path("pictures/<int:pk>/", board.picture, name="picture"),
    path("words/<int:pk>/reply/", board.reply, name="reply"),
    path("<int:number>/", board.post, name="post"),
    path("<int:number>/sign/", board.sign, name="sign"),
]
