from django.urls import path

from . import answering, erasing, own, retention, transfers

urlpatterns = [
    path("my-data/", own.my_data, name="my-data"),
    path("my-data/account/", own.account_file, name="my-account-file"),
    path("my-data/copy/", own.make_copy, name="my-data-copy"),
    path("my-data/copy/<uuid:key>/", own.download, name="my-data-download"),
    path("my-data/correct/", own.correct, name="my-data-correct"),
    path("my-data/erase/", own.erase, name="my-data-erase"),
    path("my-data/requests/<slug:reference>/", own.request_page, name="own-request"),
    path("requests/", answering.request_list, name="requests"),
    path("requests/<slug:reference>/", answering.request_page, name="request"),
    path("requests/<slug:reference>/file/", answering.evidence, name="request-file"),
    path("people/<slug:reference>/erase/", erasing.erase, name="person-erase"),
    path("people/<slug:reference>/holds/", erasing.holds, name="person-holds"),
    path("retention/", retention.rules, name="retention"),
    path("transfers/", transfers.ledger, name="transfers"),
    path("transfers/new/", transfers.record, name="transfer-new"),
    path("transfers/thresholds/", transfers.threshold, name="transfer-threshold"),
]
