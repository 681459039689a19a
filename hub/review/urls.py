"""/review/: without a language, like /admin/."""

from django.urls import path

from hub.review import views

app_name = "review"
urlpatterns = [
    path("", views.month, name="month"),
    path("closings/<int:pk>/", views.closing, name="closing"),
]
