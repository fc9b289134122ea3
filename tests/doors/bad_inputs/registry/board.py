"""Ways to the forms of the board."""

from uuid import uuid4

from django.urls import reverse

import factories
from doors.bad_inputs.registry.ready import Ready, way_to
from kudelma.board import actions, forms


@way_to(forms.HereForm)
def here(cast: factories.Cast) -> Ready:
    cast.to("invited")
    typed = {"here": [str(cast.mother.pk), str(cast.child.pk)]}
    return Ready(factories.sit(cast.lead), reverse("board:begin", args=[cast.meeting.pk]), typed)


@way_to(forms.LineForm)
def line(cast: factories.Cast) -> Ready:
    cast.to("meeting")
    actions.give_turn(
        cast.board, cast.voices[cast.mother.pk], cast.questions[0], idempotency_key=uuid4(), by=cast.lead, at=cast.at()
    )
    page, to = (reverse(f"board:{name}", args=[cast.meeting.pk]) for name in ("show", "line"))
    return Ready(factories.sit(cast.writer), page, {"text": "Aamut sujuvat.\nPiirretään yhdessä."}, to=to)


@way_to(forms.ChangeLineForm)
def change_line(cast: factories.Cast) -> Ready:
    said = cast.to("meeting").say(cast.mother, "Aamut sujuvat.")
    page = reverse("board:change-line", args=[said.pk])
    return Ready(
        factories.sit(cast.writer), page, {"text": "Aamut sujuvat jo."}, other={"text": "Aamut ovat vaikeita."}
    )
