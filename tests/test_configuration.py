"""A wrong or missing setting refuses with one clear sentence; no secret is ever a default."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kudelma.configuration import TABLE, Misconfigured, make_master_key, master_key, read

REAL = {
    "KUDELMA_BASE_URL": "https://kudelma.example.org",
    "KUDELMA_SMTP_HOST": "mail.example.org",
    "KUDELMA_MAIL_FROM": "kudelma@example.org",
}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"KUDELMA_BASE_URL": ""}, "KUDELMA_BASE_URL is missing."),
        ({"KUDELMA_BASE_URL": "kudelma.example.org"}, "KUDELMA_BASE_URL must be an address"),
        ({"KUDELMA_BASE_URL": "http://kudelma.example.org"}, "must begin with https://"),
        ({"KUDELMA_SMTP_HOST": ""}, "KUDELMA_SMTP_HOST is missing."),
        ({"KUDELMA_MAIL_FROM": ""}, "KUDELMA_MAIL_FROM is missing."),
        ({"KUDELMA_SMTP_TLS": "none"}, "for a mail server on this machine only"),
        ({"KUDELMA_SMTP_TLS": "perhaps"}, "must be starttls, tls or none"),
        ({"KUDELMA_PORT": "0"}, "KUDELMA_PORT must be a whole number"),
        ({"KUDELMA_PORT": "http"}, "KUDELMA_PORT must be a whole number"),
        ({"KUDELMA_PROCESSES": "1000"}, "KUDELMA_PROCESSES must be a whole number"),
        ({"KUDELMA_DEMO": "yes"}, "KUDELMA_DEMO must be one of"),
        ({"KUDELMA_DEMO": "1"}, "refused on an https address"),
        ({"KUDELMA_KEYS_URL": "postgres://a/b", "KUDELMA_DATABASE_URL": "postgres://a/b"}, "another database"),
        ({"KUDELMA_IDENTITY_ISSUER": "https://id.example.org"}, "go together"),
        ({"KUDELMA_COLOUR": "green"}, "KUDELMA_COLOUR is not a setting."),
        ({"KUDELMA_SETTINGS": "/no/such/file"}, "cannot be read"),
    ],
)
def test_a_wrong_setting_refuses_with_one_sentence(changed, sentence):
    with pytest.raises(Misconfigured) as refused:
        read(REAL | changed)

    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_what_is_needed_is_enough(tmp_path):
    configuration = read(REAL | {"KUDELMA_DATA": str(tmp_path)})

    assert configuration.secure
    assert configuration.database_url == f"sqlite:///{tmp_path}/content.sqlite3"
    assert configuration.keys_url == f"sqlite:///{tmp_path}/keys/keys.sqlite3"


def test_a_file_gives_settings_and_the_environment_wins(tmp_path):
    file = tmp_path / "kudelma.toml"
    file.write_text('port = 9000\nhost = "192.0.2.1"\n')

    configuration = read(REAL | {"KUDELMA_SETTINGS": str(file), "KUDELMA_PORT": "9001"})

    assert (configuration.port, configuration.host) == (9001, "192.0.2.1")


def test_a_file_with_an_unknown_name_is_refused(tmp_path):
    file = tmp_path / "kudelma.toml"
    file.write_text("colour = 1\n")

    with pytest.raises(Misconfigured, match="is not a setting"):
        read(REAL | {"KUDELMA_SETTINGS": str(file)})


def configured(folder: Path):
    return read(REAL | {"KUDELMA_DATA": str(folder)})


def test_the_master_key_is_random_private_and_made_once(tmp_path):
    one, other = configured(tmp_path / "a"), configured(tmp_path / "b")
    make_master_key(one)
    make_master_key(other)
    first = master_key(one)
    make_master_key(one)

    assert master_key(one) == first != master_key(other)
    assert one.master_key_file.stat().st_mode & 0o777 == 0o600


def test_nothing_starts_without_a_master_key(tmp_path):
    with pytest.raises(Misconfigured, match="no master key"):
        master_key(configured(tmp_path))


@pytest.mark.parametrize("text", ["", "00" * 32, "geheim", "ab" * 16, "01" * 32])
def test_a_key_that_is_no_random_key_is_refused(tmp_path, text):
    configuration = configured(tmp_path)
    configuration.master_key_file.parent.mkdir(mode=0o700)
    configuration.master_key_file.write_text(text)
    configuration.master_key_file.chmod(0o600)

    with pytest.raises(Misconfigured, match="does not hold a random key"):
        master_key(configuration)


def test_a_key_that_others_can_read_is_refused(tmp_path):
    configuration = configured(tmp_path)
    make_master_key(configuration)
    configuration.master_key_file.chmod(0o640)

    with pytest.raises(Misconfigured, match="0600"):
        master_key(configuration)


def test_a_lost_master_key_is_not_replaced_by_a_new_one(tmp_path):
    configuration = configured(tmp_path)
    (tmp_path / "keys").mkdir(mode=0o700)
    (tmp_path / "keys" / "keys.sqlite3").write_bytes(b"x")

    with pytest.raises(Misconfigured, match="put the master key back"):
        make_master_key(configuration)


@pytest.mark.parametrize("command", ["serve", "doctor"])
def test_the_command_says_the_sentence_and_ends(tmp_path, command):
    environment = {"PATH": os.environ["PATH"], "KUDELMA_DATA": str(tmp_path)}

    told = subprocess.run(
        [sys.executable, "-m", "kudelma", command], env=environment, capture_output=True, text=True, check=False
    )

    assert told.returncode != 0
    assert told.stderr == "kudelma: KUDELMA_BASE_URL is missing.\n"


def test_the_page_of_settings_tells_each_of_them():
    page = (Path(__file__).parent.parent / "docs" / "settings.md").read_text()

    for setting in TABLE:
        assert f"| `{setting.name}` | {setting.default and f'`{setting.default}`'} | {setting.what} |" in page
