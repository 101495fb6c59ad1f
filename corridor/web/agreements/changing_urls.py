from django.urls import path

from . import asking, changing, kinds, versions

urlpatterns = [
    path("agreement-kinds/", kinds.kinds, name="agreement-kinds"),
    path("agreement-kinds/new/", kinds.make, name="agreement-kind-new"),
    path("agreement-kinds/<slug:code>/", kinds.change, name="agreement-kind"),
    path("agreements/<slug:reference>/revise/", changing.revise, name="agreement-revise"),
    path("agreements/<slug:reference>/counter/", changing.counter, name="agreement-counter"),
    path("agreements/<slug:reference>/counter/back/", changing.take_back_counter, name="agreement-counter-back"),
    path("agreements/<slug:reference>/amend/", changing.amend, name="agreement-amend"),
    path("agreements/<slug:reference>/renew/", asking.renew, name="agreement-renew"),
    path("agreements/<slug:reference>/ask/", asking.ask, name="agreement-ask"),
    path("agreements/<slug:reference>/answer/", asking.answer, name="agreement-answer"),
    path("agreements/<slug:reference>/ask/back/", asking.take_back, name="agreement-ask-back"),
    path("agreements/<slug:reference>/versions/", versions.versions, name="agreement-versions"),
    path("agreements/<slug:reference>/versions/<int:number>/", versions.version, name="agreement-version"),
    path("agreements/<slug:reference>/compare/", versions.compare, name="agreement-compare"),
    path("agreements/<slug:reference>/review/<str:language>/", versions.review, name="agreement-review"),
]
