from django.urls import path

from . import handing_over, proposals, risk, seating, views, writing

urlpatterns = [
    path("members/", views.member_list, name="members"),
    path("members/new/", writing.register, name="member-new"),
    path("members/at-risk/", risk.at_risk, name="members-at-risk"),
    path("proposals/", proposals.proposal_list, name="proposals"),
    path("proposals/<slug:reference>/", proposals.proposal_page, name="proposal"),
    path("proposals/<slug:reference>/carry-out/", proposals.carry_out, name="proposal-carry-out"),
    path("proposals/<slug:reference>/take-back/", proposals.take_back, name="proposal-take-back"),
    path("members/<slug:reference>/propose/", proposals.propose, name="member-propose"),
    path("members/<slug:reference>/", views.member_page, name="member"),
    path("members/<slug:reference>/place/", writing.edit_place, name="member-place"),
    path("members/<slug:reference>/names/", writing.add_name, name="member-names"),
    path("members/<slug:reference>/move/", writing.move, name="member-move"),
    path("members/<slug:reference>/seats/", seating.give_seat, name="give-seat"),
    path("members/<slug:reference>/who-speaks/", seating.who_speaks, name="who-speaks"),
    path("members/<slug:reference>/seats/<uuid:key>/end/", seating.end_seat, name="end-seat"),
    path("members/<slug:reference>/seats/<uuid:key>/hand-over/", handing_over.hand_over, name="hand-over-seat"),
    path("members/<slug:reference>/seats/<uuid:key>/substitute/", handing_over.substitute, name="name-substitute"),
    path("members/<slug:reference>/substitutes/<uuid:key>/end/", handing_over.end_substitute, name="end-substitute"),
]
