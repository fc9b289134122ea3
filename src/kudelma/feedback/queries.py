"""Feedback is shown to nobody yet: numbers come when they can be shown without showing a family."""

from typing import Any

from django.db import models


class ResponseQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "ResponseQuerySet":
        return self.none()
