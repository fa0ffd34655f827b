"""What folded titles (``fold_title``) tell by themselves of whose they are."""

from __future__ import annotations

import re

FEW_WORDS = 2
"""Words of a title that tells little: others may well bear it too."""

_GENERIC = re.compile(
    r"(guest )?(editorial|editors? (note|introduction)|introduction|preface|fore ?word|prologue"
    r"|epilogue|afterword|errat(um|a)|corrigend(um|a)|corrections?|addendum|retraction|obituary"
    r"|in memoriam|(book )?reviews?|news|letters?( to the editor)?|comments?|repl(y|ies)|response"
    r"|discussion|conclusions?|summary|overview|abstracts?|contents|references|acknowledge?ments?"
    r"|(front|back) matter|title page|copyright|index|reviewers|announcements?|call for papers"
    r"|table of contents|(author|subject) index|program(me)?( committee)?|organi[sz]ers)"
    r"|(message from|welcome|invited talk|keynote|panel|proceedings of|introduction to the special"
    r"|preface to|editorial for)\b.*"
)


def tells_nothing(title: str) -> bool:
    """Whether a title (“Editorial”) belongs to any number of works."""
    return _GENERIC.fullmatch(title) is not None


def tells_little(title: str) -> bool:
    """Whether a title (“Slow Lamps”) may well be that of other works too."""
    return len(title.split()) <= FEW_WORDS or tells_nothing(title)
