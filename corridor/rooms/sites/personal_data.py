"""What the sites' room holds about the human being behind accounts: which sites they manage, or did."""

from collections.abc import Collection
from uuid import UUID

from corridor.foundations.access import Permission
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from .models import SitePost


def personal_data(accounts: Collection[UUID]) -> list[PersonalPart]:
    """One statement."""
    posts = SitePost.objects.filter(user__in=accounts).select_related("site").order_by("held_from", "pk")
    return [
        PersonalPart(
            "posts", N_("Sites that you manage"), ("sites.SitePost",), Permission.SITE_STAFF,
            N_("To know who answers for a site, from when and until when."),
            N_("For good: who answered for a site is part of its record. After an erasure the account has no name any more."),
            OnErasure.STAYS, N_("A site must know that somebody answered for it; the account behind it has no name any more."),
            {"site": N_("Site"), "from": N_("From"), "before": N_("Before")},
            [
                {
                    "site": each.site.reference, "from": each.held_from.isoformat(),
                    "before": each.held_before.isoformat() if each.held_before else None,
                }
                for each in posts
            ],
        )
    ]  # fmt: skip
