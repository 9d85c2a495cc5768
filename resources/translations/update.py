#!/usr/bin/env python3
"""Brings gatehouse_de.ts and gatehouse_en.ts up to date with the texts of the sources; what is translated stays.

Texts of functions that belong to no class with translations of its own are put into one context, "gatehouse", where
ui/translations.cpp looks for them. English holds plurals alone. Messages are sorted, so that branches merge.

    update.py           write both files, and say what is left to translate
    update.py --check   write nothing; fail when something is missing, left over or not translated
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SOURCES = ["ui", "app/desktop"]
SHARED = "gatehouse"
FORMS = 2  # of plurals, in both languages


def find_lupdate():
    for place in (shutil.which("lupdate6"), "/usr/lib/qt6/bin/lupdate", shutil.which("lupdate")):
        if place and pathlib.Path(place).exists():
            return place
    sys.exit("update.py: lupdate of Qt 6 is not installed (Debian: qt6-tools-dev-tools)")


def texts_of_sources():
    """{(context, source, comment): is it a plural}"""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "all.ts"
        done = subprocess.run([find_lupdate(), "-I", ".", "-locations", "none", "-extensions", "cpp,h", *SOURCES, "-ts", str(file)],
                              cwd=ROOT, capture_output=True, text=True, check=True)
        said = done.stdout + done.stderr
        classless = set(re.findall(r"Class '([^']*)' lacks Q_OBJECT", said))
        for line in said.splitlines():
            if "cannot be called without context" in line or "Unterminated" in line:
                sys.exit(f"update.py: {line}")
        explicit = explicit_contexts()
        found = {}
        for context in xml.parse(file).getroot().iter("context"):
            name = context.findtext("name")
            # What a local tr() passes on is asked for under another name than it is found under.
            if name in classless or ("::" not in name and name not in explicit):
                name = SHARED
            for message in context.iter("message"):
                key = (name, message.findtext("source"), message.findtext("comment") or "")
                found[key] = found.get(key, False) or message.get("numerus") == "yes"
        return found


def explicit_contexts():
    """The contexts that are named beside a text, not by a function that takes texts."""
    names = set()
    for folder in SOURCES:
        for file in sorted((ROOT / folder).rglob("*.cpp")):
            text = file.read_text()
            names.update(re.findall(r'QT_TRANSLATE_NOOP\(\s*"([^"]+)"', text))
            names.update(re.findall(r'translate\(\s*"([^"]+)",\s*"', text))
    return names


def read(file):
    """{(context, source, comment): [translations]}; unfinished ones are left out."""
    known = {}
    if not file.exists():
        return known
    for context in xml.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type"):
                continue
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            if all(forms):
                known[(context.findtext("name"), message.findtext("source"), message.findtext("comment") or "")] = forms
    return known


def same_elsewhere(known):
    """Translations by source alone, where all contexts agree: a text that moved keeps its translation."""
    by_source = {}
    for (_, source, _), forms in known.items():
        by_source.setdefault(source, set()).add(tuple(forms))
    return {source: list(next(iter(forms))) for source, forms in by_source.items() if len(forms) == 1}


def english(source):
    return [source.replace("(s)", ""), source.replace("(s)", "s")]


def translate(found, known, language):
    elsewhere = same_elsewhere(known)
    result = {}
    for key, plural in found.items():
        if language == "en" and not plural:
            continue
        forms = known.get(key) or elsewhere.get(key[1])
        if forms is not None and len(forms) != (FORMS if plural else 1):
            forms = None
        if forms is None and language == "en" and "(s)" in key[1]:
            forms = english(key[1])
        result[key] = (plural, forms)
    return result


def text_of(messages, language):
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>",
             f'<TS version="2.1" language="{language}" sourcelanguage="en">']
    for context in sorted({key[0] for key in messages}):
        lines += ["<context>", f"    <name>{escape(context)}</name>"]
        for key in sorted(key for key in messages if key[0] == context):
            plural, forms = messages[key]
            lines.append('    <message numerus="yes">' if plural else "    <message>")
            lines.append(f"        <source>{escape(key[1])}</source>")
            if key[2]:
                lines.append(f"        <comment>{escape(key[2])}</comment>")
            kind = "" if forms else ' type="unfinished"'
            if plural:
                lines.append(f"        <translation{kind}>")
                lines += [f"            <numerusform>{escape(form)}</numerusform>" for form in forms or [""] * FORMS]
                lines.append("        </translation>")
            else:
                lines.append(f"        <translation{kind}>{escape(forms[0]) if forms else ''}</translation>")
            lines.append("    </message>")
        lines.append("</context>")
    return "\n".join(lines + ["</TS>", ""])


def places(text):
    return sorted(re.findall(r"%(?:n|L?\d)", text))


def faults_of(messages, language):
    """What makes a translation wrong whatever it says."""
    faults = []
    for (context, source, _), (plural, forms) in messages.items():
        if forms is None:
            faults.append(f"{language}: not translated: {context}: {source!r}")
            continue
        for form in forms:
            # A singular may say "one".
            if places(form) != places(source) and not (plural and form == forms[0]):
                faults.append(f"{language}: other places than its source: {context}: {source!r}: {form!r}")
            if context != "MainWindow" and ("&" in source) != ("&" in form):
                faults.append(f"{language}: a key to reach it is missing or too much: {source!r}: {form!r}")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    found = texts_of_sources()
    faults = []
    for language in ("de", "en"):
        file = HERE / f"gatehouse_{language}.ts"
        messages = translate(found, read(file), language)
        faults += faults_of(messages, language)
        text = text_of(messages, language)
        if not check:
            file.write_text(text)
        elif not file.exists() or file.read_text() != text:
            faults.append(f"{file.name} is not up to date: run ./dev translations")
    print("\n".join(faults) if faults else f"{len(found)} texts are translated")
    return 1 if faults and check else 0


if __name__ == "__main__":
    sys.exit(main())
