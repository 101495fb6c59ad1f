from django.urls import path

from . import views, writing

urlpatterns = [
    path("funding/", views.commitment_list, name="commitments"),
    path("funding/new/", writing.pledge, name="commitment-new"),
    path("funding/rates/", views.rate_list, name="exchange-rates"),
    path("funding/rates/new/", writing.set_rate, name="exchange-rate-new"),
    path("funding/<slug:reference>/", views.commitment_page, name="commitment"),
    path("funding/<slug:reference>/contract/", writing.contract, name="commitment-contract"),
    path("funding/<slug:reference>/move/", writing.move, name="commitment-move"),
    path("funding/<slug:reference>/withdraw/", writing.withdraw, name="commitment-withdraw"),
    path("funding/<slug:reference>/papers/<slug:which>/", views.paper, name="commitment-paper"),
    path("programmes/<slug:reference>/funding/", writing.split, name="programme-funding"),
]
