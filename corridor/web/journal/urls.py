from django.urls import path

from . import devices, files, inbox, phone

urlpatterns = [
    path("worker.js", phone.worker, name="worker"),
    path("registers/", phone.registers, name="registers"),
    path("registers/phone/", phone.shell, name="registers-phone"),
    path("registers/phone/data/", phone.data, name="registers-data"),
    path("registers/phone/photos/", phone.photos, name="registers-photos"),
    path("registers/phone/device/", phone.device, name="registers-device"),
    path("registers/phone/sync/", phone.sync, name="registers-sync"),
    path("registers/phone/manifest.json", phone.manifest, name="registers-manifest"),
    path("registers/conflicts/", inbox.conflicts, name="register-conflicts"),
    path("registers/conflicts/<uuid:key>/", inbox.conflict, name="register-conflict"),
    path("registers/conflicts/<uuid:key>/together/", inbox.together, name="register-conflicts-together"),
    path("registers/devices/", devices.devices, name="devices"),
    path("registers/devices/<uuid:key>/withdraw/", devices.withdraw, name="withdraw-device"),
    path("registers/files/", files.take, name="journal-files"),
    path("registers/files/journal.json", files.give, name="journal-export"),
]
