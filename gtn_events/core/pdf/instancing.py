"""Static fonts out of variable ones: HarfBuzz does it in milliseconds, fontTools where HarfBuzz cannot."""

import ctypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

_LIBRARIES = (
    ("libharfbuzz.so.0", "libharfbuzz-subset.so.0"),
    ("libharfbuzz.0.dylib", "libharfbuzz-subset.0.dylib"),
)
_SUBSET_FLAGS = 0x01 | 0x10 | 0x40  # no hinting, keep unknown tables, keep the outline of .notdef
_FEATURES = 6
_SUBSET_SETS = (0, 1, 4, 5, _FEATURES, 7)  # glyphs, letters, names, name languages, features, scripts (hb-subset.h)
_WIDTH = ("wdth", 100.0)


def write_static(source: Path, target: Path, *, weight: int, without: Sequence[str] = ()) -> None:
    """Write the instance of a variable TrueType font at one weight; a static font is copied.

    WeasyPrint lays variable fonts out correctly but slowly (seconds a document with Han
    scripts), therefore every document uses static ones. ``without`` names layout
    features that are left out.
    """
    axes = _axes(source)
    location = {"wght": float(weight)} if "wght" in axes else {}
    if _WIDTH[0] in axes:
        location[_WIDTH[0]] = _WIDTH[1]
    if not location:
        target.write_bytes(source.read_bytes())
        return
    data = _by_harfbuzz(source, location, without)
    if data is None:
        _by_fonttools(source, target, location, without)
    else:
        target.write_bytes(data)


def _axes(source: Path) -> set[str]:
    with TTFont(source, lazy=True) as font:
        return {axis.axisTag for axis in font["fvar"].axes} if "fvar" in font else set()


def _by_fonttools(source: Path, target: Path, location: dict[str, float], without: Sequence[str]) -> None:
    with TTFont(source, lazy=True) as font:
        instancer.instantiateVariableFont(font, location, inplace=True, optimize=False)
        if without and "GSUB" in font:
            _drop_features(font["GSUB"].table, without)
        font.save(target)


def _drop_features(table: Any, without: Sequence[str]) -> None:  # Any: fontTools makes these classes at run time
    # Emptied, not removed: other records refer to features by their place in the list.
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag in without:
            record.Feature.LookupListIndex = []
            record.Feature.LookupCount = 0


def _by_harfbuzz(source: Path, location: dict[str, float], without: Sequence[str]) -> bytes | None:
    """Return the font file, or None where the library is missing or too old (before 6.0)."""
    libraries = _load_harfbuzz()
    if libraries is None:
        return None
    base, subset = libraries
    blob = base.hb_blob_create_from_file(str(source).encode())
    face = base.hb_face_create(blob, 0)
    wanted = subset.hb_subset_input_create_or_fail()
    try:
        for number in _SUBSET_SETS:
            everything = subset.hb_subset_input_set(wanted, number)
            base.hb_set_clear(everything)
            base.hb_set_invert(everything)
        for feature in without:
            base.hb_set_del(subset.hb_subset_input_set(wanted, _FEATURES), _tag(feature))
        subset.hb_subset_input_set_flags(wanted, _SUBSET_FLAGS)
        for axis, value in location.items():
            if not subset.hb_subset_input_pin_axis_location(wanted, face, _tag(axis), value):
                return None
        result = subset.hb_subset_or_fail(face, wanted)
        if not result:
            return None
        data = _bytes_of(base, result)
        base.hb_face_destroy(result)
        return data
    finally:
        subset.hb_subset_input_destroy(wanted)
        base.hb_face_destroy(face)
        base.hb_blob_destroy(blob)


def _bytes_of(base: Any, face: int) -> bytes:  # Any: a ctypes library
    blob = base.hb_face_reference_blob(face)
    length = ctypes.c_uint()
    start = base.hb_blob_get_data(blob, ctypes.byref(length))
    data = ctypes.string_at(start, length.value)
    base.hb_blob_destroy(blob)
    return data


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")


def _load_harfbuzz() -> tuple[Any, Any] | None:  # Any: ctypes libraries have no types
    for names in _LIBRARIES:
        try:
            base, subset = (ctypes.CDLL(name) for name in names)
            _declare(base, subset)
        except (OSError, AttributeError):
            continue
        return base, subset
    return None


def _declare(base: Any, subset: Any) -> None:  # Any: ctypes libraries have no types
    pointer, number = ctypes.c_void_p, ctypes.c_uint
    signatures: tuple[tuple[Any, str, Any, list[Any]], ...] = (
        (base, "hb_blob_create_from_file", pointer, [ctypes.c_char_p]),
        (base, "hb_blob_get_data", pointer, [pointer, ctypes.POINTER(number)]),
        (base, "hb_blob_destroy", None, [pointer]),
        (base, "hb_face_create", pointer, [pointer, number]),
        (base, "hb_face_reference_blob", pointer, [pointer]),
        (base, "hb_face_destroy", None, [pointer]),
        (base, "hb_set_clear", None, [pointer]),
        (base, "hb_set_invert", None, [pointer]),
        (base, "hb_set_del", None, [pointer, number]),
        (subset, "hb_subset_input_create_or_fail", pointer, []),
        (subset, "hb_subset_input_destroy", None, [pointer]),
        (subset, "hb_subset_input_set", pointer, [pointer, number]),
        (subset, "hb_subset_input_set_flags", None, [pointer, number]),
        (subset, "hb_subset_input_pin_axis_location", ctypes.c_int, [pointer, pointer, number, ctypes.c_float]),
        (subset, "hb_subset_or_fail", pointer, [pointer, pointer]),
    )
    for library, name, result, arguments in signatures:
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
