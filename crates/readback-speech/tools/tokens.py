"""Writes tests/data/tokens.json: texts with their tokens as Hugging Face's `tokenizers` cuts them.

Usage: tokens.py FOLDER_OF_MODELS > tests/data/tokens.json      (needs `tokenizers`)

The folder holds `base` and `tiny.en`. Conversions of multilingual models lack the first merge of
their list, "Ġ t"; it is put back, since the models were trained with it.
"""

import json
import sys

import tokenizers

TEXTS = [
    "", " ", "the", " the", " The trial, then.", " hello world", "hello  world\n\n ok",
    " It's they've don't I'LL 'S", " $43,000 or 43.5% (up 2,000)", " naïve café", " München — straße",
    " 東京で会いましょう", " 你好,世界", " Здравствуйте", " مرحبا", " 한국어", " 🙂👩‍👩‍👧", " e\u0301a\u0308",
    "\ttab\r\nline", "   leading", "trailing   ", " --- ... [MUSIC] ♪♪", " <|endoftext|> <|0.00|>",
    " Kim Jong Un met Vladimir Putin at the Vostochny Cosmodrome.", " aaaaaaaaaaaaaaaaaaaaaaaa",
    " NPR's ½ ² Ⅷ", " ", "\u3000\u3000x", "a\u00a0b", " x²+y²=z²", " 1234567890", "…“quoted”…",
]


def load(folder):
    with open(f"{folder}/tokenizer.json", encoding="utf-8") as file:
        data = json.load(file)
    merges = data["model"]["merges"]
    if "Ġ t" not in merges:
        merges.insert(0, "Ġ t")
    return tokenizers.Tokenizer.from_str(json.dumps({**data, "added_tokens": []}))


def main():
    table = {"texts": TEXTS}
    for name in ("base", "tiny.en"):
        tokenizer = load(f"{sys.argv[1]}/{name}")
        table[name] = [tokenizer.encode(text, add_special_tokens=False).ids for text in TEXTS]
    print(json.dumps(table, ensure_ascii=True, separators=(",", ":")))


main()
