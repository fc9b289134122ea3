"""Three light questions; each may be left open."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import ChoiceField, Form
from kudelma.feedback.models import Said
from kudelma.methods.models import FeedbackQuestion

# Three answers and no words of one's own: among so few, words tell who wrote them.
ANSWERS = [(Said.YES.value, _("Yes")), (Said.PARTLY.value, _("Partly")), (Said.NO.value, _("No"))]


class FeedbackForm(Form):
    def __init__(self, *args: Any, questions: list[FeedbackQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[question.slug] = ChoiceField(label=question.text, choices=ANSWERS, required=False)

    def clean(self) -> dict[str, Any]:
        # Each may be left open, but a stray press on «send» is no answer, and there is no second time.
        if self.is_bound and not self.errors and not any(self.cleaned_data.values()):
            self.add_error(None, _("Answer at least one of these. If you would rather not, just close the page."))
        return self.cleaned_data

    def said(self) -> dict[FeedbackQuestion, str]:
        answers = {question: self.cleaned_data.get(question.slug) for question in self.questions}
        return {question: value for question, value in answers.items() if value}
