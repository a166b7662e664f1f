"""A small net learns what is in boxes (see `seeing.py`): needs torch and onnx, and nothing of Cordée.

python benchmarks/scans/nets.py FOLDER PART MINUTES [BEGIN]: a net is shown nothing of the set `passers-by` until three
fifths of its time are over. Then it says how well it reads that, and is shown all. It goes on from a net (.onnx) that
is there already, if one is named. Files that come while it learns are seen from the next time on.
"""

import importlib
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np

EYES: Final = Path(__file__).parents[2] / "src/cordee/scans"
KINDS: Final = ("empty", "signed", "absent", "line")
_HELD: Final = "passers-by"
_HIGH, _WIDE = 64, 192
_WIDTHS: Final = (4, 12, 24, 40, 64, 96)
_HIDDEN: Final = 64
_KNOWN: Final = 2
"""Layers that see strokes and edges stay as they are where a net goes on from another: they take longest."""
_HALF: Final = "avx512_bf16" in Path("/proc/cpuinfo").read_text()
"""Numbers of half the length: twice as fast on processors that know them, many times slower on others."""
_BATCH: Final = 96
_FASTEST: Final = 4e-3
_DECAY, _DOUBT = 3e-2, 0.01
_BENT: Final = (0.03, 0.06)
"""By how much places are moved, on average at most: in parts of half the width, and of half the height."""
_WARM, _HELD_BACK = 0.05, 0.6
"""Parts of the time until it learns fastest, and in which one set is held back."""


@dataclass(eq=False)
class Boxes:
    """Boxes from many files, of which few are in memory, and the number of the kind of each."""

    files: list[Any]
    kinds: Any
    at: Any
    """Number of the file and of the box in it, for each."""
    held_back: Any

    def some(self, which: Any) -> Any:
        return np.stack([self.files[file][box] for file, box in self.at[which]])


def boxes_in(folder: Path) -> Boxes:
    """Return what `seeing.py` has kept."""
    files, kinds, held_back = [], [], []
    for path in sorted(folder.glob("strips-*.npy")):
        with np.load(path.with_name(path.stem.replace("strips", "truth") + ".npz")) as kept:
            kinds.append(kinds_of(kept["truth"]))
            held_back.append(kept["held"])
        files.append(np.load(path, mmap_mode="r"))
    for path in sorted(folder.glob("page-*.npz")):
        with np.load(path) as kept:
            for _ in range(2):  # whole pages are few, and count twice
                files.append(kept["crops"])
                kinds.append(kinds_of(kept["truth"]))
                held_back.append(np.full(len(kinds[-1]), _HELD in path.stem))
    at = [np.c_[np.full(len(these), number), np.arange(len(these))] for number, these in enumerate(kinds)]
    return Boxes(files, np.concatenate(kinds), np.concatenate(at), np.concatenate(held_back))


def kinds_of(truth: Any) -> Any:
    """Return the number of the kind of each box: signatures of all sorts are one."""
    return np.array([KINDS.index(what) if what in KINDS else 1 for what in truth])


def train(folder: Path, part: int, minutes: float, begin: Path | None = None) -> Any:
    """Show a net what there is for some minutes, and return it."""
    torch = importlib.import_module("torch")
    torch.set_num_threads(1)
    torch.manual_seed(part + 11)
    net = _net(torch.nn).to(memory_format=torch.channels_last)
    boxes = boxes_in(folder)
    if begin:
        _go_on(
            torch,
            net,
            begin,
            torch.from_numpy(boxes.some(np.arange(0, len(boxes.kinds), 97)[:600])).float() / 255,
        )
    pace = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=_DECAY)
    off = torch.nn.CrossEntropyLoss(label_smoothing=_DOUBT)
    chance, began, order, all_shown = np.random.default_rng(part), time.monotonic(), np.zeros(0, int), False
    fastest, lately = _FASTEST / (2 if begin else 1), 0.0
    while (done := (time.monotonic() - began) / minutes / 60) < 1:
        if done > _HELD_BACK and not all_shown:
            _say(torch, net, folder)
            all_shown, order = True, order[:0]
        if len(order) < _BATCH:
            boxes = boxes_in(folder)
            order = chance.permutation(len(boxes.kinds) if all_shown else np.flatnonzero(~boxes.held_back))
            print(f"{100 * done:.0f} % of the time, {len(order)} boxes, off by {lately:.3f}", flush=True)
        batch, order = order[:_BATCH], order[_BATCH:]
        for group in pace.param_groups:
            group["lr"] = fastest * min(1, done / _WARM + 0.02) * (0.5 + 0.5 * np.cos(np.pi * done))
        seen = changed(torch, torch.from_numpy(boxes.some(batch)).float() / 255)
        loss = off(_asked(torch, net, seen), torch.from_numpy(boxes.kinds[batch]))
        lately += (float(loss.detach()) - lately) / 200
        pace.zero_grad()
        loss.backward()
        pace.step()
    _say(torch, net, folder)
    return net.eval()


def _go_on(torch: Any, net: Any, path: Path, seen: Any) -> None:
    """Give a net the weights of one that was written, whose norms of batches are within them."""
    onnx, numbers = importlib.import_module("onnx"), importlib.import_module("onnx.numpy_helper")
    kept = {
        one.name: torch.from_numpy(numbers.to_array(one).copy()) for one in onnx.load(path).graph.initializer
    }
    convolved = 0
    with torch.no_grad():
        for layer in net:
            layer.requires_grad_(convolved >= _KNOWN)
            if hasattr(layer, "kernel_size") and hasattr(layer, "weight"):
                layer.weight.copy_(kept[f"conv{convolved}"])
            elif hasattr(layer, "in_features"):
                name = "second" if layer.out_features == len(KINDS) else "first"
                layer.weight.copy_(kept[name])
                layer.bias.copy_(kept[f"{name}_bias"])
            elif hasattr(layer, "running_mean"):
                layer.running_mean.copy_(seen.mean((0, 2, 3)))
                layer.running_var.copy_(seen.var((0, 2, 3)))
                layer.weight.copy_((layer.running_var + layer.eps).sqrt())
                layer.bias.copy_(kept[f"bias{convolved}"] + layer.running_mean)
                convolved += 1
            seen = layer.eval()(seen)
    net.train()


def _net(nn: Any) -> Any:
    layers = []
    for number, (some, more) in enumerate(pairwise(_WIDTHS)):
        size, step = (3, 1) if number else (5, 2)
        layers += [nn.Conv2d(some, more, size, step, size // 2, bias=False), nn.BatchNorm2d(more), nn.ReLU()]
        layers += [nn.MaxPool2d(2)] if number else []
    last = _WIDTHS[-1] * (_HIGH >> len(_WIDTHS) - 1) * (_WIDE >> len(_WIDTHS) - 1)
    return nn.Sequential(
        *layers, nn.Flatten(), nn.Dropout(0.3), nn.Linear(last, _HIDDEN), nn.ReLU(),
        nn.Dropout(0.2), nn.Linear(_HIDDEN, len(KINDS)),
    )  # fmt: skip


def _asked(torch: Any, net: Any, seen: Any) -> Any:
    with torch.autocast("cpu", torch.bfloat16, enabled=_HALF):
        return net(seen.to(memory_format=torch.channels_last)).float()


def changed(torch: Any, seen: Any) -> Any:
    """Return boxes as other pens, lights, machines and papers would have left them."""
    functional, count = torch.nn.functional, len(seen)

    def some(share: float) -> Any:
        return (torch.rand(count, 1, 1, 1) < share).float()

    def between(low: float, high: float) -> Any:
        return low + (high - low) * torch.rand(count, 1, 1, 1)

    ink, inside = seen[:, :3], seen[:, 3:]
    # what a neighbour leaves at the upper or lower edge
    other = ink[torch.randperm(count)]
    other = torch.stack([other[:, 0], torch.zeros_like(other[:, 1]), other[:, 1:].amax(1)], 1)
    edge = torch.zeros(1, 1, _HIGH, _WIDE)
    edge[:, :, :20] = 1
    edge = edge.flip(2) if torch.rand(1) < 0.5 else edge
    ink = torch.maximum(ink, other * edge * some(0.15))
    # ink that spreads or thins
    what = float(torch.rand(1))
    if what < 0.25:
        ink = torch.lerp(ink, functional.max_pool2d(ink, 3, 1, 1), some(0.8) * between(0.1, 1))
    elif what < 0.5:
        ink = torch.lerp(ink, -functional.max_pool2d(-ink, 3, 1, 1), some(0.8) * between(0.1, 0.8))
    # the page lies a bit off, a hand leans another way
    seen = _moved(torch, torch.cat([ink, inside], 1))
    if torch.rand(1) < 0.3:
        seen = torch.lerp(seen, functional.avg_pool2d(seen, 3, 1, 1), some(0.7) * between(0, 1))
    # darker or lighter ink, black and white alone, grain; whose it is, is not always known
    dark = torch.clamp(seen[:, :1] * between(0.65, 1.35), 0, 1) ** between(0.75, 1.3)
    dark = torch.lerp(dark, torch.sigmoid((dark - between(0.15, 0.45)) * 14), some(0.15))
    dark = dark + torch.randn_like(dark) * between(0, 0.05) + some(0.2) * between(0, 0.06)
    return torch.cat([dark.clamp(0, 1), seen[:, 1:3] * (1 - some(0.04)), seen[:, 3:]], 1)


def _moved(torch: Any, seen: Any) -> Any:
    count, functional = len(seen), torch.nn.functional
    turn, lean = (torch.rand(count) - 0.5) * 0.16, (torch.rand(count) - 0.5) * 0.5
    size = 1 + (torch.rand(count, 2) - 0.5) * 0.24
    matrix = torch.zeros(count, 2, 3)
    matrix[:, 0, 0], matrix[:, 1, 1] = size[:, 0], size[:, 1]
    matrix[:, 0, 1], matrix[:, 1, 0] = (lean + turn) / 3, -turn * 1.05
    matrix[:, :, 2] = (torch.rand(count, 2) - 0.5) * torch.tensor([0.08, 0.1])
    where = functional.affine_grid(matrix, seen.shape, align_corners=False)
    # and every hand forms its letters in its own way
    bent = torch.randn(count, 2, 5, 12) * torch.rand(count, 1, 1, 1) * torch.tensor(_BENT).view(1, 2, 1, 1)
    bent = functional.interpolate(bent, size=seen.shape[2:], mode="bilinear", align_corners=False)
    where = where + bent.permute(0, 2, 3, 1)
    return functional.grid_sample(seen, where, align_corners=False)


def _say(torch: Any, net: Any, folder: Path) -> None:
    net.eval()
    said, true = [], []
    for path in sorted(folder.glob(f"page-{_HELD}-*.npz")):
        with np.load(path) as kept, torch.no_grad():
            said.append(torch.softmax(_asked(torch, net, torch.from_numpy(kept["crops"]).float() / 255), 1))
            true.append(kinds_of(kept["truth"]) == 1)
    signed, truth = torch.cat(said)[:, 1].numpy(), np.concatenate(true)
    wrong, sure = (signed > 0.5) != truth, np.abs(signed - 0.5) > 0.45
    print(
        f"{_HELD}: {100 * (1 - wrong.mean()):.2f} % of {len(truth)} right, "
        f"{100 * sure.mean():.1f} % sure, {(wrong & sure).sum()} of them wrong",
        flush=True,
    )
    net.train()


def write(net: Any, path: Path) -> None:
    """Write a net, the norms of batches within the weights of the layers before, for `cv2.dnn` to read."""
    helper, numbers = (importlib.import_module(f"onnx.{name}") for name in ("helper", "numpy_helper"))
    nodes, weights, flow = [], [], "seen"
    for number, (layer, norm) in enumerate(
        zip(_of(net, "kernel_size", "weight"), _of(net, "running_mean"), strict=True)
    ):
        scale = norm.weight / (norm.running_var + norm.eps).sqrt()
        weights.append((f"conv{number}", layer.weight * scale[:, None, None, None]))
        weights.append((f"bias{number}", norm.bias - norm.running_mean * scale))
        nodes.append(
            helper.make_node(
                "Conv", [flow, f"conv{number}", f"bias{number}"], [f"weighed{number}"],
                strides=list(layer.stride), pads=list(layer.padding) * 2,
            )
        )  # fmt: skip
        nodes.append(helper.make_node("Relu", [f"weighed{number}"], [flow := f"seen{number}"]))
        if number:
            nodes.append(
                helper.make_node(
                    "MaxPool", [flow], [flow := f"less{number}"], kernel_shape=[2, 2], strides=[2, 2]
                )
            )
    nodes.append(helper.make_node("Flatten", [flow], [flow := "flat"]))
    for name, layer in zip(("first", "second"), _of(net, "in_features"), strict=True):
        weights += [(name, layer.weight), (f"{name}_bias", layer.bias)]
        nodes += [helper.make_node("Relu", [flow], [flow := "hidden"])] if name == "second" else []
        nodes.append(
            helper.make_node("Gemm", [flow, name, f"{name}_bias"], [flow := f"{name}_said"], transB=1)
        )
    nodes.append(helper.make_node("Softmax", [flow], ["said"], axis=1))
    kept = [numbers.from_array(value.detach().numpy(), name) for name, value in weights]
    ends = [
        [helper.make_tensor_value_info(name, 1, ["boxes", *shape])]
        for name, shape in (("seen", (4, _HIGH, _WIDE)), ("said", (len(KINDS),)))
    ]
    graph = helper.make_graph(nodes, "eye", *ends, kept)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    path.write_bytes(model.SerializeToString())


def _of(net: Any, *having: str) -> list[Any]:
    return [layer for layer in net if all(hasattr(layer, name) for name in having)]


if __name__ == "__main__":
    where, which, long, *begins = sys.argv[1:]
    begin = Path(begins[0]) if begins else None
    write(train(Path(where), int(which), float(long), begin), EYES / f"eye-{which}.onnx")
