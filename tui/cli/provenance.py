"""How it is printed where a paper is from."""

from __future__ import annotations

from dataclasses import asdict

import click

from index.views import Origin, Provenance
from tui.cli.printing import print_json

_WORDS = {"published": "date"}


def print_provenance(found: Provenance, *, fields: bool, raw: bool, as_json: bool) -> None:
    """Print whose the fields are and where the records came from (``fields``), and the records.

    As JSON: one object, in which an origin has its record where ``raw``.
    """
    if as_json:
        whole = asdict(found) | {"fields": dict(found.fields)}
        if not raw:
            for origin in whole["origins"]:
                del origin["raw"]
        print_json(whole)
        return
    if fields:
        for field, source in found.fields:
            said = "edited by you" if source == "reader" else source or "unknown"
            click.echo(f"  {_WORDS.get(field, field):<12}{said}")
        click.echo()
    for origin in found.origins:
        if fields:
            click.echo(f"  {origin.day:<12}{origin.source:<14}{origin.where}")
        if raw:
            _print_raw(origin)


def _print_raw(origin: Origin) -> None:
    from index.text import clean_text  # a record is what somebody else wrote

    click.echo(clean_text(origin.raw) or "(This record was not kept as it came.)")
    click.echo()
