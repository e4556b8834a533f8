"""The built wheel, installed in an environment of its own, does what the checkout does."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

TEXT = "青禾县水利局2022年度部门决算\n本年收入合计1,204.35万元，比上年增长3.5%。\n"


def run(*command: str | Path, stdin: str = "") -> str:
    done = subprocess.run(
        list(map(str, command)),
        input=stdin,
        capture_output=True,
        check=False,
        encoding="utf-8",
        cwd=Path(command[0]).parent,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source archive, as an installer would."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, root)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty environment's commands, with the wheel in it and the dependencies behind it.

    The dependencies are those of this environment, on the path but not its own copy of the library: nothing is
    downloaded.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    run(sys.executable, "-m", "pip", "--python", scripts / "python", "install", "-q", "--no-deps", "--no-index", wheel)
    site = run(scripts / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    behind = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (Path(site) / "behind.pth").write_text("\n".join(sorted(behind)) + "\n")
    return scripts


def test_it_holds_the_package_with_its_data_and_nothing_else(wheel: Path, root: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
    info = f"{wheel.name.split('-py3')[0]}.dist-info"
    inside = {name.removeprefix("govfin_extract/") for name in names if name.startswith("govfin_extract/")}
    source = root / "src/govfin_extract"
    files = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    models = {path.relative_to(root).as_posix() for path in (root / "models/default").iterdir()}
    assert inside == {name for name in files if "__pycache__" not in name} | models
    assert "models/default/weights.npz" in inside
    assert {"py.typed", "data/cues.toml"} <= inside
    rest = {name for name in names if not name.startswith("govfin_extract/")}
    assert rest == {
        f"{info}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")
    }


def test_it_names_its_dependencies(wheel: Path, root: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("METADATA"))
        metadata = archive.read(name).decode()
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    for dependency in project["dependencies"]:
        assert f"Requires-Dist: {dependency.partition('>=')[0]}" in metadata
    assert f"Requires-Python: {project['requires-python']}" in metadata


def test_it_extracts_as_the_checkout_does(environment: Path, tmp_path: Path) -> None:
    import govfin_extract

    where = "import govfin_extract, sys; print(govfin_extract.__file__)"
    assert str(environment.parent) in run(environment / "python", "-c", where)
    report = tmp_path / "report.txt"
    report.write_text(TEXT, "utf-8")
    printed = run(environment / "govfin", "extract", report)
    assert printed == govfin_extract.read(report).to_json() + "\n"
    quantity = json.loads(run(environment / "govfin", "quantities", "约1.2亿元"))[0]
    assert quantity["value"] == "120000000"
    words = (
        "import govfin_extract as gfe; print(' '.join(token.text for token in gfe.tokenize('机关运行经费支出12万元')))"
    )
    assert "机关运行经费" in run(environment / "python", "-c", words)
