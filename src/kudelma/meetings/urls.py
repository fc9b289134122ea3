from django.urls import path

from kudelma.meetings.views import answers, invitations, papers, postponing, times

app_name = "meetings"
urlpatterns = [
    path("matters/<uuid:pk>/times/", times.propose, name="propose"),
    path("meetings/<uuid:pk>/times/", times.same_hours, name="same-hours"),
    path("meetings/<uuid:pk>/asking/", times.ask, name="ask"),
    path("meetings/<uuid:pk>/reminders/", times.remind, name="remind"),
    path("meetings/<uuid:pk>/answers/", times.answers, name="answers"),
    path("meetings/<uuid:pk>/answers/<uuid:member>/", answers.answer_by_phone, name="answer-by-phone"),
    path("meetings/<uuid:pk>/answers/<uuid:member>/call/", answers.call, name="call"),
    path("meetings/<uuid:pk>/answers/<uuid:member>/need/", times.need, name="need"),
    path("meetings/<uuid:pk>/answer/", answers.answer, name="answer"),
    path("times/<uuid:pk>/choice/", times.choose, name="choose"),
    path("times/<uuid:pk>/withdrawal/", times.withdraw, name="withdraw"),
    path("meetings/<uuid:pk>/invitations/", invitations.invite, name="invite"),
    path("meetings/<uuid:pk>/invitations/place/", invitations.tell_place, name="tell-place"),
    path("meetings/<uuid:pk>/invitations/<uuid:who>/", invitations.invite_one, name="invite-one"),
    path("invitations/<uuid:pk>/message/", invitations.send_again, name="send-again"),
    path("invitations/<uuid:pk>/telling/", invitations.tell, name="tell"),
    path("invitations/<uuid:pk>/letter/", papers.letter, name="letter"),
    path("meetings/<uuid:pk>/paper/<uuid:member>/", papers.agreed, name="agreed"),
    path("meetings/<uuid:pk>/postponement/", postponing.postpone, name="postpone"),
    path("meetings/<uuid:pk>/cancellation/", postponing.call_off, name="call-off"),
    path("matters/<uuid:pk>/stopping/", postponing.stop, name="stop"),
    path("wishes/<uuid:pk>/call/", postponing.call, name="call-about-stopping"),
    path("own/calendar/", papers.own_calendar, name="own-calendar"),
    path("own/calendar/file/", papers.own_entry, name="own-entry"),
    path("own/stopping/", postponing.own_stop, name="own-stop"),
    path("own/time/", answers.own_answer, name="own-answer"),
]
