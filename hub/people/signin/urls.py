"""The one door. `urlpatterns` stand in both languages; `admin_urlpatterns` stand before Wagtail's own, so that its doors lead here."""

from django.urls import path

from hub.people.signin import views

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("login/code/", views.enter_code, name="account_confirm_login_code"),
    path("login/second-step/", views.second_step, name="mfa_authenticate"),
    path("login/second-step/set-up/", views.set_up_second_step, name="signin_set_up"),
    path("login/is-this-you/", views.is_this_you, name="signin_is_this_you"),
    path("logout/", views.sign_out, name="account_logout"),
    path("_util/login/", views.other_door),  # Wagtail's door to private pages
]

admin_urlpatterns = [
    path("admin/login/", views.other_door),
    path("admin/logout/", views.sign_out),
]
