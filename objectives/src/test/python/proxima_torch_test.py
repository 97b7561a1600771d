"""Tests of examples/pytorch/proxima_torch.py: python proxima_torch_test.py DIRECTORY. One line a test: `ok NAME` or `failed NAME: WHY`."""
import contextlib
import io
import json
import sys
import traceback

try:
    import torch
except ImportError:
    print("no torch")
    sys.exit(0)
from torch import nn

sys.path.insert(0, sys.argv[1])
import proxima_torch
import train


class Encoder(nn.Module):
    """Torch's own layers: fused projections, biases, an unembedding that is tied or not, positions as a bare parameter."""

    def __init__(self, width, depth, tied):
        super().__init__()
        self.positions = nn.Parameter(torch.randn(1, 16, width) * 0.02)
        self.tokens = nn.Embedding(50, width)
        layer = nn.TransformerEncoderLayer(width, width // 16, 4 * width, dropout=0, batch_first=True, norm_first=True)
        self.encoder = nn.TransformerEncoder(layer, depth, norm=nn.LayerNorm(width), enable_nested_tensor=False)
        self.out = nn.Linear(width, 50)
        if tied:
            self.out.weight = self.tokens.weight

    def forward(self, x):
        return self.out(self.encoder(self.tokens(x) + self.positions[:, : x.shape[1]]))


class Direct(nn.Module):
    """A block whose layers stand directly in it, with names of their own."""

    def __init__(self, width):
        super().__init__()
        self.q_proj, self.k_proj, self.v_proj, self.o_proj = (nn.Linear(width, width) for _ in range(4))
        self.q_norm = nn.RMSNorm(16)
        self.gate_proj, self.down_proj = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.router = nn.Linear(width, 4)


class Headed(nn.Module):
    """The unembedding is registered first."""

    def __init__(self, width, depth):
        super().__init__()
        self.lm_head = nn.Linear(width, 50, bias=False)
        self.embed_tokens = nn.Embedding(50, width)
        self.layers = nn.ModuleList(Direct(width) for _ in range(depth))
        self.norm = nn.RMSNorm(width)


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.bn, self.conv1, self.conv2 = nn.BatchNorm2d(width), nn.Conv2d(width, width, 3), nn.Conv2d(width, width, 3)


class Stacked(nn.Module):
    """A mixture whose experts lie in one tensor for each of their layers, (experts, in, out)."""

    def __init__(self, width):
        super().__init__()
        self.up, self.up_bias = nn.Parameter(torch.randn(4, width, 2 * width) / width**0.5), nn.Parameter(torch.zeros(4, 2 * width))
        self.down = nn.Parameter(torch.randn(4, 2 * width, width) / (2 * width) ** 0.5)


class Heads(nn.Module):
    """An attention whose heads lie in one tensor, (heads, in, out)."""

    def __init__(self, width):
        super().__init__()
        self.norm, self.values = nn.RMSNorm(width), nn.Parameter(torch.randn(width // 16, width, 16))


class Mixed(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm, self.router, self.heads, self.experts = nn.RMSNorm(width), nn.Linear(width, 4), Heads(width), Stacked(width)


class Expert(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.up, self.down = nn.Linear(width, 2 * width, bias=False), nn.Linear(2 * width, width)


class Listed(nn.Module):
    """A mixture whose experts are a list, beside one whose layers are."""

    def __init__(self, width):
        super().__init__()
        self.router = nn.Linear(width, 3)
        self.experts = nn.ModuleList(Expert(width) for _ in range(3))
        self.more = nn.Module()
        self.more.ups = nn.ModuleList(nn.Linear(width, 2 * width) for _ in range(3))
        self.more.downs = nn.ModuleList(nn.Linear(2 * width, width) for _ in range(3))
        self.more.norms = nn.ModuleList(nn.RMSNorm(width) for _ in range(3))
        self.layers = nn.Sequential(nn.Linear(width, width), nn.Linear(width, width))


class Routed(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm, self.moe = nn.RMSNorm(width), Listed(width)


class Nested(nn.Module):
    """Like layers one after another, without a router."""

    def __init__(self, width):
        super().__init__()
        self.norm, self.layers = nn.RMSNorm(width), nn.ModuleList(Expert(width) for _ in range(2))


def mixture(block, width, depth):
    model = nn.Module()
    model.embed, model.blocks = nn.Embedding(50, width), nn.ModuleList(block(width) for _ in range(depth))
    model.norm, model.head = nn.RMSNorm(width), nn.Linear(width, 50, bias=False)
    return model


def convolutions(width):
    return nn.Sequential(nn.Conv2d(3, width, 3), nn.Sequential(*(Residual(width) for _ in range(2))), nn.Linear(width, 10))


def roles(listed):
    return {e["name"]: e["role"] for e in listed}


def settings(model, **changes):
    """Settings by hand: changes[hyperparameter](entry) where given."""
    plain = dict(learningRate=0.01, weightDecay=0.1, beta1=0.9, beta2=0.95, epsilon=1e-8, initStd=0.0, multiplier=1.0)
    entries = [{**plain, **e, "initStd": 0.0} for e in proxima_torch.modules(model)]
    for e in entries:
        e.update({k: f(e) for k, f in changes.items()})
    return proxima_torch.Settings(dict(to=dict(width=64, depth=2, batch=1024, tokens=2048), steps=2, modules=entries))


def raises(text, f):
    try:
        f()
    except ValueError as e:
        assert text in str(e), e
    else:
        raise AssertionError("no ValueError with " + text)


def test_every_parameter_of_the_example_is_listed_with_its_role():
    model = train.build(64, 2)
    listed = proxima_torch.modules(model)
    assert [e["name"] for e in listed] == [n for n, _ in model.named_parameters()]
    block = {
        "attn_norm": "vector", "attn.q": "hidden", "attn.k": "hidden", "attn.v": "hidden", "attn.o": "hidden", "attn.q_norm": "qk-norm",
        "attn.k_norm": "qk-norm", "mlp_norm": "vector", "mlp.up": "hidden", "mlp.down": "hidden",
    }
    expected = {"embed.weight": "embedding", "norm.weight": "final-norm", "head.weight": "unembedding"}
    expected |= {f"blocks.{b}.{n}.weight": role for b in range(2) for n, role in block.items()}
    assert roles(listed) == expected, roles(listed)
    assert roles(proxima_torch.modules(model, train.build(128, 2))) == expected
    by_name = {e["name"]: e for e in listed}
    up = by_name["blocks.1.mlp.up.weight"]
    assert (up["fanIn"], up["fanOut"], up["block"], up["branch"], up["type"]) == (64, 256, 1, "mlp", "mlp.up"), up
    assert abs(up["initStd"] - 1 / 8) < 0.005  # 16,384 draws: 0.125 / sqrt(2 * 16384) = 0.0007
    embed = by_name["embed.weight"]
    assert (embed["fanIn"], embed["fanOut"]) == (41, 64) and "block" not in embed and "branch" not in embed, embed
    assert (by_name["norm.weight"]["fanIn"], by_name["norm.weight"]["fanOut"]) == (1, 64) and "initStd" not in by_name["norm.weight"]


def test_types_agree_in_role_and_branch():
    for model in (train.build(32, 2), Encoder(32, 2, True), Encoder(32, 2, False), Headed(32, 2), convolutions(32), mixture(Mixed, 32, 2), mixture(Routed, 32, 2)):
        types = {}
        for e in proxima_torch.modules(model):
            assert types.setdefault(e["type"], (e["role"], e.get("branch"))) == (e["role"], e.get("branch")), e


def test_torch_layers_are_understood():
    listed = proxima_torch.modules(Encoder(64, 2, False))
    by_name = {e["name"]: e for e in listed}
    fused = by_name["encoder.layers.1.self_attn.in_proj_weight"]
    assert (fused["role"], fused["fanIn"], fused["fanOut"], fused["branch"], fused["block"]) == ("hidden", 64, 192, "self_attn", 1), fused
    assert by_name["encoder.layers.0.linear1.weight"]["branch"] == by_name["encoder.layers.0.linear2.weight"]["branch"] == "linear2"
    assert (by_name["positions"]["role"], by_name["positions"]["fanIn"], by_name["positions"]["fanOut"]) == ("embedding", 16, 64)
    outer = {n: r for n, r in roles(listed).items() if ".layers." not in n}
    assert outer == {
        "positions": "embedding", "tokens.weight": "embedding", "encoder.norm.weight": "final-norm", "encoder.norm.bias": "final-norm",
        "out.weight": "unembedding", "out.bias": "unembedding",
    }, outer
    assert all(r == ("hidden" if "weight" in n and "norm" not in n else "vector") for n, r in roles(listed).items() if ".layers." in n)


def test_a_tied_weight_is_listed_once():
    listed = proxima_torch.modules(Encoder(64, 2, True))
    assert [e["name"] for e in listed if e["role"] == "tied-embedding"] == ["tokens.weight"]
    assert not any(e["name"] == "out.weight" for e in listed)


def test_layers_in_the_block_and_a_head_in_front_are_understood():
    for wider in (None, Headed(64, 2)):
        listed = {e["name"]: e for e in proxima_torch.modules(Headed(32, 2), wider)}
        assert listed["lm_head.weight"]["role"] == "unembedding" and listed["embed_tokens.weight"]["role"] == "embedding"
        assert listed["norm.weight"]["role"] == "final-norm" and listed["layers.0.q_norm.weight"]["role"] == "qk-norm"
        assert listed["layers.0.router.weight"]["role"] == "router" and "branch" not in listed["layers.0.router.weight"]
        assert listed["layers.0.q_proj.weight"]["branch"] == listed["layers.0.o_proj.weight"]["branch"] == "o_proj"
        assert listed["layers.1.gate_proj.weight"]["branch"] == "down_proj"


def test_convolutions_are_understood():
    listed = {e["name"]: e for e in proxima_torch.modules(convolutions(32))}
    assert (listed["0.weight"]["role"], listed["0.weight"]["fanIn"], listed["0.weight"]["fanOut"]) == ("embedding", 27, 32)
    assert (listed["1.1.conv1.weight"]["role"], listed["1.1.conv1.weight"]["fanIn"], listed["1.1.conv1.weight"]["block"]) == ("hidden", 288, 1)
    assert listed["1.0.bn.bias"]["role"] == "vector" and listed["2.weight"]["role"] == listed["2.bias"]["role"] == "unembedding"


def test_experts_in_one_tensor_are_as_one_of_them():
    for wider in (None, mixture(Mixed, 64, 2)):
        listed = {e["name"]: e for e in proxima_torch.modules(mixture(Mixed, 32, 2), wider)}
        up, down, bias = (listed[f"blocks.1.experts.{n}"] for n in ("up", "down", "up_bias"))
        assert (up["role"], up["fanIn"], up["fanOut"], up["branch"], up["type"]) == ("hidden", 32, 64, "experts", "experts.up"), up
        assert (down["role"], down["fanIn"], down["fanOut"], down["branch"]) == ("expert-down", 64, 32, "experts"), down
        assert (bias["role"], bias["fanIn"], bias["fanOut"]) == ("vector", 1, 64) and "branch" not in bias, bias
    heads = listed["blocks.0.heads.values"]
    assert (heads["role"], heads["fanIn"] * heads["fanOut"]) == ("hidden", 2 * 32 * 16), heads


def test_experts_in_a_list_are_of_one_type():
    listed = [e for e in proxima_torch.modules(mixture(Routed, 32, 2), mixture(Routed, 64, 2)) if e.get("block") == 1]
    kinds = {}
    for e in listed:
        kinds.setdefault((e["type"], e["role"]), []).append(e["name"].removeprefix("blocks.1.moe."))
    assert kinds[("moe.experts.up", "hidden")] == [f"experts.{i}.up.weight" for i in range(3)], kinds
    assert kinds[("moe.experts.down", "expert-down")] == [f"experts.{i}.down.weight" for i in range(3)], kinds
    assert len(kinds[("moe.more.ups", "hidden")]) == len(kinds[("moe.more.downs", "expert-down")]) == 3, kinds
    assert ("moe.layers.0", "hidden") in kinds and ("moe.layers.1", "hidden") in kinds, kinds
    assert all(e["branch"] == "moe" for e in listed if e["role"] in ("hidden", "expert-down"))


def test_a_list_of_like_layers_without_a_router_is_none_of_experts():
    listed = [e for e in proxima_torch.modules(mixture(Nested, 32, 2)) if e["role"] in ("hidden", "expert-down")]
    assert {(e["type"], e["role"]) for e in listed} == {("layers.up", "hidden"), ("layers.down", "hidden")}, listed


def test_a_layer_made_of_one_of_torchs_lists_its_outputs_first():
    class Output(nn.Linear):
        pass

    def outputs(width):
        return nn.Sequential(nn.Embedding(50, width), Output(width, 7))

    listed = {e["name"]: e for e in proxima_torch.modules(outputs(32), outputs(64))}
    assert (listed["1.weight"]["role"], listed["1.weight"]["fanIn"], listed["1.weight"]["fanOut"]) == ("unembedding", 32, 7), listed["1.weight"]


def test_growth_corrects_what_names_hide():
    def mlp(width):
        return nn.Sequential(nn.Linear(20, width), nn.Linear(width, width), nn.LayerNorm(width), nn.Linear(width, 3), nn.Linear(3, 3))

    listed = roles(proxima_torch.modules(mlp(32), mlp(64)))
    assert (listed["0.weight"], listed["1.weight"], listed["3.weight"], listed["3.bias"]) == ("embedding", "hidden", "unembedding", "unembedding"), listed


def test_groups_hold_every_parameter_once_with_its_values():
    for model in (train.build(32, 2), Encoder(32, 2, True)):
        rates = {n: 10.0**-i for i, n in enumerate(dict(model.named_parameters()))}
        s = settings(model, learningRate=lambda e: rates[e["name"]], weightDecay=lambda e: 0.0 if e["fanIn"] == 1 else 0.2)
        optimizer = torch.optim.AdamW(proxima_torch.groups(model, s))
        seen = [p for g in optimizer.param_groups for p in g["params"]]
        assert sorted(map(id, seen)) == sorted(id(p) for p in model.parameters())
        for g in optimizer.param_groups:
            for name, p in zip(g["names"], g["params"], strict=True):
                assert p is model.get_parameter(name) and g["lr"] == rates[name] and g["betas"] == (0.9, 0.95) and g["eps"] == 1e-8
                assert g["weight_decay"] == (0.0 if p.dim() < 2 else 0.2)
    assert len(proxima_torch.groups(model, settings(model))) == 1


def test_each_rule_has_groups_of_its_own():
    model = train.build(32, 2)
    s = settings(model)
    hidden = [n for n, m in s.modules.items() if m["role"] == "hidden"]
    for name in hidden:
        m = s.modules[name]
        s.modules[name] = {k: v for k, v in m.items() if k not in ("beta1", "beta2", "epsilon")} | {"rule": "muon-rms", "momentum": 0.9, "learningRate": 0.01}
    assert proxima_torch.rules(s) == ["adamw", "muon-rms"]
    raises("settings are of the rules ['adamw', 'muon-rms']", lambda: proxima_torch.groups(model, s))
    muon = proxima_torch.groups(model, s, "muon-rms")
    assert sorted(n for g in muon for n in g["names"]) == sorted(hidden) and all(g["momentum"] == 0.9 and g["lr"] == 0.01 and "betas" not in g for g in muon)
    rest = proxima_torch.groups(model, s, "adamw")
    assert {n for g in rest for n in g["names"]} == {n for n, _ in model.named_parameters()} - set(hidden)
    if hasattr(torch.optim, "Muon"):  # from torch 2.9 on; it moves no parameter but once
        optimizer = torch.optim.Muon([{k: v for k, v in g.items() if k != "names"} for g in muon], adjust_lr_fn="match_rms_adamw")
        assert sum(len(g["params"]) for g in optimizer.param_groups) == len(hidden)


def test_names_that_do_not_match_are_said():
    s = settings(train.build(32, 2))
    raises("none for its ['blocks.2.attn_norm.weight'", lambda: proxima_torch.groups(train.build(32, 3), s))
    raises("it has no ['blocks.1.attn.k.weight'", lambda: proxima_torch.groups(train.build(32, 1), s))


def test_wrappers_do_not_hide_names():
    for name in ("module", "_orig_mod"):
        wrapper = nn.Module()
        wrapper.add_module(name, train.build(32, 2))
        assert len(proxima_torch.groups(wrapper, settings(train.build(32, 2)))) == 1
        assert len(proxima_torch.groups(wrapper, settings(wrapper))) == 1


def test_frozen_parameters_need_no_settings():
    model = train.build(32, 2)
    s = settings(model)
    model.embed.weight.requires_grad_(False)
    del s.modules["embed.weight"]
    assert len(proxima_torch.groups(model, s)[0]["params"]) == len(list(model.parameters())) - 1


def test_frozen_parameters_are_not_listed():
    model = train.build(64, 2)
    first = next(n for n, _ in model.named_parameters())
    model.get_parameter(first).requires_grad_(False)
    listed = proxima_torch.modules(model)
    assert [m["name"] for m in listed] == [n for n, p in model.named_parameters() if p.requires_grad]
    assert first not in [m["name"] for m in listed]


def test_only_an_embedding_or_a_head_is_tied():
    block = Direct(16)
    shared = nn.Module()
    shared.embed, shared.layers, shared.norm = nn.Embedding(50, 16), nn.ModuleList([block] * 3), nn.RMSNorm(16)
    roles = {m["name"]: m["role"] for m in proxima_torch.modules(shared)}
    assert roles["layers.0.q_proj.weight"] == "hidden" and roles["layers.0.q_norm.weight"] == "qk-norm", roles
    assert "tied-embedding" not in roles.values()


def test_layers_that_list_their_inputs_first_are_understood():
    class Turned(nn.Module):
        def __init__(self, width):
            super().__init__()
            self.bag, self.mid, self.up = nn.EmbeddingBag(50, width), nn.ConvTranspose2d(width, 2 * width, 2, groups=4), nn.ConvTranspose2d(2 * width, 3, 2)

    listed = {m["name"]: m for m in proxima_torch.modules(Turned(16), Turned(32))}
    assert (listed["bag.weight"]["role"], listed["bag.weight"]["fanIn"], listed["bag.weight"]["fanOut"]) == ("embedding", 50, 16)
    assert (listed["mid.weight"]["role"], listed["mid.weight"]["fanIn"], listed["mid.weight"]["fanOut"]) == ("hidden", 16, 32)
    assert (listed["up.weight"]["role"], listed["up.weight"]["fanIn"], listed["up.weight"]["fanOut"]) == ("unembedding", 128, 3)


def test_init_rescales_matrices_and_keeps_what_has_no_value():
    model = train.build(32, 2)
    before = {n: p.detach().clone() for n, p in model.named_parameters()}
    nn.init.zeros_(model.blocks[1].mlp.down.weight)
    proxima_torch.apply_init(model, settings(model, initStd=lambda e: 0.0 if e["name"] == "head.weight" else 0.05))
    for name, p in model.named_parameters():
        if p.dim() < 2 or name == "head.weight":
            assert torch.equal(p, before[name]), name
        elif name == "blocks.1.mlp.down.weight":
            assert abs(p.std().item() - 0.05) < 0.005  # drawn anew, 4,096 draws
        else:
            assert abs(p.std(correction=0).item() - 0.05) < 1e-6, name
            assert torch.allclose(p / 0.05, before[name] / before[name].std(correction=0), atol=1e-4), name


def test_multipliers_scale_branches_and_logits():
    model, x = train.build(32, 2), torch.randint(0, 41, (2, 8))
    factors = {"attn": 0.5, "mlp": 3.0}
    s = settings(model, multiplier=lambda e: factors.get(e.get("branch"), 0.25 if e["role"] == "unembedding" else 1.0))
    with torch.no_grad():
        h = model.embed(x)
        for b in model.blocks:
            h = h + 0.5 * b.attn(b.attn_norm(h))
            h = h + 3.0 * b.mlp(b.mlp_norm(h))
        expected = 0.25 * model.head(model.norm(h))
        proxima_torch.apply_multipliers(model, s)
        assert torch.allclose(model(x), expected, atol=1e-6)


def test_multipliers_may_differ_from_block_to_block():
    model, x = train.build(32, 2), torch.randn(2, 8, 32)
    s = settings(model, multiplier=lambda e: 1.0 + e["block"] if "branch" in e else 1.0)
    with torch.no_grad():
        plain = [b.attn(x) for b in model.blocks]
        proxima_torch.apply_multipliers(model, s)
        assert all(torch.allclose(b.attn(x), (1 + i) * plain[i]) for i, b in enumerate(model.blocks))


def test_multipliers_reach_torch_layers_in_training_and_evaluation():
    model, x = Encoder(32, 1, True), torch.randint(0, 50, (2, 8))
    s = settings(model, multiplier=lambda e: 0.5 if "branch" in e else 0.25 if e["role"] == "tied-embedding" else 1.0)
    with torch.no_grad():
        layer, h = model.encoder.layers[0], model.tokens(x) + model.positions[:, :8]
        n = layer.norm1(h)
        h = h + 0.5 * layer.self_attn(n, n, n)[0]
        h = h + 0.5 * layer.linear2(torch.relu(layer.linear1(layer.norm2(h))))
        expected = model.out(0.25 * model.encoder.norm(h))  # its bias stays
        proxima_torch.apply_multipliers(model, s)
        assert torch.allclose(model.train()(x), expected, atol=1e-5)
        assert torch.allclose(model.eval()(x), expected, atol=1e-5)


def test_multipliers_that_cannot_be_applied_are_said():
    model = train.build(32, 2)
    s = settings(model, multiplier=lambda e: 2.0 if e["type"] == "attn.q" else 1.0)
    raises("blocks.0.attn has the multipliers 2.0 and 1.0", lambda: proxima_torch.apply_multipliers(model, s))
    s = settings(model, multiplier=lambda e: 0.5)
    del s.modules["blocks.1.attn.k.weight"]["branch"]
    raises("blocks.1.attn.k.weight: no submodule to multiply; multiply its residual branch", lambda: proxima_torch.apply_multipliers(model, s, by_hand=["embed.weight"]))
    tied = nn.Module()
    tied.embed = nn.Embedding(5, 8)
    s = proxima_torch.Settings(dict(to=dict(width=8, depth=1, batch=1, tokens=1), steps=1, modules=[dict(name="embed.weight", role="tied-embedding", multiplier=0.5)]))
    raises("multiply the logits by 0.5", lambda: proxima_torch.apply_multipliers(tied, s))
    proxima_torch.apply_multipliers(tied, s, by_hand=["embed.weight"])


def test_losses_are_json_lines():
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert proxima_torch.report(10, torch.tensor(2.5)) and proxima_torch.result(1.5) and not proxima_torch.report(20, float("nan"))
    lines = out.getvalue().splitlines()
    assert [json.loads(line) for line in lines[:2]] == [{"step": 10, "loss": 2.5}, {"loss": 1.5}] and lines[2] == '{"step": 20, "loss": NaN}'


torch.set_num_threads(1)
for name, test in [(n, t) for n, t in list(globals().items()) if n.startswith("test_")]:
    torch.manual_seed(0)
    try:
        test()
        print("ok", name)
    except Exception as e:
        print("failed", name + ":", traceback.format_exc().replace("\n", " | "))
