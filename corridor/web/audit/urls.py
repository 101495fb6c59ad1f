from django.urls import path

from . import checkpoints, history, views

urlpatterns = [
    path("audit/", views.entry_list, name="audit"),
    path("audit/of/<slug:kind>/<slug:reference>/", history.record_history, name="audit-of"),
    path("audit/checkpoints/", checkpoints.checkpoint_list, name="checkpoints"),
    path("audit/checkpoints/<slug:day>/", checkpoints.checkpoint, name="checkpoint"),
]
