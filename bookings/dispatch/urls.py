"""Below /jobs/."""

from django.urls import path

from bookings.dispatch.views import jobs, steps

app_name = "dispatch"
urlpatterns = [
    path("", jobs.mine, name="mine"),
    path("<str:token>/", jobs.job, name="job"),
    path("<str:token>/accept/", steps.accept, name="accept"),
    path("<str:token>/decline/", steps.decline, name="decline"),
    path("<str:token>/on-the-way/", steps.on_the_way, name="on_the_way"),
    path("<str:token>/arrived/", steps.arrived, name="arrived"),
    path("<str:token>/parts/", steps.parts, name="parts"),
    path("<str:token>/done/", steps.done, name="done"),
]
