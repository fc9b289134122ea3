"""Sentences that more than one room says."""

from django.utils.translation import gettext_lazy as _

SOMEBODY_WAS_FIRST = _("Somebody else has already done this. Nothing was changed by you.")
DONE_BY_YOU = _("You have already done this, in another way. What you chose first stands.")
CHANGED_MEANWHILE = _(
    "Somebody else saved this while you were writing. Both are shown: keep what you want and save again."
)
MADE_ALREADY = _(
    "Something else was already saved from this page. What you wrote now is still here. "
    "Save again if you want this one too."
)
GOES_ON_ANOTHER_DAY = _("The meeting goes on another day. Until then nothing is written.")
IS_CLOSED = _("The matter is closed. It can be read, not changed.")
SAVED = _("Saved.")
