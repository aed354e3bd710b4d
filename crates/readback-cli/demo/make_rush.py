"""Damages truth.txt the way rushed typing does: writes rush.txt and faults.json.

    python3 crates/readback-cli/demo/make_rush.py

faults.json lists every planted fault in text order: its kind, the bytes it covers in rush.txt
(`start == end` where something was left out), what stands there (`rush`), what was said (`truth`),
and for a repeated paragraph the bytes of the first copy (`first`), since either may be pointed at.
"""

import json
from pathlib import Path

HERE = Path(__file__).resolve().parent

SHE_MOVED = " She has moved churches, a bank and a railway station, but never anything this tall."

# Kind, words of the truth with the place in question between bars, what the typist made of it.
FAULTS = [
    ("wrong year", "has stood on its cliff since |1868|", "1968"),
    ("inserted sentence", "hear it.|| Steel rollers", " It was a cold gray morning."),
    ("misheard word", "Every stroke of the |jacks| takes", "jets"),
    ("dropped sentence", f"in charge.|{SHE_MOVED}|", ""),
    ("repeated paragraph", "HELEN BROOKS: ", None),
    ("dropped words", "end of June|, while the ground is dry and the wind is light|.", ""),
    ("malformed cue", "(SOUNDBITE OF MACHINERY|)|", ""),
    ("dropped negation", "HART: |Not everyone| was in favor", "Everyone"),
    ("wrong amount", "will cost |$6.5 million|", "$65 million"),
    ("wrong place", "government in |Lisbon|", "London"),
    ("dropped word", "has |only |340 people", ""),
    ("stray bytes", "kept that light|| for 31 years", " 01001010"),
    ("repeated with changes", "he did not sleep.|| A harbor", " When the fog came, he never slept."),
    ("wrong name", "was |Victor| Ramos", "Hector"),
    ("label in a paragraph", "|\n\nBROOKS:| They asked", " BROOKS:"),
]


def planted(truth):
    """Each fault as (kind, first byte of the truth, its bytes, what takes their place)."""
    for kind, place, replacement in FAULTS:
        before, said, after = place.split("|") if "|" in place else (place, "", "")
        start = truth.index(before + said + after)
        assert truth.count(before + said + after) == 1, place
        if replacement is None:
            paragraph = truth[start:].split("\n\n")[0]
            end = start + len(paragraph)
            yield kind, end, "", "\n\n" + paragraph
        else:
            yield kind, start + len(before), said, replacement


def damage(truth):
    """The rush text and its faults; the truth's offsets are characters, the faults' are bytes."""
    rush, done, faults = "", 0, []
    for kind, start, said, replacement in sorted(planted(truth), key=lambda fault: fault[1]):
        rush += truth[done:start]
        first = len(rush.encode())
        rush += replacement
        done = start + len(said)
        last = len(rush.encode())
        fault = {"kind": kind, "start": first, "end": last, "rush": replacement, "truth": said}
        if kind == "repeated paragraph":
            fault["first"] = {"start": 2 * first - last + 2, "end": first}
        faults.append(fault)
    return rush + truth[done:], faults


def main():
    rush, faults = damage((HERE / "truth.txt").read_text("utf-8"))
    (HERE / "rush.txt").write_text(rush, "utf-8")
    listed = json.dumps(faults, indent=2, ensure_ascii=False)
    (HERE / "faults.json").write_text(listed + "\n", "utf-8")


if __name__ == "__main__":
    main()
