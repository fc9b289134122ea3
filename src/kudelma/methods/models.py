"""A method, its phases, and its questions with a wording for each side and language."""

from uuid import uuid4

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kudelma.methods.queries import MethodQuerySet, QuestionQuerySet
from kudelma.regions.models import Named, Region


class Side(models.TextChoices):
    """From where somebody speaks. `OWN`: those whose everyday life it is."""

    OWN = "own", _("the family")
    CLOSE = "close", _("close people")
    PROFESSIONAL = "professional", _("professionals")


class Leading(models.TextChoices):
    """Who leads: two from outside, or a chair and a secretary, who may be along themselves."""

    PAIR = "pair"
    CHAIR = "chair"


class Worded(models.Model):
    """A sentence said aloud, in the four languages. Easy Finnish falls back to Finnish."""

    text_fi = models.TextField()
    text_selko = models.TextField(blank=True)
    text_sv = models.TextField()
    text_en = models.TextField()

    class Meta:
        abstract = True

    @property
    def text(self) -> str:
        return self.said_in(get_language() or "fi")

    def said_in(self, language: str) -> str:
        if language == "fi-x-selko":
            return self.text_selko or self.text_fi
        return getattr(self, f"text_{language[:2]}")


class Method(Named):
    """A way of meeting. A version never changes once a meeting has used it; a region may have its own."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="methods")
    leading = models.CharField(max_length=10, choices=Leading)
    horizon_months = models.PositiveSmallIntegerField(default=12)
    source_note = models.TextField(help_text="where the wording comes from, and how sure it is")

    objects = MethodQuerySet.as_manager()

    class Privacy:
        plain = {
            "id", "slug", "version", "region", "leading", "horizon_months", "source_note",
            "name_fi", "name_sv", "name_en",
        }  # fmt: skip

    class Meta:
        ordering = ["name_fi", "version", "id"]
        constraints = [
            # One of its own for the shared ones: for the other constraint no region is never the same as no region.
            models.UniqueConstraint(
                fields=["slug", "version"], condition=models.Q(region=None), name="one_shared_method_a_version"
            ),
            models.UniqueConstraint(fields=["region", "slug", "version"], name="one_method_a_version"),
        ]

    def __str__(self) -> str:
        return f"method {self.slug} {self.version}"


class Phase(Named):
    """A part of the way: what kind of talk it is."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    method = models.ForeignKey(Method, models.CASCADE, related_name="phases")
    slug = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()

    class Privacy:
        plain = {"id", "method", "slug", "position", "name_fi", "name_sv", "name_en"}

    class Meta:
        ordering = ["method", "position"]
        constraints = [models.UniqueConstraint(fields=["method", "position"], name="one_phase_a_position")]

    def __str__(self) -> str:
        return f"phase {self.slug}"


class Question(models.Model):
    """A column of the board: a slot with its wording per side. A side without one has a closed cell."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    phase = models.ForeignKey(Phase, models.CASCADE, related_name="questions")
    slug = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()

    objects = QuestionQuerySet.as_manager()

    class Privacy:
        plain = {"id", "phase", "slug", "position"}

    class Meta:
        ordering = ["phase", "position"]
        constraints = [models.UniqueConstraint(fields=["phase", "position"], name="one_question_a_position")]

    def __str__(self) -> str:
        return f"question {self.slug}"

    def wording_for(self, side: str) -> "Wording | None":
        """How it is asked from that side; None when it is not asked. Reads the prefetched wordings."""
        return next((wording for wording in self.wordings.all() if wording.side == side), None)


class Wording(Worded):
    """How one question is asked from one side. `{moment}` is the month from which one looks back."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="wordings")
    side = models.CharField(max_length=12, choices=Side)

    class Privacy:
        plain = {"id", "question", "side", "text_fi", "text_selko", "text_sv", "text_en"}

    class Meta:
        ordering = ["question", "side"]
        constraints = [models.UniqueConstraint(fields=["question", "side"], name="one_wording_a_side")]

    def __str__(self) -> str:
        return f"wording {self.pk}"


class FeedbackQuestion(Worded):
    """One light question of the method's feedback form, answered yes, partly or no, or not at all."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    method = models.ForeignKey(Method, models.CASCADE, related_name="feedback_questions")
    slug = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()

    class Privacy:
        plain = {"id", "method", "slug", "position", "text_fi", "text_selko", "text_sv", "text_en"}

    class Meta:
        ordering = ["method", "position"]
        constraints = [models.UniqueConstraint(fields=["method", "position"], name="one_feedback_a_position")]

    def __str__(self) -> str:
        return f"feedback question {self.slug}"
