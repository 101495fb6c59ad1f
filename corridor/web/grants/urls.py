from django.urls import path

from corridor.web import converters as _converters  # noqa: F401 (registers them)

from . import access, looking, views

urlpatterns = [
    path("grants/", views.grant_list, name="grants"),
    path("grants/new/", views.give, name="grant-new"),
    path("grants/<uuid:key>/end/", views.end, name="grant-end"),
    path("profile/rights/", views.own_rights, name="own-rights"),
    path("profile/rights/pass-on/", views.pass_on, name="pass-on"),
    path("people/me/looked/", looking.who_looked, name="who-looked"),
    path("open-a-record/", looking.open_record, name="open-record"),
    path("open-a-record/<uuid:key>/end/", looking.close_record, name="close-record"),
    path("see-as/", looking.see_as, name="see-as"),
    path("see-as/end/", looking.end_seeing, name="see-as-end"),
    path("access/<slug:kind>/<word:reference>/", access.access_page, name="access"),
]
