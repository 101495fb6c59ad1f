from django.urls import path

from . import views

urlpatterns = [path("documents/<slug:reference>/", views.document, name="document")]
