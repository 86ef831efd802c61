"""Writes layers.safetensors: modules of torch.nn with random weights, an input and the output of each.

For module NAME: NAME.KEY for its state dict, NAME:x0, NAME:x1 for its inputs, NAME:y for its output.
Run with PyTorch and NumPy, in this folder: python3 layers.py
"""

import json
import struct

import torch
from torch import nn

torch.manual_seed(0)
tensors = {}


def randomise(module):
    for name, value in list(module.named_parameters()) + list(module.named_buffers()):
        with torch.no_grad():
            if "running_var" in name:
                value.copy_(torch.rand_like(value) + 0.5)
            elif "num_batches" in name:
                value.fill_(7)
            else:
                value.copy_(value + 0.3 * torch.randn_like(value))


def add(name, module, *inputs):
    randomise(module)
    module.eval()
    output = module(*inputs)
    tensors.update({f"{name}.{key}": value for key, value in module.state_dict().items()})
    tensors.update({f"{name}:x{i}": value for i, value in enumerate(inputs)})
    tensors[f"{name}:y"] = output


class Attention(nn.Module):
    """MultiheadAttention of tokens to themselves or to a context, without the weights it also returns."""

    def __init__(self, causal=False, **options):
        super().__init__()
        self.attention = nn.MultiheadAttention(8, 2, batch_first=True, **options)
        self.causal = causal

    def forward(self, x, context=None):
        context = x if context is None else context
        later = torch.triu(torch.ones(x.shape[1], x.shape[1], dtype=torch.bool), 1)
        return self.attention(x, context, context, attn_mask=later if self.causal else None)[0]

    def state_dict(self):
        return self.attention.state_dict()


def save(path):
    header, data = {"__metadata__": {"torch": torch.__version__}}, b""
    for name, value in tensors.items():
        value = value.detach()
        bytes_ = value.numpy().tobytes()
        header[name] = {
            "dtype": {torch.float32: "F32", torch.int64: "I64"}[value.dtype],
            "shape": list(value.shape),
            "data_offsets": [len(data), len(data) + len(bytes_)],
        }
        data += bytes_
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


add("linear", nn.Linear(5, 3), torch.randn(2, 5))
add("linearNoBias", nn.Linear(5, 3, bias=False), torch.randn(2, 4, 5))
add("conv1d", nn.Conv1d(4, 6, 3, stride=2, padding=1, dilation=2, groups=2), torch.randn(2, 4, 11))
add("conv2d", nn.Conv2d(3, 4, (3, 5), stride=(1, 2), padding=(1, 2)), torch.randn(2, 3, 7, 9))
add("conv3d", nn.Conv3d(2, 4, 3, padding=1), torch.randn(2, 2, 4, 5, 6))
add("depthwise", nn.Conv2d(4, 8, 3, padding=1, groups=4), torch.randn(2, 4, 5, 5))
add("depthwiseSame", nn.Conv2d(4, 4, 3, padding=1, groups=4), torch.randn(2, 4, 5, 5))
add("convTranspose1d", nn.ConvTranspose1d(4, 6, 3, stride=2, padding=1, output_padding=1, groups=2), torch.randn(2, 4, 5))
add("convTranspose2d", nn.ConvTranspose2d(4, 6, (3, 2), stride=(2, 3), padding=(1, 0), dilation=(2, 1)), torch.randn(2, 4, 5, 4))
add("convTranspose3d", nn.ConvTranspose3d(2, 3, 2, stride=2), torch.randn(2, 2, 3, 3, 3))
add("batchNorm1d", nn.BatchNorm1d(4), torch.randn(3, 4))
add("batchNorm2d", nn.BatchNorm2d(4, eps=1e-3), torch.randn(3, 4, 3, 3))
add("batchNorm3d", nn.BatchNorm3d(4, affine=False), torch.randn(3, 4, 2, 3, 3))
add("layerNorm", nn.LayerNorm(6), torch.randn(3, 4, 6))
add("groupNorm", nn.GroupNorm(2, 6), torch.randn(3, 6, 4, 4))
add("instanceNorm", nn.InstanceNorm2d(4, affine=True), torch.randn(3, 4, 3, 3))
add("embedding", nn.Embedding(7, 3), torch.tensor([[0, 1, 6], [2, 2, 5]]))
add("attention", Attention(), torch.randn(2, 5, 8))
add("attentionNoBias", Attention(bias=False), torch.randn(2, 5, 8))
add("attentionContext", Attention(), torch.randn(2, 5, 8), torch.randn(2, 3, 8))
add("attentionKdim", Attention(kdim=6, vdim=6), torch.randn(2, 5, 8), torch.randn(2, 3, 6))
add("attentionCausal", Attention(causal=True), torch.randn(2, 5, 8))
add("block", nn.Sequential(nn.Conv2d(3, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 4, 1), nn.GELU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3)), torch.randn(2, 3, 8, 8))

functions = {
    "relu": nn.ReLU(),
    "gelu": nn.GELU(),
    "geluTanh": nn.GELU("tanh"),
    "silu": nn.SiLU(),
    "mish": nn.Mish(),
    "elu": nn.ELU(),
    "leakyRelu": nn.LeakyReLU(),
    "sigmoid": nn.Sigmoid(),
    "tanh": nn.Tanh(),
    "softplus": nn.Softplus(),
    "hardSwish": nn.Hardswish(),
    "softmax": nn.Softmax(-1),
    "maxPool": nn.MaxPool2d(3, 2, 1),
    "avgPool": nn.AvgPool2d(3, 2, 1),
    "adaptiveAvgPool": nn.AdaptiveAvgPool2d((3, 2)),
    "maxPoolDefault": nn.MaxPool2d(3),
    "avgPoolDefault": nn.AvgPool2d(2),
    "maxPool1d": nn.MaxPool1d(2),
    "avgPool1d": nn.AvgPool1d(2),
}
for name, module in functions.items():
    add(name, module, 3 * torch.randn((2, 3, 7) if "1d" in name else (2, 3, 7, 7)))

save("layers.safetensors")
