from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
    path("language/", login_not_required(set_language), name="choose-language"),
    path("theme/", views.choose_theme, name="choose-theme"),
]
