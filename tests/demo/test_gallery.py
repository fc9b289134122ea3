"""The page of all components. Whatever is wrong with one comes up here: each page is read strictly."""


def test_the_gallery_is_a_sound_page(demo, db, client):
    assert client.get("/ui/", secure=True).status_code == 200
