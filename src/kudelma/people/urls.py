"""Ways in and out. The three names without a room are those that allauth asks for."""

from django.urls import path

from kudelma.people.views import seats, sign_in, ways_in

allauth_names = [
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/code/", sign_in.second_factor, name="mfa_authenticate"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
]

app_name = "people"
urlpatterns = [
    path("sign-in/factor/", sign_in.factor, name="factor"),
    path("sign-in/recovery-codes/", sign_in.recovery_codes, name="recovery-codes"),
    path("sign-in/forgotten/", sign_in.forgotten, name="forgotten"),
    path("sign-in/password/<str:uid>/<str:token>/", sign_in.password, name="password"),
    path("seats/", sign_in.choose_seat, name="seats"),
    path("region/seats/", seats.seat_list, name="seat-list"),
    path("region/seats/new/", seats.new_seat, name="new-seat"),
    path("region/seats/<uuid:pk>/", seats.seat_page, name="seat"),
    path("region/seats/<uuid:pk>/ending/", seats.end, name="end-seat"),
    path("region/seats/<uuid:pk>/invitation/", seats.invite_again, name="invite-again"),
    path("i/<str:token>/", ways_in.link_page, name="link"),
    path("i/", ways_in.come_in, name="come-in"),
    path("own/code/", ways_in.code, name="code"),
    path("own/code/sending/", ways_in.send_code, name="send-code"),
    path("room/", ways_in.room, name="room"),
    path("letter/", ways_in.letter, name="letter"),
    path("closed/", ways_in.closed, name="closed"),
]
