#!/usr/bin/env python3
"""A matrix of tokens' vectors out of a sentence model: each token goes through the model alone, the vectors are less their mean, reduced to
256 principal directions, and longer for later tokens, which are rarer (the way of Model2Vec). Needs numpy and onnxruntime: pip install both.

usage: distil.py MODEL OUT   folders; MODEL as docs/item_models.md has it, with tokenizer.json and model.onnx"""

import json
import pathlib
import struct
import sys

import numpy
import onnxruntime

WIDTH, AT_ONCE, FITTED, SEED = 256, 256, 8000, 1


def token_vectors(folder, vocabulary):
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"))
    pooling = folder / "1_Pooling/config.json"
    first = pooling.exists() and json.loads(pooling.read_text()).get("pooling_mode_cls_token", False)
    begin, end, made = vocabulary["[CLS]"], vocabulary["[SEP]"], []
    for at in range(0, len(vocabulary), AT_ONCE):
        ids = numpy.array([[begin, token, end] for token in range(at, min(at + AT_ONCE, len(vocabulary)))], dtype=numpy.int64)
        known = {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": numpy.zeros_like(ids)}
        output = session.run(None, {port.name: known[port.name] for port in session.get_inputs()})[0]
        made.append(output if output.ndim == 2 else output[:, 0] if first else output.mean(1))
    return numpy.concatenate(made)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder, out = map(pathlib.Path, sys.argv[1:])
    tokenizer = json.loads((folder / "tokenizer.json").read_text())
    vocabulary = tokenizer["model"]["vocab"]
    vectors = token_vectors(folder, vocabulary)
    vectors -= vectors.mean(0)
    drawn = numpy.random.default_rng(SEED).permutation(len(vectors))[:FITTED]
    directions = numpy.linalg.svd(vectors[drawn], full_matrices=False)[2][:WIDTH]
    rarity = numpy.log(2 + numpy.arange(len(vectors)))
    matrix = (vectors @ directions.T * rarity[:, None]).astype("<f4")
    out.mkdir(parents=True, exist_ok=True)
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False))
    header = json.dumps({"embeddings": {"dtype": "F32", "shape": matrix.shape, "data_offsets": [0, matrix.nbytes]}}).encode()
    (out / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + matrix.tobytes())
    print(f"{matrix.shape[0]} tokens, {matrix.shape[1]} numbers each, in {out}")


if __name__ == "__main__":
    main()
