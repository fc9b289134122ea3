"""A skeleton changes with all that axe can see, and with nothing that makes two people's pages differ."""

import re

import pytest
from bs4 import BeautifulSoup

from journeys import skeleton

PAGE = """<!doctype html>
<html lang="fi" data-fonts="own">
<head>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Aino · Kudelma</title>
  <link rel="stylesheet" href="/static/kudelma.0123456789ab.css">
  <script type="module" src="/static/core/js/keep-page.0123456789ab.js"></script>
</head>
<body class="page" data-layout="own">
  <a class="skip" href="#main">Sisältöön</a>
  <nav aria-label="Sivut"><ul class="links"><li><a href="/own/" aria-current="page">Oma</a></li></ul></nav>
  <main id="main" tabindex="-1">
    <h1>Hei Aino</h1>
    <section aria-labelledby="next">
      <h2 id="next">Seuraavaksi</h2>
      <p>Vastaa <a href="/own/time/">aikaan</a> nyt.</p>
    </section>
    <section aria-label="Ihmiset">
      <h2>Ihmiset</h2>
      <ul class="people">
        <li class="card" data-thread="warm-1"><img src="/p/1/" alt="Aino"> äiti</li>
        <li class="card" data-thread="warm-1"><img src="/p/2/" alt="Elias"> isä</li>
      </ul>
      <h3>Yhteys</h3>
      <p>Kello <time datetime="2026-11-26">tänään</time>.</p>
      <p class="notice" role="status" style="color: #333">Tallennettu.</p>
    </section>
    <form method="post" action="/own/1/">
      <input type="hidden" name="csrfmiddlewaretoken" value="Zk3Xq0Aa"><input type="hidden" name="key" value="41">
      <label for="id_name">Nimi</label><input id="id_name" name="name" value="" required aria-describedby="id_help">
      <p id="id_help" hidden>Etunimi riittää.</p>
      <label for="id_day">Päivä</label>
      <input type="date" id="id_day" name="day-1" min="2026-11-26" aria-invalid="true">
      <input type="checkbox" name="seen" aria-label="Nähty"><input type="radio" name="how" title="Näin" checked>
      <select name="who" aria-label="Kuka">
        <option value="1" selected>Aino</option>
        <option value="2">Elias</option>
      </select>
      <textarea name="words" aria-label="Sanat">Aamut</textarea>
      <button name="go" value="1" disabled>Lähetä</button>
    </form>
    <details><summary>Lisää</summary><svg viewBox="0 0 24 24"><path d="M1 2" fill="none"/></svg></details>
    <table><tr><th scope="col">Kuka</th></tr><tr><td>Aino</td></tr></table>
    <live-part id="now" data-stream="/live/3/" data-number="7" data-over="Tämä on päättynyt.">Nyt</live-part>
  </main>
</body>
</html>"""
ROW = '<li class="card" data-thread="warm-1"><img src="/p/3/" alt="Iida"> lapsi</li>'


def skeleton_of(html: str) -> frozenset[str]:
    return skeleton.of(BeautifulSoup(html, "html.parser"))


JUDGED = ":not([type=hidden])"


def changed(old: str, new: str) -> str:
    assert old in PAGE
    return PAGE.replace(old, new, 1)


SEEN_BY_AXE = [
    # tags and structure
    ("<h1>Hei Aino</h1>", "<p>Hei Aino</p>"),
    ("<h3>Yhteys</h3>", "<h4>Yhteys</h4>"),
    ("<h1>Hei Aino</h1>", ""),
    ("<p>Vastaa", "<p><b></b>Vastaa"),
    ("<th scope=\"col\">Kuka</th>", "<td>Kuka</td>"),
    ("<!doctype html>", ""),
    # roles, classes, attributes, style
    ('role="status"', 'role="alert"'),
    (' role="status"', ""),
    ('class="notice"', 'class="notice small"'),
    ('class="people"', 'class="columns"'),
    ('data-thread="warm-1"', 'data-thread="cool-2"'),
    ('data-layout="own"', 'data-layout="work"'),
    ('data-fonts="own"', 'data-fonts="system"'),
    ("color: #333", "color: #eee"),
    ('fill="none"', 'fill="red"'),
    ('viewBox="0 0 24 24"', 'viewBox="0 0 900 24"'),
    ('scope="col"', 'scope="cow"'),
    ("initial-scale=1", "initial-scale=1, user-scalable=no"),
    ('tabindex="-1"', 'tabindex="3"'),
    ('type="date"', 'type="text"'),
    ('type="hidden" name="key"', 'type="text" name="key"'),
    ("required", 'required autocomplete="nonsense"'),
    ('method="post"', 'method="get"'),
    # state
    (" required", ""),
    (" disabled", ""),
    (" checked", ""),
    (" hidden", ""),
    ("<details>", "<details open>"),
    ('aria-current="page"', 'aria-current="step"'),
    (' aria-current="page"', ""),
    ('aria-invalid="true"', 'aria-invalid="false"'),
    ('<option value="1" selected>', '<option value="1">'),
    ('name="seen"', 'name="seen" indeterminate'),
    # whether a text, label or name is there
    ("<title>Aino · Kudelma</title>", "<title></title>"),
    (">Oma</a>", "></a>"),
    (">Lähetä</button>", "></button>"),
    (">Lähetä</button>", ">→</button>"),
    (">Lähetä</button>", ">1</button>"),
    ("<h2>Ihmiset</h2>", "<h2></h2>"),
    ("<summary>Lisää</summary>", "<summary></summary>"),
    (">Nimi</label>", "></label>"),
    ('alt="Aino"', 'alt=""'),
    (' alt="Aino"', ""),
    (' alt="Aino"> äiti', ' alt="äiti"> äiti'),
    ('aria-label="Kuka"', 'aria-label=" "'),
    (' aria-label="Kuka"', ""),
    (' title="Näin"', ""),
    (">Kuka</th>", "></th>"),
    ("Vastaa <a", "<a"),
    # what is pointed at
    ('<label for="id_name">', '<label for="id_nothing">'),
    ('<label for="id_day">', '<label for="id_name">'),
    ('aria-describedby="id_help"', 'aria-describedby="id_nothing"'),
    ('aria-labelledby="next"', 'aria-labelledby="nothing"'),
    ('id="next">Seuraavaksi', 'id="next">'),
    ('href="#main"', 'href="#nothing"'),
    ('href="#main"', 'href="/main/"'),
    (' href="/own/time/"', ""),
    ('id="id_day"', 'id="id_name"'),
    ('id="id_help"', 'id="main"'),
    # names that must not be the same, or must hold what stands written
    ('aria-label="Ihmiset"', 'aria-label="Seuraavaksi"'),
    ('<a href="/own/time/">aikaan', '<a href="/own/time/" aria-label="Muualle">aikaan'),
    # languages
    ('lang="fi"', 'lang="xx"'),
    ('lang="fi"', 'lang=""'),
    (' lang="fi"', ""),
    # one row or several, rows of one kind or of two
    ('<li class="card" data-thread="warm-1"><img src="/p/2/"', '<li class="card"><img src="/p/2/"'),
    # what styles it and what works in it
    ("kudelma.0123456789ab.css", "kudelma.ba9876543210.css"),
    ("keep-page.0123456789ab.js", "keep-page.ba9876543210.js"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), SEEN_BY_AXE)
def test_a_skeleton_changes_with_what_axe_sees(old, new):
    assert skeleton_of(changed(old, new)) != skeleton_of(PAGE)


def test_a_skeleton_changes_when_any_attribute_but_an_unused_id_is_gone():
    soup = BeautifulSoup(PAGE, "html.parser")
    whole = skeleton.of(soup)
    kept = []
    for tag in soup.select(JUDGED):
        for name, value in dict(tag.attrs).items():
            del tag.attrs[name]
            if skeleton.of(soup) == whole:
                kept.append((tag.name, name))
            tag.attrs[name] = value

    assert kept == [("live-part", "id")]


def test_a_skeleton_changes_when_any_element_is_of_another_class_or_role_or_gets_an_attribute():
    soup = BeautifulSoup(PAGE, "html.parser")
    whole = skeleton.of(soup)
    same = []
    for tag in soup.select(JUDGED):
        for name in ("class", "role", "hidden", "style", "data-kind", "aria-hidden", "disabled", "autofocus"):
            before = tag.attrs.get(name)
            tag.attrs[name] = "another"
            if skeleton.of(soup) == whole:
                same.append((tag.name, name))
            if before is None:
                del tag.attrs[name]
            else:
                tag.attrs[name] = before

    assert same == []


NOT_SEEN_BY_AXE = [
    ("Hei Aino", "Hei Elias"),
    ("<title>Aino", "<title>Elias"),
    (">Nimi<", ">Namn<"),
    ('alt="Aino"', 'alt="Joku muu"'),
    ('aria-label="Sivut"', 'aria-label="Sidor"'),
    ('title="Näin"', 'title="Så"'),
    ('href="/own/"', 'href="/matters/7/"'),
    ('src="/p/1/"', 'src="/p/3/"'),
    ('action="/own/1/"', 'action="/own/2/"'),
    ('value="Zk3Xq0Aa"', 'value="Qm9Yy1Bb"'),
    ('name="key" value="41"', 'name="key" value="42"'),
    ('name="day-1"', 'name="day-2"'),
    ('min="2026-11-26"', 'min="2026-12-01"'),
    ('datetime="2026-11-26"', 'datetime="2026-12-01T12:00"'),
    ('data-number="7"', 'data-number="8"'),
    ('data-stream="/live/3/"', 'data-stream="/live/4/"'),
    ('data-over="Tämä on päättynyt."', 'data-over="Detta är över."'),
    ('d="M1 2"', 'd="M3 4"'),
    ('lang="fi"', 'lang="sv"'),
    (">Aamut<", ">Illat<"),
    ('isä</li>', f"isä</li>{ROW}"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), NOT_SEEN_BY_AXE)
def test_a_skeleton_is_the_same_with_another_persons_text_id_and_address(old, new):
    assert skeleton_of(changed(old, new)) == skeleton_of(PAGE)


@pytest.mark.parametrize("pk", ["main", "next", "id_name", "id_help", "id_day", "now"])
def test_a_skeleton_is_the_same_with_another_id_where_all_that_points_there_follows(pk):
    assert skeleton_of(re.sub(rf'(["#]){pk}"', r'\1another"', PAGE)) == skeleton_of(PAGE)


@pytest.mark.parametrize("rows", ["ab", "ba"])
def test_the_order_of_rows_does_not_count(rows):
    kinds = {"a": "<li>Aino</li>", "b": "<li class=card>Elias</li>"}

    assert skeleton_of(f"<ul>{''.join(map(kinds.get, rows))}</ul>") == skeleton_of(
        f"<ul>{''.join(kinds.values())}</ul>"
    )


def test_one_row_and_several_are_two_skeletons():
    row = "<li>Aino</li>"

    assert skeleton_of(f"<ul>{row}</ul>") != skeleton_of(f"<ul>{row}{row}</ul>") == skeleton_of(f"<ul>{row * 3}</ul>")
