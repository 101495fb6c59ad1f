"""Who manages a site."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from corridor.foundations.access import Actor, Permission
from corridor.foundations.accounts.models import User
from corridor.foundations.audit import log
from corridor.kernel.errors import WrongMoment
from corridor.kernel.wording import N_

from ..models import Site, SitePost
from ..refusals import HoldsPostAlready


@transaction.atomic
def appoint_managers(*, posts: Sequence[tuple[Site, User, date]], by: Actor) -> list[SitePost]:
    """Each account manages its site from that day. :raises HoldsPostAlready: if it does by then, or will."""
    by.require(Permission.SITE_STAFF)
    sites = {site.pk for site, _, _ in posts}
    list(Site.objects.select_for_update().filter(pk__in=sites).order_by("pk").values_list("pk"))
    ends = SitePost.objects.filter(site__in=sites).values_list("site", "user", "held_before")
    standing: dict[tuple[object, object], list[date | None]] = {}
    for site_key, user_key, held_before in ends:
        standing.setdefault((site_key, user_key), []).append(held_before)
    for site, user, held_from in posts:
        others = standing.setdefault((site.pk, user.pk), [])
        if any(end is None or end > held_from for end in others):
            raise HoldsPostAlready(
                N_("%(user)s manages %(site)s already."), user=user.get_username(), site=site.reference
            )
        others.append(None)
    made = SitePost.objects.bulk_create(
        [SitePost(site=site, user=user, held_from=held_from) for site, user, held_from in posts]
    )
    log.record_each("sites.manager_appointed", by=by, subjects=made)
    return made


def appoint_manager(*, site: Site, user: User, held_from: date, by: Actor) -> SitePost:
    return appoint_managers(posts=[(site, user, held_from)], by=by)[0]


@transaction.atomic
def relieve_manager(*, site: Site, user: User, held_before: date, by: Actor) -> SitePost:
    """From ``held_before`` on the account manages the site no more. :raises WrongMoment: if it does not manage it by then."""
    by.require(Permission.SITE_STAFF)
    held = SitePost.objects.select_for_update().filter(site=site, user=user, held_from__lt=held_before)
    post = held.filter(Q(held_before__isnull=True) | Q(held_before__gt=held_before)).first()
    if post is None:
        raise WrongMoment(
            N_("%(user)s does not manage %(site)s by then."), user=user.get_username(), site=site.reference
        )
    post.held_before = held_before
    post.save(update_fields=["held_before"])
    log.record("sites.manager_relieved", by=by, subject=post)
    return post
