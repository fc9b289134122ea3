"""What comes in about a matter, by noun. Shape and cleaning only."""

from kudelma.matters.forms.agreements import ConsentForm, JudgementForm
from kudelma.matters.forms.orders import (
    AcceptanceForm,
    ConsultationAnswerForm,
    ConsultationForm,
    OfferForm,
    OrderForm,
)
from kudelma.matters.forms.own import ChangeSafetyForm, ChildForm, Drawing, NeedsForm, SafetyFields, SafetyForm
from kudelma.matters.forms.people import (
    NEW_SIDES,
    ContactForm,
    NewPersonForm,
    NewProfessionalForm,
    PermissionForm,
    PersonForm,
    TopicForm,
)
from kudelma.matters.forms.preparation import (
    GroundRulesForm,
    IntroductionForm,
    InvitingForm,
    NotInvitedForm,
    PreparerForm,
    SpeakingForm,
    WhyForm,
)

__all__ = [
    "NEW_SIDES",
    "AcceptanceForm",
    "ChangeSafetyForm",
    "ChildForm",
    "ConsentForm",
    "ConsultationAnswerForm",
    "ConsultationForm",
    "ContactForm",
    "Drawing",
    "GroundRulesForm",
    "IntroductionForm",
    "InvitingForm",
    "JudgementForm",
    "NeedsForm",
    "NewPersonForm",
    "NewProfessionalForm",
    "NotInvitedForm",
    "OfferForm",
    "OrderForm",
    "PermissionForm",
    "PersonForm",
    "PreparerForm",
    "SafetyFields",
    "SafetyForm",
    "SpeakingForm",
    "TopicForm",
    "WhyForm",
]
