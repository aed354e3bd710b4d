"""Writes a CTranslate2 Whisper model as a whisper.cpp (ggml, f16) file, so that both run the same weights.

    python ggml.py MODEL_DIR OUT.bin

The source is `model.bin` (CTranslate2 binary version 6, float16 or float32) with `vocabulary.txt` or
`vocabulary.json` beside it. The target is the layout that whisper.cpp's loader reads: sizes, mel
filters, vocabulary, tensors under OpenAI's names. It knows nothing of recordings.
"""

import json
import re
import struct
import sys
from pathlib import Path

import numpy as np
from faster_whisper.feature_extractor import FeatureExtractor

DTYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
MAGIC, FLOAT16 = 0x67676D6C, 1
HEAD = 64  # the width of an attention head in every published size
TEXT_TOKENS = {51864: 50256, 51865: 50257, 51866: 50257}


def read_string(file):
    (length,) = struct.unpack("<H", file.read(2))
    return file.read(length).rstrip(b"\0").decode()


def read_model(path):
    """The tensors of a CTranslate2 model by name, aliases left out."""
    with open(path, "rb") as file:
        (version,) = struct.unpack("<I", file.read(4))
        assert version == 6, f"binary version {version}, expected 6"
        read_string(file)
        _, count = struct.unpack("<II", file.read(8))
        tensors = {}
        for _ in range(count):
            name = read_string(file)
            (rank,) = struct.unpack("<B", file.read(1))
            shape = struct.unpack(f"<{rank}I", file.read(4 * rank))
            dtype, size = struct.unpack("<BI", file.read(5))
            tensors[name] = np.frombuffer(file.read(size), DTYPES[dtype]).reshape(shape)
        return tensors


def attention(out, source, tensors, target, self_attention):
    """Splits the joined projections; a key has no bias of its own."""
    if self_attention:
        weights = np.split(tensors[f"{source}/linear_0/weight"], 3)
        biases = np.split(tensors[f"{source}/linear_0/bias"], 3)
        last = "linear_1"
    else:
        both = [tensors[f"{source}/linear_1/{part}"] for part in ("weight", "bias")]
        weights = [tensors[f"{source}/linear_0/weight"], *np.split(both[0], 2)]
        biases = [tensors[f"{source}/linear_0/bias"], *np.split(both[1], 2)]
        last = "linear_2"
    for name, weight, bias in zip(("query", "key", "value"), weights, biases):
        out[f"{target}.{name}.weight"] = weight
        if name != "key":
            out[f"{target}.{name}.bias"] = bias
    linear(out, f"{source}/{last}", tensors, f"{target}.out")
    norm(out, f"{source}/layer_norm", tensors, f"{target}_ln")


def linear(out, source, tensors, target):
    out[f"{target}.weight"] = tensors[f"{source}/weight"]
    out[f"{target}.bias"] = tensors[f"{source}/bias"]


def norm(out, source, tensors, target):
    out[f"{target}.weight"] = tensors[f"{source}/gamma"]
    out[f"{target}.bias"] = tensors[f"{source}/beta"]


def renamed(tensors):
    """The same tensors under OpenAI's names; counts of layers come from the names."""
    out = {}
    for conv in ("conv1", "conv2"):
        out[f"encoder.{conv}.weight"] = tensors[f"encoder/{conv}/weight"]
        out[f"encoder.{conv}.bias"] = tensors[f"encoder/{conv}/bias"].reshape(-1, 1)
    for side in ("encoder", "decoder"):
        out[f"{side}.positional_embedding"] = tensors[f"{side}/position_encodings/encodings"]
        for layer in range(layers(tensors, side)):
            source, target = f"{side}/layer_{layer}", f"{side}.blocks.{layer}"
            attention(out, f"{source}/self_attention", tensors, f"{target}.attn", True)
            if side == "decoder":
                attention(out, f"{source}/attention", tensors, f"{target}.cross_attn", False)
            norm(out, f"{source}/ffn/layer_norm", tensors, f"{target}.mlp_ln")
            linear(out, f"{source}/ffn/linear_0", tensors, f"{target}.mlp.0")
            linear(out, f"{source}/ffn/linear_1", tensors, f"{target}.mlp.2")
    out["decoder.token_embedding.weight"] = tensors["decoder/embeddings/weight"]
    norm(out, "encoder/layer_norm", tensors, "encoder.ln_post")
    norm(out, "decoder/layer_norm", tensors, "decoder.ln")
    return out


def layers(tensors, side):
    """How many blocks a side has."""
    numbers = (re.match(rf"{side}/layer_(\d+)/", name) for name in tensors)
    return 1 + max(int(number[1]) for number in numbers if number)


def byte_decoder():
    """GPT-2's table from printable characters back to bytes."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table = {chr(byte): byte for byte in plain}
    others = (byte for byte in range(256) if byte not in plain)
    return table | {chr(256 + n): byte for n, byte in enumerate(others)}


def vocabulary(folder, count):
    """The text tokens as bytes; whisper.cpp adds the special ones by itself."""
    plain = folder / "vocabulary.txt"
    if plain.exists():
        words = plain.read_text("utf-8").split("\n")
    else:
        words = json.loads((folder / "vocabulary.json").read_text("utf-8"))
    table = byte_decoder()
    return [bytes(table[c] for c in word) for word in words[:count]]


def write(folder, target):
    tensors = read_model(folder / "model.bin")
    weights = renamed(tensors)
    n_vocab, state = weights["decoder.token_embedding.weight"].shape
    audio_context = weights["encoder.positional_embedding"].shape[0]
    text_context = weights["decoder.positional_embedding"].shape[0]
    mels = weights["encoder.conv1.weight"].shape[1]
    sizes = (
        n_vocab, audio_context, state, state // HEAD, layers(tensors, "encoder"),
        text_context, state, state // HEAD, layers(tensors, "decoder"), mels, FLOAT16,
    )  # fmt: skip
    filters = FeatureExtractor(feature_size=mels).mel_filters.astype(np.float32)
    words = vocabulary(folder, TEXT_TOKENS[n_vocab])
    with open(target, "wb") as out:
        out.write(struct.pack("<I11i", MAGIC, *sizes))
        out.write(struct.pack("<2i", *filters.shape))
        out.write(filters.tobytes())
        out.write(struct.pack("<i", len(words)))
        for word in words:
            out.write(struct.pack("<i", len(word)) + word)
        for name, tensor in weights.items():
            write_tensor(out, name, tensor)


def write_tensor(out, name, tensor):
    """Sizes in reverse order; what whisper.cpp keeps in single precision stays so."""
    single = name.endswith(("bias", "positional_embedding")) or tensor.ndim < 2
    data = tensor.astype(np.float32 if single else np.float16)
    out.write(struct.pack("<3i", data.ndim, len(name), 0 if single else 1))
    out.write(struct.pack(f"<{data.ndim}i", *reversed(data.shape)))
    out.write(name.encode() + np.ascontiguousarray(data).tobytes())


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2])
