"""Per-module settings for your own torch.nn.Module. Copy this file next to your training script; it needs Python 3.9 and torch.

List the parameters of a model, for you to correct (`build(width, depth)` in mymodel.py returns it):

    python proxima_torch.py modules mymodel:build --width 64 --depth 2 > modules.yaml

Train with settings:

    settings = proxima_torch.load(path)            # .seed .steps .width .depth .batch .tokens
    proxima_torch.apply_init(model, settings)
    proxima_torch.apply_multipliers(model, settings)
    optimizer = torch.optim.AdamW(proxima_torch.groups(model, settings))
    muon = torch.optim.Muon(proxima_torch.groups(model, settings, "muon-rms"), adjust_lr_fn="match_rms_adamw")   # with optimizer: muon-rms
    proxima_torch.report(step, loss)               # on the way
    proxima_torch.result(validation_loss)          # at the end
"""
import argparse
import importlib
import json
import math
import os
import re
import sys

import torch
from torch import nn

HEADER = """\
# {} parameter tensors of {}, width {}, depth {}. Correct by hand what is guessed wrong:
#   role    embedding | hidden | expert-down | router | vector (bias or norm gain in a block) | qk-norm | final-norm | unembedding | tied-embedding
#   type    modules of one type share their factors: fewer types, fewer dimensions to search
#   branch  the submodule of the block whose output is added to the residual stream, and gets the multiplier
#   scalesStream  whether doubling the weight doubles what its branch (or the embedding) adds to the residual stream: not so queries and keys
#   initStd as measured; left out where the initial values are constant
"""
EMBEDDINGS = (nn.Embedding, nn.EmbeddingBag)
CONTAINERS = (nn.Module, nn.Sequential, nn.ModuleList, nn.ModuleDict)
UNEMBEDDING = re.compile(r"(^|[._])(lm_)?(head|unemb\w*|logits|classifier|router)([._]|$)")
QK_NORM = re.compile(r"(^|[._])(q|k|qk|query|key)_?(norm|ln|layernorm)|(norm|ln)_?(q|k|qk)([._]|$)")
SCORES = re.compile(r"(^|[._])(w?[qk]|qkv|query|key|c_attn|in_proj)(_proj|_lin|_weight)?([._]|$)")
# Layers that stand directly in a block: the inner ones of a branch, and the one whose output leaves it.
BRANCHES = [("[qkv]|qkv|w[qkv]|query|key|value|c_attn", "o|out|wo|proj"), ("up|gate|fc1|linear1|w1|w3|c_fc", "down|fc2|linear2|w2")]


def _block(model, name):
    """(path, index, rest of the name) of the outermost list of like, composite submodules around a parameter, or None."""
    parts = name.split(".")
    for i, part in enumerate(parts):
        path = ".".join(parts[:i])
        if part.isdigit() and isinstance(model.get_submodule(path), (nn.ModuleList, nn.Sequential)):
            children = list(model.get_submodule(path).children())
            if len({type(c) for c in children}) == 1 and list(children[0].children()):
                return f"{path}.{part}".lstrip("."), int(part), ".".join(parts[i + 1 :])
    return None


def _bare(owner):
    """Whether its own parameters are of no layer of torch's, so that no layer says which side of them is the input."""
    return not any(c.__module__.split(".")[0] == "torch" and c not in CONTAINERS for c in type(owner).__mro__)


def _stacks(model, larger):
    """The names of the matrices of several experts in one tensor, (experts, in, out). The heads of an attention are none, of which a wider model has more."""
    return {
        n
        for n, p in model.named_parameters()
        if p.dim() == 3 and _bare(model.get_submodule(n.rpartition(".")[0])) and _block(model, n) and (n not in larger or larger[n].shape[0] == p.shape[0])
    }


def _is_matrix(name, p, stacks):
    """Not so the biases of several experts in one tensor, (experts, out)."""
    return p.dim() > 1 and not (p.dim() == 2 and name.endswith("bias") and any(s.rpartition(".")[0] == name.rpartition(".")[0] for s in stacks))


def _fans(model, name, p, stacks):
    owner = model.get_submodule(name.rpartition(".")[0])
    bare = _bare(owner) and not _block(model, name)  # such as positions (1, T, d)
    if p.dim() < 2:
        return 1, p.numel()
    if not _is_matrix(name, p, stacks):
        return 1, p.shape[1]
    if name in stacks:
        return p.shape[1], p.shape[2]
    if isinstance(owner, EMBEDDINGS) or type(owner).__name__ == "Conv1D" or bare:  # (in, out)
        return p.numel() // p.shape[-1], p.shape[-1]
    if getattr(owner, "transposed", False):  # (in, out / groups, kernel)
        return p.numel() // (p.shape[1] * owner.groups), p.shape[1] * owner.groups
    return p.numel() // p.shape[0], p.shape[0]  # (out, in, kernel)


def _alike(module):
    """Whether it is a list of submodules of one class and shape, such as experts."""
    children = list(module.children()) if isinstance(module, nn.ModuleList) else []
    return len({(type(c), str([(n, p.shape) for n, p in c.named_parameters()])) for c in children}) == 1 and len(children) > 1


def _expert(model, path, rest):
    """(the parameter's name in its block without its number in a list of like submodules, whether it is the last matrix of such an expert)"""
    parts = rest.split(".")
    for i in range(1, len(parts)):
        above, listing = model.get_submodule(".".join([path] + parts[: i - 1])), model.get_submodule(".".join([path] + parts[:i]))
        if parts[i].isdigit() and _alike(listing):
            expert, name = listing.get_submodule(parts[i]), ".".join(parts[i + 1 :])
            if list(expert.children()):
                last = name in [n for n, p in expert.named_parameters() if p.dim() > 1][-1:]
            else:  # one list a layer
                last = listing in [c for c in above.children() if _alike(c) and any(p.dim() > 1 for p in c.parameters())][-1:]
            return ".".join(parts[:i] + parts[i + 1 :]), last
    return rest, False


def _branch(model, path, rest):
    block, first = model.get_submodule(path), rest.split(".")[0]
    if any(name == first and (list(child.children()) or any(p.dim() > 2 for p in child.parameters()) and _bare(child)) for name, child in block.named_children()):
        return first
    for inner, outer in BRANCHES:
        for child, _ in block.named_children():
            if re.fullmatch(f"({outer})(_proj)?", child) and re.fullmatch(f"({inner}|{outer})(_proj)?", first):
                return child
    return None


def modules(model, wider=None):
    """The parameters that are trained, as a list of dicts. Roles are guessed; `wider`, the same model of larger width, shows which fans grow."""
    paths = {}
    for name, p in model.named_parameters(remove_duplicate=False):
        paths.setdefault(p, []).append(name.rpartition(".")[0])
    trained = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    blocks = [i for i, (n, _) in enumerate(trained) if _block(model, n)]
    matrices = [i for i, (_, p) in enumerate(trained) if p.dim() > 1]
    start = blocks[0] if blocks else (matrices + [0, 0])[1]
    larger = dict(wider.named_parameters()) if wider else {}
    stacks = _stacks(model, larger)
    listed, downs = [], []
    for i, (name, p) in enumerate(trained):
        owner, block, fans, matrix = model.get_submodule(paths[p][0]), _block(model, name), _fans(model, name, p, stacks), _is_matrix(name, p, stacks)
        shared = paths[p] if len(set(paths[p])) > 1 and not block else []
        if any(isinstance(model.get_submodule(o), EMBEDDINGS) or UNEMBEDDING.search(o) for o in shared):
            role = "tied-embedding"
        elif isinstance(owner, EMBEDDINGS) or (i < start and not UNEMBEDDING.search(name)):
            role = "embedding"
        elif UNEMBEDDING.search(name) or (matrix and i == matrices[-1] and not block):
            role = "unembedding"
        elif matrix:
            role = "hidden"
        elif block or i < matrices[-1] and not blocks:
            role = "qk-norm" if QK_NORM.search(name) else "vector"
        else:  # a bias goes with its layer
            role = "unembedding" if isinstance(owner, nn.Linear) else "final-norm"
        if name in larger and role != "tied-embedding":
            grows = tuple(b > a for a, b in zip(fans, _fans(wider, name, larger[name], stacks)))
            if matrix:
                role = {(True, True): "hidden", (False, True): "embedding", (True, False): "unembedding"}.get(grows, role)
            elif not grows[1]:
                role = "qk-norm" if block else "unembedding"
        if role == "unembedding" and block and matrix:
            role = "router"
        if role == "hidden" and name in stacks and name.rpartition(".")[2] == [n for n, _ in owner.named_parameters(recurse=False) if f"{paths[p][0]}.{n}" in stacks][-1]:
            role = "expert-down"
        inner, last = _expert(model, block[0], block[2]) if block else (name, False)
        kind = re.sub(r"(^|\.)weight$", "", inner) or name
        if block and not matrix:
            kind = {"qk-norm": "qk-norm", "vector": "block.bias" if name.endswith("bias") else "block.norm"}.get(role, kind)
        entry = {"name": name, "type": kind, "role": role, "fanIn": fans[0], "fanOut": fans[1]}
        if block:
            entry["block"] = block[1]
        if block and matrix and role != "router" and _branch(model, block[0], block[2]):
            entry["branch"] = _branch(model, block[0], block[2])
        if matrix and (role in ("embedding", "tied-embedding") if not block else "branch" in entry and not SCORES.search(kind)):
            entry["scalesStream"] = True
        std = p.detach().float().std(correction=0).item()
        if matrix and std > 0:
            entry["initStd"] = float(f"{std:.3g}")
        if last and role == "hidden":
            downs.append(entry)
        listed.append(entry)
    mixtures = {e["block"] for e in listed if e["role"] == "router"}
    for entry in downs:  # without a router a list of like submodules is none of experts
        if entry["block"] in mixtures:
            entry["role"] = "expert-down"
    return listed


class Settings:
    """The values of every module at one scale, by name, and that scale."""

    def __init__(self, data):
        self.width, self.depth, self.batch, self.tokens = (data["to"][k] for k in ("width", "depth", "batch", "tokens"))
        self.steps, self.seed = data["steps"], data.get("seed", 0)
        self.modules = {m["name"]: m for m in data["modules"]}


def load(path):
    with open(path, encoding="utf-8") as f:
        return Settings(json.load(f))


def _each(model, settings):
    """(name, parameter, values) of each parameter, once."""
    own = []
    for n, p in model.named_parameters():
        plain = n if n in settings.modules else n.replace("_orig_mod.", "").removeprefix("module.")  # torch.compile, DistributedDataParallel
        own += [(plain, n, p)] if p.requires_grad else []
    missing = [plain for plain, _, _ in own if plain not in settings.modules]
    unknown = settings.modules.keys() - {plain for plain, _, _ in own}
    if missing or unknown:
        raise ValueError(f"settings do not fit the model: none for its {missing}; it has no {sorted(unknown)}")
    return [(n, p, settings.modules[plain]) for plain, n, p in own]


def groups(model, settings, rule=None):
    """Parameter groups for torch.optim.AdamW; of those that a rule moves, where there are more than AdamW. Parameters of equal values share one."""
    if rule is None and rules(settings) != ["adamw"]:
        raise ValueError(f"settings are of the rules {rules(settings)}: ask for the groups of each, for an optimizer of its own")
    rule = rule or "adamw"
    merged = {}
    for name, p, s in _each(model, settings):
        if s.get("rule", "adamw") != rule:
            continue
        values = {"lr": s["learningRate"], "weight_decay": s["weightDecay"]}
        if "beta1" in s:
            values["betas"] = (s["beta1"], s["beta2"])
        for key, theirs in (("epsilon", "eps"), ("momentum", "momentum"), ("rho", "rho"), ("radius", "radius")):
            if key in s:
                values[theirs] = s[key]
        group = merged.setdefault(tuple(values.items()), {"params": [], "names": []})
        group["params"].append(p)
        group["names"].append(name)
    return [dict(g, **dict(values)) for values, g in merged.items()]


def rules(settings):
    """What moves the parameters: ["adamw"], or such as ["adamw", "muon-rms"], each of which needs an optimizer of its own."""
    return sorted({s.get("rule", "adamw") for s in settings.modules.values()})


@torch.no_grad()
def apply_init(model, settings):
    """Rescales each matrix to its initial standard deviation; vectors, and matrices whose value is 0, stay as they are."""
    for _, p, s in _each(model, settings):
        if p.dim() > 1 and s["initStd"] > 0:
            std = p.float().std(correction=0).item()
            p.mul_(s["initStd"] / std) if std > 0 else p.normal_(0, s["initStd"])


def apply_multipliers(model, settings, by_hand=()):
    """Multiplies the output of each branch, and what the logits are computed from (so not their bias), by hooks; except for the parameters `by_hand`, for which your code does."""
    factors, branches = {}, set()
    for name, p, s in _each(model, settings):
        block, factor = _block(model, name), s["multiplier"]
        logits = s["role"] in ("unembedding", "tied-embedding", "router")
        if name in by_hand or "branch" not in s and (factor == 1 or p.dim() < 2):
            continue
        if "branch" in s:
            path = f"{block[0]}.{s['branch']}" if block else s["branch"]
            branches.add(path)
            if isinstance(model.get_submodule(path), nn.ModuleList):
                raise ValueError(f"{name}: branch {path} is a list, which has no output; name the submodule that has")
        else:
            owners = [n.rpartition(".")[0] for n, q in model.named_parameters(remove_duplicate=False) if q is p and logits]
            path = next((o for o in owners if not isinstance(model.get_submodule(o), EMBEDDINGS)), None)
            if path is None:
                where = "the logits" if logits else "its residual branch (or name that in the modules file)"
                raise ValueError(f"{name}: no submodule to multiply; multiply {where} by {factor} in your code and pass by_hand=['{name}']")
        if factors.setdefault(path, factor) != factor:
            raise ValueError(f"{name}: {path} has the multipliers {factors[path]} and {factor}")
    for path, factor in factors.items():

        def scale(values, factor=factor):
            return (values[0] * factor, *values[1:]) if isinstance(values, tuple) else values * factor

        module = model.get_submodule(path)
        if isinstance(module, nn.Linear) and path not in branches:
            module.register_forward_pre_hook(lambda _module, inputs, scale=scale: scale(inputs))
        else:
            module.register_forward_hook(lambda _module, _inputs, out, scale=scale: scale(out))


def _say(**values):
    print(json.dumps(values), flush=True)
    return math.isfinite(values["loss"])


def report(step, loss):
    """Says a loss on the way, at a step counted from 1. False where it is not finite, so that training may stop."""
    return _say(step=int(step), loss=float(loss))


def result(loss):
    """Says the loss of the whole training, which is minimized."""
    return _say(loss=float(loss))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Lists a model's parameters as a modules file.")
    parser.add_argument("action", choices=["modules"])
    parser.add_argument("model", help="module:function, called as function(width, depth)")
    parser.add_argument("--width", type=int, required=True)
    parser.add_argument("--depth", type=int, required=True)
    args = parser.parse_args()
    sys.path.insert(0, os.getcwd())
    build = getattr(importlib.import_module(args.model.partition(":")[0]), args.model.partition(":")[2] or "build")
    torch.manual_seed(0)
    found = modules(build(args.width, args.depth), build(2 * args.width, args.depth))
    print(HEADER.format(len(found), args.model, args.width, args.depth), end="")
    for entry in found:
        print("- {" + ", ".join(f"{k}: {str(v).lower() if v is True else v}" for k, v in entry.items()) + "}")
        if entry.get("block") == 0 and entry["role"] == "hidden" and "branch" not in entry:
            print(f"{entry['name']}: no branch guessed, so no residual multiplier", file=sys.stderr)
    if not any("block" in entry for entry in found):
        print("no blocks found: name them by hand, or settings cannot follow the depth", file=sys.stderr)
