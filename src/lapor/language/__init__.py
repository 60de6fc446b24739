"""Help with what people write, in plain Python: what a report leaves open, its title, who it names, what it is about.

Every function takes a text and returns findings with a place in it (`Span`), the rule that found them and the reason in
both languages. They advise, they never decide; each takes time linear in the length of the text.
"""

from lapor.language.danger import Emergency, emergencies
from lapor.language.edits import Edit, apply_edits, case_part
from lapor.language.findings import Finding, Span, Words
from lapor.language.five_w import Question, missing
from lapor.language.masks import masks
from lapor.language.moments import Moment, moments
from lapor.language.regional import Regional, regional
from lapor.language.secrecy import oversight_signs, secret_signs
from lapor.language.smartcase import smartcase
from lapor.language.subjects import Suggested, suggest_categories
from lapor.language.titles import propose_title
from lapor.language.tone import harsh_words
from lapor.language.wording import doubtful, tidy
from lapor.language.writers import names_writer

__all__ = [
    "Edit",
    "Emergency",
    "Finding",
    "Moment",
    "Question",
    "Regional",
    "Span",
    "Suggested",
    "Words",
    "apply_edits",
    "case_part",
    "doubtful",
    "emergencies",
    "harsh_words",
    "masks",
    "missing",
    "moments",
    "names_writer",
    "oversight_signs",
    "propose_title",
    "regional",
    "secret_signs",
    "smartcase",
    "suggest_categories",
    "tidy",
]
