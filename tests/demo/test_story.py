"""The whole story, loaded once by the actions that people use: everybody is at home and nothing goes out."""

from collections import Counter

from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kudelma.demo.loading import is_loaded, load
from kudelma.demo.people import FAMILY, WORK, demo_id
from kudelma.matters.models import Matter
from kudelma.pairing.models import LeadAssignment
from kudelma.people.models import Message, Role, Seat
from kudelma.regions.models import Region


def pressed(slug):
    """The first page behind a button, and everything that this page leads to: {path: status}."""
    client = Client()
    page = client.post("/demo/sign-in/", {"seat": slug}, secure=True, follow=True)
    groups = page.context.get("groups") or {}
    urls = {page.request["PATH_INFO"], *(one.url for group in groups.values() for one in group)}
    return {url: client.get(url, secure=True).status_code for url in urls}


def test_the_story_loads_and_everybody_is_at_home_in_it(demo, db):
    assert not is_loaded()

    n_matters = load()

    assert is_loaded()
    region, neighbour = Region.objects.filter(is_demo=True).order_by("code")
    assert (region.name_fi, neighbour.name_fi) == ("Esimerkkilä", "Naapurila")
    own = Matter.objects.filter(region=region)
    assert own.count() == n_matters == 40
    assert {matter.station for matter in own} == {1, 2, 3, 4, 5, 6}
    assert Counter(matter.region for matter in Matter.objects.all()) == {region: 40, neighbour: 1}
    seats = Seat.objects.staff().filter(region=region)
    assert (seats.filter(role=Role.WORKER).count(), seats.filter(role=Role.CONSULTANT).count()) == (60, 24)
    for pairing in LeadAssignment.objects.filter(region=region).select_related("seat__unit", "matter__order"):
        assert pairing.seat.unit != pairing.matter.order.unit
    everything_is_over(n_matters)
    one_meeting_is_chaired(region)
    what_is_prepared_is_there()
    buttons_open()


def one_meeting_is_chaired(region):
    (matter,) = Matter.objects.filter(region=region, method__leading="chair")
    asked = LeadAssignment.objects.filter(matter=matter).select_related("undertaking").order_by("part")
    assert [(one.part, one.is_accepted) for one in asked] == [("chair", True), ("secretary", False)]
    assert asked[1].seat_id == demo_id("seat:worker-invited")


def what_is_prepared_is_there():
    """The child lets everybody see the page, and it is where the child's own seat finds it."""
    child = Client()
    child.post("/demo/sign-in/", {"seat": "child"}, secure=True)
    page = BeautifulSoup(child.get("/own/child/", secure=True).text, "html.parser")
    assert page.find(attrs={"name": "beside"})["value"] == "Mummo"
    lead = Client()
    lead.post("/demo/sign-in/", {"seat": "consultant-lead"}, secure=True)
    circle = lead.get(f"/matters/{demo_id('matter:saarela')}/circle/", secure=True).text
    assert [name for name in ("pyörällä kouluun", "Elias", "Mikko", "Ritva", "Sari") if name not in circle] == []


def everything_is_over(n_matters):
    """It is all long ago: nothing waits to be sent, nothing was sent, and nothing has happened after now."""
    assert Message.objects.filter(sent_at=None).count() == DBTaskResult.objects.count() == 0
    assert Message.objects.count() > n_matters
    assert getattr(mail, "outbox", []) == []
    assert Matter.objects.filter(opened_at__gt=timezone.now()).count() == 0


def buttons_open():
    for button in [*WORK, *FAMILY]:
        pages = pressed(button.slug)
        assert set(pages.values()) == {200}, (button.slug, pages)
    assert len(pressed("coordinator")) > 5
    stranger = Seat.objects.get(pk=demo_id("seat:other-region-coordinator"))
    assert [matter.region for matter in Matter.objects.visible_to(stranger)] == [stranger.region]
