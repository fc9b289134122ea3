"""Each rule refuses a page with exactly its fault, and lets the same page through without it."""

import pytest

from strict.page import Page
from strict.rules import OF_PAGES, OF_PARTS, faults

TOKEN = '<input type="hidden" name="csrfmiddlewaretoken" value="x">'
# It names the hash of the one inline element of the sound page: `let it = 1`.
POLICY = "default-src 'none'; script-src 'self' 'sha256-E0UBciBYzfTqe2lGffccf8VXL6j0MOFvfKpJE4Vv9Ps='; style-src 'self'"
SOUND = """<!doctype html>
<html lang="fi">
<head>
  <meta charset="utf-8"><title>Pöytä · Kudelma</title>
  <link rel="stylesheet" href="/static/kudelma.css">
  <script>let it = 1</script><script type="module" src="/static/core/js/keep-page.js"></script>
</head>
<body>
  <a href="#main">Sisältöön</a>
  <main id="main">
    <h1>Pöytä</h1>
    <h2>Kysymys</h2>
    <h3>Tarkemmin</h3>
    <form method="post" action="/language/">
      <input type="hidden" name="csrfmiddlewaretoken" value="x">
      <label for="name">Nimi</label> <input id="name" name="name" aria-describedby="help">
      <small id="help">Etunimi</small>
      <label>Aihe <textarea name="topic">
Aamut &amp; illat</textarea></label>
      <select name="way" aria-label="Tapa"><option>a</option></select>
      <button name="language">Tallenna <svg viewBox="0 0 1 1" aria-hidden="true"><path d="M0 0"/></svg></button>
      <button name="next" formaction="/letter/">Kirje</button>
    </form>
    <form action="/room/"><button aria-label="Hae"></button></form>
    <table><thead><tr><th scope="col">Kuka</th></tr></thead><tbody><tr><td>Aino<br>Elias</td></tr></tbody></table>
    <img src="/static/x.png" alt=""> <svg role="img" aria-label="Kuva" viewBox="0 0 1 1"><path d="M0 0"/></svg>
    <p lang="sv"><a href="/letter/?page=2">Kirje</a> <a href="?page=2"><img src="/static/x.png" alt="Seuraava"></a></p>
  </main>
</body>
</html>
"""
FAULTS = [
    ("is well formed", '<input id="name"', '<input id="name" id="other"'),
    ("is well formed", "Aamut &amp;", "Aamut &nothing;"),
    ("is well formed", "<h3>Tarkemmin</h3>", "<h3>Tarkemmin</h3><p><b>a</p></b>"),
    ("is well formed", "<h3>Tarkemmin</h3>", "<h3>Tarkemmin</h3><p>a<section></section></p>"),
    ("is well formed", "<h3>Tarkemmin</h3>", "<h3>Tarkemmin</h3></div>"),
    ("is well formed", "  </main>", "  <div></main>"),
    ("is well formed", "<tbody>", ""),
    ("is well formed", "<tr><td>", "Sana<tr><td>"),
    ("is well formed", "<td>Aino", "<td><i/>Aino"),
    ("is html5", "<!doctype html>\n", ""),
    ("conforms", '<p lang="sv">', '<p lang="sv" role="sentence">'),
    ("conforms", "<td>Aino", '<td align="left">Aino'),
    ("has a title", "<title>Pöytä · Kudelma</title>", "<title> </title>"),
    ("has a title", "<title>Pöytä · Kudelma</title>", "<title>a</title><title>b</title>"),
    ("speaks a language of the house", '<html lang="fi">', '<html lang="de">'),
    ("speaks a language of the house", '<p lang="sv">', '<p lang="">'),
    ("has one first heading", "<h1>Pöytä</h1>", "<h1>Pöytä</h1><h1>Toinen</h1>"),
    ("has one first heading", "<h1>Pöytä</h1>", ""),
    ("has no gap between headings", "<h3>Tarkemmin</h3>", "<h4>Tarkemmin</h4>"),
    ("has ids of their own", '<small id="help">', '<small id="help"><i id="help"></i>'),
    ("has ids of their own", '<table>', '<table id="a b">'),
    ("points to what is there", ' aria-describedby="help"', ' aria-describedby="help name_error"'),
    ("points to what is there", 'href="#main"', 'href="#top"'),
    ("points to what is there", "<label>Aihe", '<label for="topic">Aihe'),
    ("points to what is there", '<input id="name"', '<input list="names" id="name"'),
    ("points to what is there", '<select name', '<select form="order" name'),
    ("has labels", ' aria-label="Tapa"', ""),
    ("has labels", ' aria-label="Tapa"', ' aria-label=" "'),
    ("has labels", '<label for="name">Nimi</label>', ""),
    ("has labels", "<label>Aihe ", "<label><span hidden>Aihe</span> "),
    ("has labels", '<label for="name">', '<label for="help">Apu</label> <label for="name">'),
    ("has words to press", ' aria-label="Hae"', ""),
    ("has words to press", "Tallenna <svg", "<svg"),
    ("has words to press", 'alt="Seuraava"', 'alt=""'),
    ("has words to press", "<h3>Tarkemmin</h3>", "<h3><span aria-hidden=\"true\">!</span></h3>"),
    ("has words for pictures", ' alt=""', ""),
    ("has words for pictures", ' aria-hidden="true"', ""),
    ("has words for pictures", ' aria-label="Kuva"', ""),
    ("has forms that arrive", 'action="/language/"', 'action="/nowhere/"'),
    ("has forms that arrive", 'action="/language/"', 'action="https://evil.example.org/language/"'),
    ("has forms that arrive", 'action="/language/"', 'action="/closed/"'),
    ("has forms that arrive", ' method="post" action="/language/"', ' method="post"'),
    ("has forms that arrive", 'action="/room/"', 'action="/language/"'),
    ("has forms that arrive", 'formaction="/letter/"', 'formaction="/closed/"'),
    ("has links that arrive", 'href="/letter/?page=2"', 'href="/nowhere/"'),
    ("has links that arrive", 'href="/letter/?page=2"', 'href="//evil.example.org/letter/"'),
    ("has links that arrive", ' href="/letter/?page=2"', ""),
    ("has tokens where they belong", ' name="csrfmiddlewaretoken" value="x"', ' name="csrfmiddlewaretoken" value=""'),
    ("has tokens where they belong", '<form action="/room/">', '<form action="/room/">' + TOKEN),
    ("keeps to its policy", "let it = 1", "let it = 2"),
    ("keeps to its policy", 'src="/static/core', 'src="https://evil.example.org/static/core'),
    ("keeps to its policy", 'href="/static/kudelma.css"', 'href="//evil.example.org/kudelma.css"'),
    ("keeps to its policy", "</head>", "<style>p { color: red }</style></head>"),
    ("has nothing inline", "<h3>", '<h3 style="color: red">'),
    ("has nothing inline", "<h3>", '<h3 onclick="go()">'),
    ("has nothing inline", "<h3>Tarkemmin</h3>", '<h3>Tarkemmin</h3><a href="javascript:go()">Mene</a>'),
    ("has nothing inline", "<h3>Tarkemmin</h3>", '<h3>Tarkemmin</h3><iframe title="a"></iframe>'),
]  # fmt: skip


def rules_broken_by(text, **options):
    page = Page(text, address="/closed/", policy=POLICY, **options)
    return {fault.partition(":")[0] for fault in faults(page)}


def test_a_sound_page_breaks_no_rule():
    assert faults(Page(SOUND, address="/closed/", policy=POLICY)) == []


@pytest.mark.parametrize(("rule", "sound", "faulty"), FAULTS)
def test_a_page_with_one_fault_breaks_exactly_that_rule(rule, sound, faulty):
    assert SOUND.count(sound) > 0

    assert rules_broken_by(SOUND.replace(sound, faulty, 1)) == {rule}


def test_what_was_sent_just_now_may_be_sent_again():
    text = SOUND.replace('action="/language/"', 'action="/closed/"')

    assert faults(Page(text, address="/closed/", method="POST", policy=POLICY)) == []


def test_every_rule_is_shown_to_refuse():
    assert {rule for rule, _, _ in FAULTS} == {rule.__name__.replace("_", " ") for rule in OF_PAGES}


CARRYING_AND_BARE = ('<script nonce="abc">', "<script>")


def test_a_nonce_lets_through_only_what_carries_it():
    policy = "script-src 'nonce-abc'"
    page = SOUND.replace('<script type="module" src="/static/core/js/keep-page.js"></script>', "")

    carrying, bare = (faults(Page(page.replace("<script>", tag), policy=policy)) for tag in CARRYING_AND_BARE)

    assert [fault for fault in carrying if "script" in fault] == []
    assert [fault for fault in bare if "script" in fault] == [
        "keeps to its policy: is not let through by the policy: <script>let it = 1</script>"
    ]


PART = f'<section><h2>Kuva</h2><form method="post" action="/language/">{TOKEN}<button>Hae</button></form></section>'


def test_a_part_of_a_page_has_no_head_and_keeps_the_other_rules():
    assert rules_broken_by(PART, is_part=True) == set()
    assert rules_broken_by(PART.replace("</h2>", ""), is_part=True) == {"is well formed"}
    assert rules_broken_by(PART.replace("Hae", ""), is_part=True) == {"has words to press"}
    assert {*OF_PARTS} < {*OF_PAGES}


def test_a_part_that_is_answered_as_a_page_lacks_what_a_page_has():
    assert rules_broken_by(PART) >= {"is html5", "has a title", "speaks a language of the house"}
