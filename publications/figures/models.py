"""The pictures of charts that are kept."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class ChartPicture(models.Model):
    """A chart of published figures that was drawn, in a language. The worker writes it; the web server reads it alone.

    `answer` stands for all that the picture is a function of. `place` orders the pictures of an answer. `width` and `height` are of
    the PNG, in pixels. `unused_since`: when the worker found that nothing leads to it any more; None where something does.
    """

    pk = models.CompositePrimaryKey("answer", "name")
    answer = models.CharField(max_length=32)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16)
    place = models.PositiveSmallIntegerField()
    title = models.TextField()
    alt = models.TextField()
    svg = models.TextField()
    portrait = models.TextField()
    png = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    drawn_at = models.DateTimeField(db_default=Now(), editable=False)
    unused_since = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("answer", "place")

    def __str__(self) -> str:
        return self.name
