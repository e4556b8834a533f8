"""A model's folder: manifest, weights, vocabulary and card; read without pickle, its digests checked."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Final, TypeVar
from zipfile import BadZipFile

import numpy as np

from govfin_extract.errors import ModelError
from govfin_extract.learn.features import FIGURE, LABEL
from govfin_extract.learn.model import WIDTH, ByTemplate, Matrix, Model, Settings

SCHEMA: Final = "govfin-model/1"
DEFAULT: Final = "default"
_MANIFEST, _WEIGHTS, _VOCABULARY = "manifest.json", "weights.npz", "vocabulary.json"
_PARTS = ("trust", "rank", "figure", "confidence")
_MOST_BYTES = 64_000_000  # of one file: a model is some megabytes


def load_model(model: str | os.PathLike[str]) -> Model:
    """A model by its name, ``"default"``, or the path of its folder; loaded once in a process.

    Raises:
        ModelError: there is none, a file was changed since it was written, or it is of another format.
    """
    return _loaded(str(_shipped(DEFAULT)) if model == DEFAULT else os.fspath(model))


def _shipped(name: str) -> Path:
    """A model that came with the library: inside the wheel, or in ``models/`` of a checkout."""
    inside = Path(str(files("govfin_extract"))) / "models" / name
    return inside if inside.is_dir() else Path(__file__).parents[3] / "models" / name


@lru_cache(maxsize=8)
def _loaded(folder: str) -> Model:
    path = Path(folder)
    if not (path / _MANIFEST).is_file():
        raise ModelError(
            f"no model {folder!r}: {_MANIFEST} is not there; a model is 'default', the path of a folder that"
            " govfin train wrote, or None (rules alone)"
        )
    manifest = _manifest(path)
    content = {name: _checked(path / name, digest) for name, digest in manifest["files"].items()}
    try:
        with np.load(BytesIO(content[_WEIGHTS]), allow_pickle=False) as arrays:
            weights = {part: arrays[part].astype(np.float32) for part in _PARTS}
        names: dict[str, list[list[str]]] = json.loads(content[_VOCABULARY])
        _require_shapes(names, weights)
        settings = Settings(**manifest["settings"])
    except (KeyError, TypeError, ValueError, BadZipFile) as error:
        raise ModelError(f"{folder}: no model of this format ({type(error).__name__}: {error})") from None
    return Model(
        name=f"{manifest['name']} {manifest['version']}",
        trust=_by_template(names["trust"], weights["trust"][1:].tolist()),
        trust_bias=float(weights["trust"][0]),
        rank=_by_template(names["rank"], weights["rank"].tolist()),
        vocabulary=_by_template(names["figure"], range(len(weights["figure"]))),
        weights=weights["figure"],
        confidence=_by_template(names["confidence"], weights["confidence"].tolist())[0],
        settings=settings,
    )


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / _MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder / _MANIFEST} cannot be read: {error}") from None
    if not isinstance(manifest, dict) or manifest.get("schema") != SCHEMA:
        raise ModelError(f"{folder / _MANIFEST} is no manifest of format {SCHEMA}")
    listed = manifest.get("files")
    if not isinstance(listed, dict) or set(listed) != {_WEIGHTS, _VOCABULARY}:
        raise ModelError(f"{folder / _MANIFEST}: 'files' must give the digests of {_WEIGHTS} and {_VOCABULARY}")
    return manifest


def _checked(path: Path, digest: str) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ModelError(f"{path} is larger than {_MOST_BYTES} bytes")
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error}") from None
    if hashlib.sha256(content).hexdigest() != digest:
        raise ModelError(f"{path} is not the file that the manifest names: its SHA-256 differs; train or copy it anew")
    return content


Value = TypeVar("Value")


def _by_template(names: Sequence[Sequence[str]], values: Sequence[Value]) -> list[dict[str, Value]]:
    """The values by template and name, taken in turn."""
    turn = iter(values)
    return [{name: next(turn) for name in template} for template in names]


def _require_shapes(names: Mapping[str, Sequence[Sequence[str]]], weights: Mapping[str, Matrix]) -> None:
    templates = {"trust": len(LABEL), "rank": len(LABEL), "figure": len(FIGURE) + 1, "confidence": 1}
    for part, number in templates.items():
        if len(names[part]) != number:
            raise ValueError(f"{part} has {len(names[part])} templates, not {number}: another version wrote it")
        size = sum(map(len, names[part])) + (part == "trust")
        expected = (size, WIDTH) if part == "figure" else (size,)
        if weights[part].shape != expected:
            raise ValueError(f"weights of {part} have the shape {weights[part].shape}, not {expected}")
        if not np.isfinite(weights[part]).all():
            raise ValueError(f"weights of {part} are not all finite")


def _flat(weights: ByTemplate) -> list[float]:
    return [weight for template in weights for weight in template.values()]


def save_model(model: Model, folder: Path, *, about: Mapping[str, Any], version: str) -> None:
    """Write a model's folder; the same model gives the same bytes.

    Args:
        about: what it was trained on and how, for the manifest.
    """
    folder.mkdir(parents=True, exist_ok=True)
    packed = BytesIO()
    np.savez_compressed(
        packed,
        trust=np.array([model.trust_bias, *_flat(model.trust)], dtype=np.float16),
        rank=np.array(_flat(model.rank), dtype=np.float16),
        figure=model.weights.astype(np.float16),
        confidence=np.array(list(model.confidence.values()), dtype=np.float32),
    )
    vocabulary = {
        "trust": [list(template) for template in model.trust],
        "rank": [list(template) for template in model.rank],
        "figure": [list(template) for template in model.vocabulary],
        "confidence": [list(model.confidence)],
    }
    content = {
        _WEIGHTS: packed.getvalue(),
        _VOCABULARY: json.dumps(vocabulary, ensure_ascii=False, separators=(",", ":")).encode("utf-8"),
    }
    for name, written in content.items():
        (folder / name).write_bytes(written)
    manifest = {
        "schema": SCHEMA,
        "name": model.name,
        "version": version,
        **about,
        "settings": asdict(model.settings),
        "files": {name: hashlib.sha256(written).hexdigest() for name, written in content.items()},
    }
    (folder / _MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
