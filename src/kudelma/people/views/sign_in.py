"""How workers come in: password, second factor, a new password, and the seat they take."""

from typing import Any
from uuid import UUID

from allauth.account.views import LoginView
from allauth.core import ratelimit
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.tokens import default_token_generator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kudelma.core.http import Request, clear_site_data, get_or_post, render_form
from kudelma.people.actions import seats
from kudelma.people.actions.messages import send
from kudelma.people.doors import public, signed_in
from kudelma.people.forms import ActivateFactorForm, ForgottenForm, PasswordForm
from kudelma.people.models import Account, Seat
from kudelma.people.qr import qr_svg
from kudelma.people.sign_in import FACTOR_DONE, factor_secret, has_factor


class SignIn(LoginView):
    template_name = "people/sign_in.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class SecondFactor(AuthenticateView):
    template_name = "people/second_factor.html"

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        # The library lets a password alone in where no factor has been set up. No seat acts without this mark.
        self.request.session[FACTOR_DONE] = True
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


sign_in = public(SignIn.as_view())
second_factor = public(SecondFactor.as_view())


@public
@require_POST
def sign_out(request: Request) -> HttpResponse:
    logout(request)
    return clear_site_data(request, redirect("home"))


@signed_in
@get_or_post
def factor(request: Request) -> HttpResponse:
    """Set up the second factor; nobody works without one."""
    account: Any = request.user
    if has_factor(account):
        return redirect("people:seats")
    secret = factor_secret(account)
    form = ActivateFactorForm(request.POST or None)
    if form.is_valid():
        limit = ratelimit.consume(request, action="reauthenticate", user=account)
        if limit and validate_totp_code(secret, form.cleaned_data["code"]):
            TOTP.activate(account, secret)
            RecoveryCodes.activate(account)
            request.session[FACTOR_DONE] = True
            request.session["codes to show"] = True
            return redirect("people:recovery-codes")
        form.add_error("code", _("That is not the code the app shows now. Wait for the next one and try again."))
    address = f"otpauth://totp/Kudelma?secret={secret}&issuer=Kudelma"
    spaced = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    return render_form(request, "people/factor.html", {"qr": qr_svg(address), "secret": spaced}, form=form)


@signed_in
@get_or_post
def recovery_codes(request: Request) -> HttpResponse:
    """Ten codes for the day the phone is lost. Shown right after they were made."""
    if not request.session.get("codes to show"):
        raise Http404
    # Only a press takes the mark away: a page that is looked at changes nothing, and may be drawn again.
    if request.method == "POST":
        del request.session["codes to show"]
        return redirect("people:seats")
    account: Any = request.user
    codes = RecoveryCodes(account.authenticator_set.get(type="recovery_codes")).get_unused_codes()
    return render(request, "people/recovery_codes.html", {"codes": codes})


@public
@get_or_post
def forgotten(request: Request) -> HttpResponse:
    """Ask for a new password. The answer is the same whether or not there is such an account."""
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        address = form.cleaned_data["address"]
        if ratelimit.consume(request, action="reset_password", key=address.casefold()):
            account = Account.objects.of_address(address).filter(closed_at=None).first()
            seat = account and account.seats.current(timezone.localdate()).first()
            if seat:
                send("new-password", to=seat, by=seat, at=timezone.now())
        return render(request, "people/forgotten_sent.html")
    return render_form(request, "people/forgotten.html", {}, form=form)


@public
@get_or_post
def password(request: Request, uid: str, token: str) -> HttpResponse:
    """Choose a password by the link that came by mail. Opening the link changes nothing."""
    account = _account_of(uid)
    if account is None or not default_token_generator.check_token(account, token):
        return render(request, "people/password_too_late.html", status=410)
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        seat = account.seats.first()
        seats.set_password(account, form.cleaned_data["password1"], by=seat, at=timezone.now())
        messages.success(request, _("The password is chosen. Sign in with it."))
        return redirect("account_login")
    return render_form(request, "people/password.html", {}, form=form)


@signed_in
@get_or_post
def choose_seat(request: Request) -> HttpResponse:
    """Take a seat. Somebody who has one only never sees this page."""
    if not request.session.get(FACTOR_DONE):
        return redirect("people:factor")
    own_seats = list(Seat.objects.current(timezone.localdate()).filter(account=request.user.pk).for_list())
    chosen = _chosen(own_seats, request.POST.get("seat")) if request.method == "POST" else None
    if chosen:
        request.session["seat"] = str(chosen.pk)
        request.session["other seats"] = len(own_seats) > 1
        return redirect("desk:today")
    return render(request, "people/seats.html", {"seats": own_seats}, status=422 if request.method == "POST" else 200)


def _chosen(own_seats: list[Seat], asked: str | None) -> Seat | None:
    return next((seat for seat in own_seats if str(seat.pk) == asked), None)


def _account_of(uid: str) -> Account | None:
    try:
        return Account.objects.filter(pk=UUID(force_str(urlsafe_base64_decode(uid))), closed_at=None).first()
    except ValueError:
        return None
