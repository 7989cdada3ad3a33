#!/usr/bin/env python3
"""A second countersign-verify, written from schemas/ledger/v1.md alone. Uses only Python and its `cryptography` package.

    verify.py FILE [--policy POLICY] [--leaf LEAF] [--since HEAD]    same exit codes as countersign-verify
    verify.py --vectors FOLDER                                       every vector; prints one JSON document
"""
import base64
import hashlib
import json
import re
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

VERIFIED, NOT_VERIFIED, USAGE, NO_KEYS = 0, 1, 2, 3
NOTE, COSIGNATURE = 1, 4
PREFIX = "countersign/"
MAX_INTEGER = 2**53 - 1
KINDS = set(
    """collection alteration consultation disclosure combination erasure unmask.proposed unmask.recorded
    unmask.requested unmask.granted unmask.refused unmask.revealed unmask.expired unmask.remasked unmask.failed
    challenge.raised challenge.answered configuration membership attempt.failed checkpoint store.created
    store.restored store.backup clock.backwards analysis decision note export""".split()
)
# Ed25519 points of small order, without their sign bits (libsodium's list).
SMALL_ORDER = {
    bytes.fromhex(text)
    for text in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
}


class Refused(Exception):
    """The thing does not hold, with the reason."""


def demand(holds, why):
    if not holds:
        raise Refused(why)


# --- bytes


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def from_base64(text):
    """Standard base64 with padding, in its only form."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raise Refused("not base64") from None
    demand(base64.b64encode(raw).decode() == text, "base64 of another form")
    return raw


def hash_of(text):
    raw = from_base64(text)
    demand(len(raw) == 32, "not a hash")
    return raw


def whole_number(text):
    demand(re.fullmatch(r"0|[1-9][0-9]*", text, re.ASCII), "not a whole number in its only form")
    number = int(text)
    demand(number < 2**64, "a number beyond 64 bits")
    return number


def pairs_once(pairs):
    demand(len({key for key, _ in pairs}) == len(pairs), "a key stands twice")
    return dict(pairs)


def refuse_number(text):
    raise Refused(f"not a whole number: {text}")


def read_json(text):
    try:
        return json.loads(text, object_pairs_hook=pairs_once, parse_float=refuse_number, parse_constant=refuse_number)
    except (ValueError, RecursionError):
        raise Refused("not JSON") from None


def canonical(value):
    """RFC 8785 for what the ledger allows: no fractions."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


# --- tree (RFC 6962)


def leaf_hash(raw):
    return sha256(b"\0", raw)


def node(left, right):
    return sha256(b"\1", left, right)


def root(hashes):
    """The root over leaf hashes, by completing subtrees from the left."""
    stack = []
    for at, found in enumerate(hashes):
        while at & 1:
            found, at = node(stack.pop(), found), at >> 1
        stack.append(found)
    if not stack:
        return sha256()
    whole = stack.pop()
    while stack:
        whole = node(stack.pop(), whole)
    return whole


def check_inclusion(proof, index, leaf, size, expected):
    demand(index < size, "the index is past the end")
    number, last, found = index, size - 1, leaf
    for step in proof:
        demand(last > 0, "the path is too long")
        if number & 1 or number == last:
            found = node(step, found)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            found = node(found, step)
        number, last = number >> 1, last >> 1
    demand(last == 0, "the path is too short")
    demand(found == expected, "the path leads to another root")


def check_consistency(proof, old, old_root, new, new_root):
    demand(old <= new, "the old size is larger than the new one")
    if old == 0 or old == new:
        demand(not proof, "a proof where none is needed")
        demand(old_root == (new_root if old == new else sha256()), "the old root is another one")
        return
    steps = list(proof)
    number, last = old - 1, new - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    demand(steps, "no proof")
    before = after = steps.pop(0) if number else old_root
    for step in steps:
        demand(last > 0, "the proof is too long")
        if number & 1 or number == last:
            before, after = node(step, before), node(step, after)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            after = node(after, step)
        number, last = number >> 1, last >> 1
    demand(last == 0, "the proof is too short")
    demand((before, after) == (old_root, new_root), "the proof leads to other roots")


# --- entries


def check_value(value, depth):
    demand(depth > 0, "nested too deeply")
    demand(value is not None, "a null")
    if isinstance(value, int) and not isinstance(value, bool):
        demand(abs(value) <= MAX_INTEGER, "a number that some readers round")
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        check_value(item, depth - 1)


def is_time(text):
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", text, re.ASCII):
        return False
    year, month, day, hour, minute, second = map(int, re.findall(r"[0-9]+", text))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return 1 <= month <= 12 and 1 <= day <= days[month - 1] and hour < 24 and minute < 60 and second < 60


def is_name(text):
    controls = any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 for c in text)
    return isinstance(text, str) and 0 < len(text.encode()) <= 128 and not controls


def read_leaf(raw):
    demand(len(raw) <= 4096, "an entry of more than 4096 bytes")
    try:
        text = raw.decode()
        leaf = read_json(text)
        demand(isinstance(leaf, dict) and canonical(leaf).encode() == raw, "the entry is not in canonical form")
    except UnicodeError:
        raise Refused("the entry is not text") from None
    required, optional = {"v", "seq", "at", "store", "by", "kind", "details"}, {"lead", "officer", "text_hash"}
    demand(required <= set(leaf) <= required | optional, "keys of an entry")
    demand(leaf["v"] == 1 and leaf["v"] is not True, "version of an entry")
    seq = leaf["seq"]
    demand(type(seq) is int and 0 <= seq <= MAX_INTEGER, "number of an entry")
    texts = [leaf[key] for key in ("at", "store", "by", "kind", *optional) if key in leaf]
    demand(all(isinstance(text, str) for text in texts), "types of an entry")
    demand(is_time(leaf["at"]), "time of an entry")
    demand(all(is_name(leaf[key]) for key in ("store", "by", "lead") if key in leaf), "names in an entry")
    demand(leaf["kind"] in KINDS, "kind of an entry")
    crockford = r"OFC-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}"
    demand(re.fullmatch(crockford, leaf.get("officer", "OFC-0000-0000")), "officer of an entry")
    if "text_hash" in leaf:
        hash_of(leaf["text_hash"])
    demand(isinstance(leaf["details"], dict), "details of an entry")
    for value in leaf["details"].values():
        check_value(value, 8)
    return leaf


def text_hash(salt, text):
    return sha256(b"countersign/text/v1\n", len(salt).to_bytes(8, "big"), salt, text.encode())


# --- keys, notes, policies


def is_key_name(name):
    return bool(name) and "+" not in name and not any(c.isspace() for c in name)


def read_key(text, kind):
    parts = text.split("+", 2)
    demand(len(parts) == 3, "not a key")
    name, key_id, typed = parts[0], parts[1], from_base64(parts[2])
    demand(is_key_name(name) and len(typed) == 33 and typed[0] == kind, "not a key of this kind")
    key = typed[1:]
    demand(key[:31] + bytes([key[31] & 0x7F]) not in SMALL_ORDER, "a key of small order")
    demand(sha256(name.encode(), b"\n", typed)[:4].hex() == key_id, "the id is not this key's")
    return {"name": name, "id": bytes.fromhex(key_id), "kind": kind, "key": key}


def verify_line(key, body, signature):
    message = body.encode()
    if key["kind"] == COSIGNATURE:
        demand(len(signature) == 72 and signature[0] < 0x80, "not a countersignature")
        time, signature = int.from_bytes(signature[:8], "big"), signature[8:]
        message = f"cosignature/v1\ntime {time}\n".encode() + message
    try:
        Ed25519PublicKey.from_public_bytes(key["key"]).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise Refused(f"a signature by {key['name']} is wrong") from None


def read_note(text):
    """Origin, size, root, body and signature lines; no signature is checked."""
    demand(len(text.encode()) <= 1_000_000 and not any(c < " " and c != "\n" for c in text), "not a note")
    body, found, lines = text.rpartition("\n\n")
    demand(found and lines.endswith("\n"), "not a note")
    body, lines = body + "\n", lines[:-1].split("\n")
    demand(len(lines) <= 100, "too many signatures")
    signatures = []
    for line in lines:
        parts = line.split(" ", 2)
        demand(len(parts) == 3 and parts[0] == "\u2014" and is_key_name(parts[1]), "not a signature line")
        raw = from_base64(parts[2])
        demand(len(raw) >= 5, "a signature that is too short")
        signatures.append((parts[1], raw[:4], raw[4:]))
    head = body.split("\n")
    demand(len(head) == 4 and head[3] == "", "a head has three lines")
    origin, size = head[0], whole_number(head[1])
    store = origin.removeprefix(PREFIX)
    demand(origin.startswith(PREFIX) and is_key_name(store) and size <= 2**48, "not a ledger's head")
    return {"origin": origin, "store": store, "size": size, "root": hash_of(head[2]), "body": body, "signatures": signatures}


def read_policy(text):
    demand(len(text.encode()) <= 256 * 1024, "a policy that is too long")
    policy = {"log": [], "member": [], "witness": [], "named": {}, "quorum": None}
    listed, public = set(), {NOTE: set(), COSIGNATURE: set()}

    def key(of, text):
        read = read_key(text, COSIGNATURE if of == "witness" else NOTE)
        demand(read["key"] not in public[read["kind"]], "a key stands twice")
        public[read["kind"]].add(read["key"])
        policy[of].append(read)
        return read

    def define(name, meaning):
        demand(name != "none" and name not in policy["named"], "a name is defined twice")
        policy["named"][name] = meaning

    def use(name):
        demand(name in policy["named"] and name not in listed, "a name is used twice or before it is defined")
        listed.add(name)

    for line in text.split("\n"):
        demand(not any((c < " " and c != "\t") or c == "\x7f" for c in line), "a control character in a policy")
        words = [word for word in re.split("[ \t]", line) if word]
        if not words or words[0].startswith("#"):
            continue
        verb, count = words[0], len(words)
        if verb == "log" and count in (2, 3) or verb == "member" and count == 2:
            key(verb, words[1])
        elif verb == "witness" and count in (3, 4):
            define(words[1], ("key", None))
            policy["named"][words[1]] = ("key", key(verb, words[2]))
        elif verb == "group" and count >= 4:
            of = words[3:]
            needed = {"any": "1", "all": str(len(of))}.get(words[2], words[2])
            demand(re.fullmatch(r"\+?[0-9]+", needed, re.ASCII) and 1 <= int(needed) <= len(of), "a group's number")
            for name in of:
                use(name)
            define(words[1], ("group", (int(needed), of)))
        elif verb == "quorum" and count == 2 and policy["quorum"] is None:
            if words[1] != "none":
                use(words[1])
            policy["quorum"] = words[1]
        else:
            raise Refused("a line of another form")
    demand(policy["log"], "no ledger key")
    demand(policy["quorum"] is not None, "no quorum")
    return policy


def open_note(text, policy):
    """The head, if the policy believes it."""
    head = read_note(text)
    known = policy["log"] + policy["member"] + policy["witness"]
    signed, seen = [], set()
    for name, key_id, signature in head["signatures"]:
        key = next((key for key in known if (key["name"], key["id"]) == (name, key_id)), None)
        if key and (name, key_id) not in seen:
            seen.add((name, key_id))
            verify_line(key, head["body"], signature)
            signed.append(key)
    notes = [key["name"] for key in signed if key["kind"] == NOTE]
    demand(head["origin"] in notes, "the ledger key has not signed")
    member = any(name.startswith(head["origin"] + "/") for name in notes)
    demand(member or not policy["member"], "no member has signed")
    witnesses = [key["key"] for key in signed if key["kind"] == COSIGNATURE]

    def reached(name):
        what, of = policy["named"][name]
        return of["key"] in witnesses if what == "key" else sum(map(reached, of[1])) >= of[0]

    demand(policy["quorum"] == "none" or reached(policy["quorum"]), "a countersignature is missing")
    return head


# --- files


def check_proof(text, leaf, policy):
    demand(len(text.encode()) <= 1 << 20, "a proof that is too long")
    top, found, note = text.partition("\n\n")
    demand(found, "no head")
    lines = top.split("\n")
    demand(lines.pop(0) == "c2sp.org/tlog-proof@v1", "another format")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = from_base64(lines.pop(0).removeprefix("extra "))
    demand(lines and lines[0].startswith("index "), "no index")
    index, hashes = whole_number(lines[0].removeprefix("index ")), [hash_of(line) for line in lines[1:]]
    demand(len(hashes) <= 64, "more hashes than any tree needs")
    head = read_note(note)
    raw = extra if leaf is None else leaf.encode()
    demand(raw is not None, "no entry")
    check_inclusion(hashes, index, leaf_hash(raw), head["size"], head["root"])
    entry = read_leaf(raw)
    demand(entry["seq"] == index and entry["store"] == head["store"], "the entry names another place")
    demand(policy, "no keys")
    open_note(note, policy)


def read_export(text):
    document = read_json(text)
    keys = {"format", "store", "leaves", "checkpoint", "policy"}
    demand(isinstance(document, dict) and set(document) == keys, "keys of an export")
    demand(isinstance(document["leaves"], list), "entries of an export")
    texts = [document[key] for key in keys - {"leaves"}] + document["leaves"]
    demand(all(isinstance(text, str) for text in texts), "types of an export")
    demand(document["format"] == "countersign-ledger/1", "another format")
    return document


def check_export(text, since, policy):
    document = read_export(text)
    leaves = [leaf.encode() for leaf in document["leaves"]]
    for place, raw in enumerate(leaves):
        leaf = read_leaf(raw)
        demand(leaf["seq"] == place, "the numbers have a gap")
        demand(leaf["store"] == document["store"], "an entry of another store")
    policy = policy or read_policy(document["policy"])
    head = open_note(document["checkpoint"], policy)
    demand(head["store"] == document["store"] and head["size"] == len(leaves), "the head counts other entries")
    demand(root(map(leaf_hash, leaves)) == head["root"], "the root is another one")
    if since is not None:
        earlier = read_export(since)["checkpoint"] if since.lstrip().startswith("{") else since
        then = open_note(earlier, policy)
        demand(then["store"] == document["store"] and then["size"] <= len(leaves), "not an earlier head of this ledger")
        demand(root(map(leaf_hash, leaves[: then["size"]])) == then["root"], "entries were changed since")


def check(text, leaf, since, policy):
    """Everything about a file, by what it begins with; the exit code if it holds."""
    if text.startswith("c2sp.org/tlog-proof"):
        check_proof(text, leaf, policy)
    elif text.lstrip().startswith("{"):
        check_export(text, since, policy)
        return VERIFIED if policy else NO_KEYS
    elif "\n\n\u2014 " in text:
        demand(policy, "no keys")
        open_note(text, policy)
    else:
        demand(not policy, "neither a proof, an export nor a head")
        read_policy(text)
    return VERIFIED


def verify(file, policy=None, leaf=None, since=None):
    """The exit code of countersign-verify for these files' bytes."""
    try:
        policy = policy and read_policy(policy.decode())
    except (Refused, UnicodeError) as error:
        return USAGE, f"cannot use the policy: {error}"
    try:
        leaf = None if leaf is None else leaf.decode().removesuffix("\n")
        return check(file.decode(), leaf, None if since is None else since.decode(), policy), "holds"
    except (Refused, UnicodeError) as error:
        return NOT_VERIFIED, str(error)


def main(arguments):
    if arguments[:1] == ["--vectors"] and len(arguments) == 2:
        # The other half lies beside this file; no compiled copies are left there.
        sys.dont_write_bytecode = True
        sys.modules["verify"] = sys.modules[__name__]
        from vectors import every_vector

        return every_vector(Path(arguments[1]))
    options = dict(zip(arguments[1::2], arguments[2::2]))
    if len(arguments) % 2 == 0 or not set(options) <= {"--policy", "--leaf", "--since"}:
        print(__doc__)
        return USAGE
    read = {name.removeprefix("--"): Path(path).read_bytes() for name, path in options.items()}
    code, why = verify(Path(arguments[0]).read_bytes(), **read)
    print(why)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
