"""The words of the program: all of them are in the catalogue, and none is shown past it."""

import ast
import subprocess
import sys
from io import StringIO
from pathlib import Path

from babel.messages.pofile import read_po

from rehabdesk.core import resources
from rehabdesk.core.i18n import ntr, tr, use_language

ROOT = Path(__file__).resolve().parents[1]


def test_every_sentence_is_in_the_catalogue() -> None:
    code = "import sys, make_catalogue; sys.stdout.buffer.write(make_catalogue.as_text())"
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "packaging", capture_output=True, check=True).stdout

    kept = (ROOT / "resources" / "i18n" / "rehabdesk.pot").read_bytes()
    assert made == kept, "run packaging/make_catalogue.py"
    assert kept.count(b"msgid") > 900


def test_no_sentence_hides_from_the_catalogue() -> None:
    """Within an f-string some versions of Python show no tr() to the tool that looks for sentences."""
    kept = (ROOT / "resources" / "i18n" / "rehabdesk.pot").read_text("utf-8")
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in read_po(StringIO(kept))}
    hidden = [
        (file.name, call.args[0].value)
        for file in (ROOT / "src" / "rehabdesk").rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("tr", "ntr", "tr_as")
        if isinstance(call.args[0], ast.Constant) and call.args[0].value not in known
    ]
    assert not hidden, "take tr() out of the f-string"


def test_the_trial_language_is_longer_and_keeps_places_and_keys() -> None:
    use_language("xx", resources.path("i18n"))
    try:
        said = tr("Signing this note for {name}")
        assert "{name}" in said
        assert len(said) >= 1.4 * len("Signing this note for {name}")
        assert "&D" in tr("&Date")
        assert ntr("{count} open", "{count} open", 3).count("3") == 1
    finally:
        use_language("en", resources.path("i18n"))
