"""The demo switched on for a test: its pages are there, and its letterbox is an empty folder of the test's own."""

import importlib
from dataclasses import replace

import pytest
from django.urls import clear_url_caches

from kudelma import urls
from kudelma.demo import urls as demo_urls


def _read_urls_again():
    importlib.reload(demo_urls)
    importlib.reload(urls)
    clear_url_caches()


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.EMAIL_BACKEND = "kudelma.demo.letterbox.LetterboxBackend"
    settings.CONFIGURATION = replace(settings.CONFIGURATION, data=tmp_path)
    _read_urls_again()
    yield settings
    settings.DEMO = False
    _read_urls_again()
