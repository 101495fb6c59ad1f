from django.urls import path

from corridor.web import converters as _converters  # noqa: F401 (registers them)

from . import checkpoints, history, views

urlpatterns = [
    path("audit/", views.entry_list, name="audit"),
    path("audit/of/<slug:kind>/<word:reference>/", history.record_history, name="audit-of"),
    path("audit/checkpoints/", checkpoints.checkpoint_list, name="checkpoints"),
    path("audit/checkpoints/<slug:day>/", checkpoints.checkpoint, name="checkpoint"),
]
