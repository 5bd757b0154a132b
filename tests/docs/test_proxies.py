"""The examples for proxies are what nginx and Caddy take, where these are installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ds2026kg.config import ServerSettings, load_settings

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "serve.md"


def example(language: str) -> str:
    """The one block of the document in that language."""
    text = DOCUMENT.read_text(encoding="utf-8")
    (block,) = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return str(block)


def test_the_settings_for_use_behind_a_proxy_are_settings(tmp_path: Path) -> None:
    """They say the public address, and leave the limit on one client to the proxy."""
    (tmp_path / "ds2026kg.toml").write_text(example("toml"), encoding="utf-8")
    expected = ServerSettings(url="https://data.example.org", per_client=0)
    assert load_settings(tmp_path).server == expected


@pytest.mark.skipif(
    shutil.which("nginx") is None or shutil.which("openssl") is None,
    reason="nginx, or openssl for a certificate, is not installed",
)
def test_nginx_takes_its_example(tmp_path: Path) -> None:
    """`nginx -t` finds nothing wrong with it, whatever the names of the certificate's files."""
    names = {"/etc/ssl/data.example.org.pem": "c.pem", "/etc/ssl/data.example.org.key": "k.pem"}
    block = example("nginx")
    for said, name in names.items():
        assert said in block
        block = block.replace(said, str(tmp_path / name))
    certificate = "req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -subj /CN=localhost"
    made = subprocess.run(["openssl", *certificate.split()], cwd=tmp_path, capture_output=True)
    assert made.returncode == 0, made.stderr
    settings = tmp_path / "nginx.conf"
    around = f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{\n{block}}}\n"
    settings.write_text(around, encoding="utf-8")
    judged = subprocess.run(
        ["nginx", "-t", "-c", str(settings), "-p", str(tmp_path)], capture_output=True, text=True
    )
    assert judged.returncode == 0, judged.stderr


@pytest.mark.skipif(shutil.which("caddy") is None, reason="Caddy is not installed")
def test_caddy_takes_its_example(tmp_path: Path) -> None:
    """`caddy validate` finds nothing wrong with it."""
    settings = tmp_path / "Caddyfile"
    settings.write_text(example("caddyfile"), encoding="utf-8")
    judged = subprocess.run(
        ["caddy", "validate", "--adapter", "caddyfile", "--config", str(settings)],
        capture_output=True,
        text=True,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    assert judged.returncode == 0, judged.stderr
