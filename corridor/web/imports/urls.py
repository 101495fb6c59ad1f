from django.urls import path

import corridor.web.converters  # noqa: F401 (registers <word:...>)

from . import preparing, taking, views

urlpatterns = [
    path("imports/", views.import_list, name="imports"),
    path("imports/template/<word:kind>/<word:form>/", taking.template, name="import-template"),
    path("imports/<uuid:key>/", views.import_page, name="import"),
    path("imports/<uuid:key>/table/", preparing.table, name="import-table"),
    path("imports/<uuid:key>/columns/", preparing.columns, name="import-columns"),
    path("imports/<uuid:key>/questions/", preparing.questions, name="import-questions"),
    path("imports/<uuid:key>/check/", views.check, name="import-check"),
    path("imports/<uuid:key>/write/", views.write, name="import-write"),
    path("imports/<uuid:key>/undo/", views.undo, name="import-undo"),
    path("imports/<uuid:key>/withdraw/", views.withdraw, name="import-withdraw"),
    path("imports/<uuid:key>/remarks/", views.remarks, name="import-remarks"),
]
