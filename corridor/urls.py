"""Every page of the house, and the API. A page is private until tests/contracts says otherwise."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
