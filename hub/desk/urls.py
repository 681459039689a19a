"""/desk/: hotline and counter. Without a language, like /admin/."""

from django.urls import path

from hub.desk import call_views, phone_views

app_name = "desk"
urlpatterns = [
    path("", call_views.board, name="board"),
    path("open/", call_views.open_call, name="open"),
    path("help/", call_views.help_sheet, name="help"),
    path("ring/", phone_views.ring, name="ring"),
    path("missed/", phone_views.missed, name="missed"),
    path("missed/<str:token>/ring/", phone_views.ring_missed, name="ring_missed"),
    path("calls/<str:token>/", call_views.call, name="call"),
    path("calls/<str:token>/draft/", call_views.draft, name="draft"),
    path("calls/<str:token>/take-over/", call_views.take_over, name="take_over"),
    path("call-backs/<int:pk>/ring/", phone_views.ring_back, name="ring_back"),
    path("call-backs/<int:pk>/take/", phone_views.take_call_back, name="take_call_back"),
    path("rung/<int:pk>/", phone_views.rung, name="rung"),
]
