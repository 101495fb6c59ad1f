"""The words in which programmes are told apart: kinds, roles, steps of approval and how they end, levels of risk, ends of a review."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeKind(models.TextChoices):
    DEGREE = "degree", _("Degree programme")
    VOCATIONAL = "vocational", _("Vocational training")
    TEACHER = "teacher", _("Teacher training")
    CORPORATE = "corporate", _("Company training")
    LANGUAGE = "language", _("Language for work")
    MIXED = "mixed", _("Chinese and skills")


class MemberRole(models.TextChoices):
    LEAD = "lead", _("Leads")
    HOST = "host", _("Hosts")
    TEACHING = "teaching", _("Teaches")
    EMPLOYER = "employer", _("Employs graduates")
    SENDING = "sending", _("Sends learners")
    FUNDER = "funder", _("Pays for it")
    AWARDING = "awarding", _("Awards the certificate")


class ApprovalStep(models.TextChoices):
    PROPOSAL = "proposal", _("Proposal")
    FEASIBILITY = "feasibility", _("Feasibility")
    ACADEMIC = "academic", _("Academic board")
    COUNCIL = "council", _("Council")


class StepOutcome(models.TextChoices):
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")


class RiskLevel(models.TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class ReviewEnding(models.TextChoices):
    SCALE = "scale", _("Grow it")
    FIX = "fix", _("Mend it")
    STOP = "stop", _("Stop it")
