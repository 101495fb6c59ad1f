from django.urls import path

from . import accrediting, equipping, staffing, views

urlpatterns = [
    path("sites/", views.site_list, name="sites"),
    path("sites/<slug:reference>/", views.site_page, name="site"),
    path("sites/<slug:reference>/accreditations/", accrediting.accredit, name="accredit-site"),
    path("sites/<slug:reference>/accreditations/<uuid:key>/end/", accrediting.end, name="end-accreditation"),
    path("sites/<slug:reference>/accreditations/<uuid:key>/paper/", accrediting.paper, name="accreditation-paper"),
    path("sites/<slug:reference>/equipment/", equipping.equipment_list, name="equipment"),
    path("sites/<slug:reference>/equipment/new/", equipping.add, name="equipment-add"),
    path("sites/<slug:reference>/equipment/<uuid:key>/", equipping.item, name="equipment-item"),
    path("sites/<slug:reference>/equipment/<uuid:key>/correct/", equipping.correct, name="equipment-correct"),
    path("sites/<slug:reference>/equipment/<uuid:key>/move/", equipping.move, name="equipment-move"),
    path("sites/<slug:reference>/equipment/<uuid:key>/paper/", equipping.paper, name="equipment-paper"),
    path("sites/<slug:reference>/move/", views.move_site, name="move-site"),
    path("sites/<slug:reference>/managers/", staffing.appoint_manager, name="appoint-manager"),
    path("sites/<slug:reference>/managers/relieve/", staffing.relieve_manager, name="relieve-manager"),
    path("sites/<slug:reference>/listings/", staffing.list_site, name="list-site"),
    path("sites/<slug:reference>/listings/<slug:brand>/accept/", staffing.accept_listing, name="accept-listing"),
]
