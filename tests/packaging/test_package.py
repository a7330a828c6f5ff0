"""The package as Amazon's tools would read it, from an operator's command."""

import json
import shutil
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft4Validator

from interaction_models import load_text, locales
from skill.__main__ import main
from skill.coach.memory import Memory
from skill.lint import smapi_schema
from skill.lint.package_files import findings_in
from skill.settings import Settings
from skill.web import create_app

pytestmark = pytest.mark.node

Json = dict[str, Any]

ENDPOINT = "https://coach.example.org/alexa"
ARN = "arn:aws:lambda:eu-west-1:123456789012:function:back-coach"
MANIFEST = "skill-package/skill.json"
ICONS = Path(__file__).parents[2] / "skill" / "packaging" / "icons"
NODE = Path(__file__).parents[2] / ".venv" / "node"
"""Where npm keeps Amazon's schema; git ignores it."""
SPEC = NODE / "node_modules" / "ask-smapi-model" / "spec.json"


def package(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["package", *arguments])


def read(folder: Path, name: str) -> Json:
    contents: Json = json.loads((folder / name).read_text("utf-8"))
    return contents


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    done = package("--endpoint", ENDPOINT, "--out", str(folder))
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def spec() -> Json:
    if not SPEC.exists():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("npm is not here, and Amazon's schema comes from it")
        NODE.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--prefix", str(NODE), "--no-audit", "--no-fund"]
        done = subprocess.run(
            [*command, "ask-smapi-model@1.24.0"], capture_output=True, check=False, timeout=120
        )
        if done.returncode or not SPEC.exists():
            pytest.skip("npm cannot fetch Amazon's schema")
    contents: Json = json.loads(SPEC.read_text("utf-8"))
    return contents


def faults(spec: Json, definition: str, document: Json) -> Iterator[str]:
    """Where a document breaks a definition of Amazon's own schema."""
    validator = Draft4Validator({**spec, "$ref": f"#/definitions/{definition}"})
    for error in validator.iter_errors(document):
        yield f"{list(error.absolute_path)}: {error.message}"


def test_it_is_an_ask_cli_project(made: Path) -> None:
    files = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    models = {f"skill-package/interactionModels/custom/{locale}.json" for locale in locales()}
    assert files == models | {
        "ask-resources.json",
        MANIFEST,
        "skill-package/assets/images/icon-small.png",
        "skill-package/assets/images/icon-large.png",
        "privacy.en.md",
        "terms.en.md",
    }
    resources = read(made, "ask-resources.json")
    assert resources["askcliResourcesVersion"] == "2020-03-31"
    assert resources["profiles"]["default"]["skillMetadata"]["src"] == "./skill-package"


def test_the_manifest_says_what_the_skill_is(made: Path) -> None:
    manifest = read(made, MANIFEST)["manifest"]
    assert manifest["manifestVersion"] == "1.0"
    assert manifest["publishingInformation"]["category"] == "HEALTH_AND_FITNESS"
    assert manifest["privacyAndCompliance"]["usesHealthInfo"] is False
    assert manifest["permissions"] == [
        {"name": "alexa::alerts:reminders:skill:readwrite"},
        {"name": "alexa::person_id:read"},
    ]
    assert manifest["apis"]["custom"]["endpoint"] == {
        "uri": ENDPOINT,
        "sslCertificateType": "Trusted",
    }
    assert set(manifest["publishingInformation"]["locales"]) == set(locales())


def test_amazon_is_asked_to_tell_when_the_skill_is_disabled(made: Path) -> None:
    events = read(made, MANIFEST)["manifest"]["events"]
    assert events["subscriptions"] == [{"eventName": "SKILL_DISABLED"}]
    assert events["endpoint"]["uri"] == ENDPOINT


TOLD = {
    "cleared": "passed the safety questions",
    "fully_cleared": "passed the safety questions",
    "voided": "something hurt",
    "times": "which stretches you finished",
    "days": "which stretches you finished",
    "habit": "which stretches you finished",
    "growth": "how many rounds you usually do",
    "underway": "where you stopped",
    "underway_at": "where you stopped",
    "pace": "the pace you like",
    "reminders": "reminders",
    "zone": "time zone",
    "zone_at": "time zone",
    "recorded": "which stretches you finished",
}


def test_the_privacy_text_tells_of_everything_that_is_kept(made: Path) -> None:
    text = (made / "privacy.en.md").read_text("utf-8").lower()
    kept = text.partition("**what is kept.**")[2].partition("**what is not kept.**")[0]
    for name in Memory.__struct_fields__:
        assert TOLD[name] in kept, name


def test_the_privacy_text_tells_what_a_recognised_voice_means(made: Path) -> None:
    text = (made / "privacy.en.md").read_text("utf-8")
    told = text.partition("**Whose voice it is.**")[2].partition("**What is not kept.**")[0]
    for word in ("permission", "identifier", "household", "Alexa app"):
        assert word in told


def test_nothing_is_lost_in_a_round_trip_through_amazons_types(made: Path) -> None:
    manifest = (made / MANIFEST).read_text("utf-8")
    assert smapi_schema.differences(manifest, smapi_schema.MANIFEST) == []
    for locale in locales():
        model = made / f"skill-package/interactionModels/custom/{locale}.json"
        assert smapi_schema.differences(model.read_text("utf-8"), smapi_schema.MODEL) == []


def test_amazons_own_schema_takes_the_manifest_and_the_models(made: Path, spec: Json) -> None:
    envelope = "v1.skill.Manifest.SkillManifestEnvelope"
    assert list(faults(spec, envelope, read(made, MANIFEST))) == []
    data = "v1.skill.interactionModel.InteractionModelData"
    for locale in locales():
        name = f"skill-package/interactionModels/custom/{locale}.json"
        assert list(faults(spec, data, read(made, name))) == []


def test_amazons_own_schema_would_refuse_a_fault(made: Path, spec: Json) -> None:
    manifest = read(made, MANIFEST)
    listing = next(iter(manifest["manifest"]["publishingInformation"]["locales"].values()))
    listing["summary"] = "long " * 40
    assert list(faults(spec, "v1.skill.Manifest.SkillManifestEnvelope", manifest)) != []


@pytest.mark.parametrize(("name", "size"), [("small", 108), ("large", 512)])
def test_icons_are_pictures_of_the_right_size(made: Path, name: str, size: int) -> None:
    picture = (made / f"skill-package/assets/images/icon-{name}.png").read_bytes()
    assert struct.unpack(">II", picture[16:24]) == (size, size)


def test_an_icon_of_another_size_is_no_icon() -> None:
    files = {path.name: path.read_bytes() for path in ICONS.iterdir()}
    small, large = (f"skill-package/assets/images/icon-{size}.png" for size in ("small", "large"))
    swapped = {small: files["icon-large.png"], large: files["icon-large.png"][:20]}
    found = {finding.file: finding.problem for finding in findings_in(swapped)}
    assert found[small] == "the icon has 512 x 512 pixels, not 108 x 108"
    assert found[large] == "the icon is missing, or no PNG"


def test_one_locale_and_another_name(tmp_path: Path) -> None:
    done = package(
        *("--endpoint", ARN, "--out", str(tmp_path)),
        *("--locales", "en-US", "--invocation-name", "stiff back coach"),
        *("--privacy-url", "https://example.org/privacy", "--terms-url", "https://example.org/t"),
    )
    assert done.exit_code == 0, done.output
    name = "skill-package/interactionModels/custom/en-US.json"
    model = read(tmp_path, name)["interactionModel"]["languageModel"]
    shipped = json.loads(load_text("en-US"))["interactionModel"]["languageModel"]
    assert model == {**shipped, "invocationName": "stiff back coach"}
    manifest = read(tmp_path, MANIFEST)["manifest"]
    (listing,) = manifest["publishingInformation"]["locales"].values()
    assert all("stiff back coach" in phrase for phrase in listing["examplePhrases"])
    assert manifest["apis"]["custom"]["endpoint"] == {"uri": ARN}
    links = manifest["privacyAndCompliance"]["locales"]["en-US"]
    assert links["privacyPolicyUrl"] == "https://example.org/privacy"
    assert "stiff back coach" in (tmp_path / "privacy.en.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--endpoint", "http://coach.example.org"], "https"),
        (["--endpoint", "https://coach.example.org:8080"], "443"),
        (["--endpoint", "https://coach.example.org:port"], "coach.example.org:port"),
        (["--endpoint", "https://me:secret@coach.example.org"], "https"),
        (["--endpoint", "https://coach.example.org/alexa?a=b"], "?"),
        (["--endpoint", "arn:aws:s3:::bucket"], "ARN"),
        (["--endpoint", "https://coach.example.org//alexa"], "/alexa only"),
        (["--endpoint", "https://coach.example.org/al exa"], "spaces"),
        (["--endpoint", "https://coach.example.org/al%20exa"], "/alexa only"),
        (["--endpoint", "https://coach.example.org/alexa\t"], "spaces"),
        (["--endpoint", "https://coach.example.org/Alexa"], "/alexa only"),
        (["--endpoint", "https://coach.example.org/other/alexa"], "/alexa only"),
        (["--endpoint", "https://coach.example.org/alexa//"], "/alexa only"),
        (["--endpoint", "https://localhost"], "outside"),
        (["--endpoint", "https://LOCALHOST./alexa"], "outside"),
        (["--endpoint", "https://coach.localhost/alexa"], "outside"),
        (["--endpoint", "https://coach.local/alexa"], "outside"),
        (["--endpoint", "https://coach/alexa"], "outside"),
        (["--endpoint", "https://127.0.0.1/alexa"], "outside"),
        (["--endpoint", "https://127.1/alexa"], "no name of a host"),
        (["--endpoint", "https://2130706433/alexa"], "no name of a host"),
        (["--endpoint", "https://0x7f.0.0.1/alexa"], "no name of a host"),
        (["--endpoint", "https://0.0.0.0/alexa"], "outside"),
        (["--endpoint", "https://10.0.0.7/alexa"], "outside"),
        (["--endpoint", "https://192.168.1.7/alexa"], "outside"),
        (["--endpoint", "https://172.16.0.7/alexa"], "outside"),
        (["--endpoint", "https://169.254.1.7/alexa"], "outside"),
        (["--endpoint", "https://100.64.0.7/alexa"], "outside"),
        (["--endpoint", "https://[::1]/alexa"], "outside"),
        (["--endpoint", "https://[::ffff:127.0.0.1]/alexa"], "outside"),
        (["--endpoint", "https://[fe80::1]/alexa"], "outside"),
        (["--endpoint", "https://[fd00::7]/alexa"], "outside"),
        (["--endpoint", "https://coach..example.org/alexa"], "no name of a host"),
        (["--endpoint", "https://@coach.example.org/alexa"], "https"),
        (["--endpoint", "https:///alexa"], "https"),
        (["--endpoint", ENDPOINT, "--locales", "nl-NL"], "nl-NL"),
        (["--endpoint", ENDPOINT, "--invocation-name", "coach"], "two words"),
        (["--endpoint", ENDPOINT, "--invocation-name", "open back coach"], "launch word"),
        (["--endpoint", ENDPOINT, "--privacy-url", "privacy.html"], "privacy.html"),
        (["--endpoint", ENDPOINT, "--out", "/dev/null/x"], "/dev/null/x"),
    ],
)
def test_what_amazon_would_refuse_is_told_and_not_written(
    arguments: list[str], named: str, tmp_path: Path
) -> None:
    out = [] if "--out" in arguments else ["--out", str(tmp_path)]
    done = package(*arguments, *out)
    assert done.exit_code == 2
    assert named in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "meant",
    [
        "https://coach.example.org",
        "https://coach.example.org/",
        "https://coach.example.org/alexa/",
        "https://coach.example.org:443/alexa",
        "HTTPS://Coach.Example.ORG./alexa",
    ],
)
def test_an_address_that_means_the_skills_own_is_mended(meant: str, tmp_path: Path) -> None:
    done = package("--endpoint", meant, "--out", str(tmp_path))
    assert done.exit_code == 0, done.output
    custom = read(tmp_path, MANIFEST)["manifest"]["apis"]["custom"]
    assert custom["endpoint"]["uri"] == ENDPOINT


def test_the_package_names_the_path_that_the_server_answers(made: Path, tmp_path: Path) -> None:
    uri = read(made, MANIFEST)["manifest"]["apis"]["custom"]["endpoint"]["uri"]
    settings = Settings(store=f"sqlite://{tmp_path / 'm.sqlite3'}", verify_requests=False)
    client = create_app(settings).test_client()
    assert client.post(urlsplit(uri).path, data=b"{}").status_code == 400, "found, and refused"
