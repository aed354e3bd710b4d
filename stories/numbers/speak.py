"""Speaks the page of numbers: a recording for each of four voices, and the text of what it says.

    target/voices/bin/python stories/numbers/speak.py [VOICE...]

The page is the two lists of pairs that the tests of readback-transcript hold (tests/numbers): each
pair is two ways of writing a sentence that may, or cannot, be the same when spoken. Of each pair
the side that is words alone is said, each such sentence once, by one voice after the other. What
the sentence may be written as, rightly and wrongly, stays in the lists: `cargo xtask full numbers`
looks it up there by the sentence.

The voices are those of perform.py, which says where they come from.
"""

import re
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))

from perform import RATE, Desk, record  # noqa: E402

LISTS = HERE.parents[1] / "crates" / "readback-transcript" / "tests" / "numbers"
VOICES = {
    "bella": ("af_bella", "en-us"),
    "george": ("bm_george", "en-gb"),
    "michael": ("am_michael", "en-us"),
    "emma": ("bf_emma", "en-gb"),
}
SPEED, PAUSE, KILOBITS = "1.0", 0.8, 32

# Homophones, most of them: no recording tells "to" from "2".
UNHEARD = "## Words that only look like numbers"

ROMAN = re.compile(r"(WW)?[IVXLC]+('s)?")
INITIALS = re.compile(r"\b[A-Z]{2,3}\b")


def is_words_alone(sentence):
    """Whether it is written as it is said: no figures, signs, Roman numerals or shortened words."""
    words = re.sub(r"[.?!]$", "", sentence).split()
    return (
        re.search(r"[^A-Za-z ,.?!'-]", sentence) is None
        and not any(re.search(r"\.\w|\.$", word) for word in words if not is_end(word))
        and not any(ROMAN.fullmatch(word.strip(",.?!")) for word in words)
    )


def is_end(word):
    """Whether its full stop ends a sentence, which after a short word it does not."""
    return re.fullmatch(r"[a-z-]{4,}\.", word) is not None


def sentences():
    """What is said, in the order of the page."""
    said = {}
    for name in ("equal.txt", "unequal.txt"):
        page = (LISTS / name).read_text("utf-8").split(UNHEARD)[0]
        pairs = [line.split(" | ") for line in page.splitlines() if " | " in line]
        for pair in pairs:
            said.update(dict.fromkeys([side for side in pair if is_words_alone(side)][:1]))
    return list(said)


def spoken(sentence):
    """What the voice is given: letters that are read one by one stand apart, capitals are none."""
    if sentence.isupper():
        return sentence.capitalize() + "."
    return INITIALS.sub(lambda letters: " ".join(letters[0]), sentence)


def say(name, said):
    """One voice's sentences, with a pause after each."""
    style, language = VOICES[name]
    desk = Desk()
    silence = np.zeros(int(PAUSE * RATE), np.float32)
    parts = [silence]
    for sentence in said:
        parts += [desk.sentence(style, language, SPEED, spoken(sentence)), silence]
    record(np.concatenate(parts), HERE / f"{name}.mp3", KILOBITS)
    (HERE / f"{name}.txt").write_text("\n\n".join(said) + "\n", "utf-8")


def main(*names):
    said = sentences()
    for number, name in enumerate(VOICES):
        if name in names or not names:
            say(name, said[number :: len(VOICES)])


if __name__ == "__main__":
    main(*sys.argv[1:])
