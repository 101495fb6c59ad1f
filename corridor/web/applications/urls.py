from django.urls import path

from . import editing, judging, views

urlpatterns = [
    path("applications/", views.queue, name="applications"),
    path("applications/forms/", editing.form_list, name="application-forms"),
    path("applications/forms/documents/", editing.new_document, name="application-form-document"),
    path("applications/forms/<slug:kind>/", editing.editor, name="application-form"),
    path(
        "applications/forms/<slug:kind>/versions/<int:number>/", editing.version_page, name="application-form-version"
    ),
    path("applications/forms/<slug:kind>/draft/", editing.begin_draft, name="application-form-draft"),
    path("applications/forms/<slug:kind>/publish/", editing.publish, name="application-form-publish"),
    path("applications/forms/<slug:kind>/add/<slug:sort>/", editing.add_part, name="application-form-add"),
    path("applications/forms/<slug:kind>/parts/<uuid:key>/", editing.edit_part, name="application-form-part"),
    path("applications/forms/<slug:kind>/parts/<uuid:key>/move/", editing.move_part, name="application-form-move"),
    path(
        "applications/forms/<slug:kind>/parts/<uuid:key>/leave-out/",
        editing.leave_out,
        name="application-form-leave-out",
    ),
    path("applications/letters/", editing.letter_list, name="application-letters"),
    path("applications/letters/<slug:kind>/<slug:language>/", editing.edit_letter, name="application-letter-wording"),
    path("applications/<slug:reference>/", views.application_page, name="application"),
    path("applications/<slug:reference>/files/<slug:document>/", views.application_file, name="application-file"),
    path("applications/<slug:reference>/letters/<uuid:key>/", views.letter, name="application-letter"),
    path(
        "applications/<slug:reference>/letters/<uuid:key>/again/", views.letter_again, name="application-letter-again"
    ),
    path(
        "applications/<slug:reference>/letters/<uuid:key>/settled/",
        views.letter_settled,
        name="application-letter-settled",
    ),
    path("applications/<slug:reference>/begin-review/", judging.begin_review, name="application-begin-review"),
    path("applications/<slug:reference>/reviewers/", judging.reviewers, name="application-reviewers"),
    path("applications/<slug:reference>/close-review/", judging.close_review, name="application-close-review"),
    path("applications/<slug:reference>/sheet/", judging.sheet, name="application-sheet"),
    path("applications/<slug:reference>/step-aside/", judging.step_aside, name="application-step-aside"),
    path("applications/<slug:reference>/ask/", judging.ask, name="application-ask"),
    path("applications/<slug:reference>/conditions/", judging.add_condition, name="application-conditions"),
    path("applications/<slug:reference>/conditions/<uuid:key>/", judging.judge_condition, name="application-condition"),
    path("applications/<slug:reference>/decide/", judging.decide, name="application-decide"),
    path("applications/<slug:reference>/activate/", judging.activate, name="application-activate"),
    path("applications/<slug:reference>/coordinator/", judging.coordinator, name="application-coordinator"),
]
