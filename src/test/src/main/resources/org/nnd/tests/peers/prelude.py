import torch
import torch.nn.functional as F


def pad(x, low, high, interior, value):
    """Elements of a value around and between those of x; negative widths crop."""
    for axis, holes in enumerate(interior):
        if holes and x.shape[axis] > 0:
            shape = list(x.shape)
            shape[axis] = (shape[axis] - 1) * (holes + 1) + 1
            wide = x.new_full(shape, value)
            wide[(slice(None),) * axis + (slice(None, None, holes + 1),)] = x
            x = wide
    widths = []
    for axis in reversed(range(x.dim())):
        widths += [low[axis], high[axis]]
    return F.pad(x, widths, value=value) if any(widths) else x


def windows(x, combine, identity, size, stride, low, high, spread, dilation):
    """Reduces windows axis by axis: the slices that the elements of a window see, combined."""
    x = pad(x, low, high, [d - 1 for d in spread], identity)
    for axis, n in enumerate(size):
        if n == 1 and stride[axis] == 1:
            continue
        extent = x.shape[axis] - (n - 1) * dilation[axis]
        parts = [
            x[(slice(None),) * axis + (slice(i * dilation[axis], i * dilation[axis] + extent, stride[axis]),)]
            for i in range(n)
        ]
        x = parts[0]
        for part in parts[1:]:
            x = combine(x, part)
    return x


def gather(x, index, axis):
    """An index outside reads zero."""
    inside = (index >= 0) & (index < x.shape[axis])
    safe = torch.where(inside, index, torch.zeros_like(index))
    read = take(x, safe, axis)
    mask = inside.reshape(tuple(inside.shape) + (1,) * (x.dim() - axis - 1))
    return torch.where(mask, read, torch.zeros((), dtype=x.dtype))


def take(x, index, axis):
    shape = x.shape[:axis] + index.shape + x.shape[axis + 1 :]
    return x.index_select(axis, index.reshape(-1)).reshape(shape)


def rows(x, index, updates, axis, inside):
    """The indices and updates of a scatter-add, those outside left out."""
    flat = index.reshape(-1)
    updates = updates.reshape(x.shape[:axis] + flat.shape + x.shape[axis + 1 :])
    if not inside:
        keep = ((flat >= 0) & (flat < x.shape[axis])).nonzero().reshape(-1)
        flat, updates = flat[keep], updates.index_select(axis, keep)
    return flat, updates


def scatter(x, index, updates, axis, inside):
    flat, updates = rows(x, index, updates, axis, inside)
    return x.index_add(axis, flat, updates)


def order(x, axis, descending):
    """Stable, NaN last in either direction."""
    if x.is_floating_point():
        x = torch.where(torch.isnan(x), torch.full_like(x, float("-inf" if descending else "inf")), x)
    elif x.dtype == torch.bool:
        x = x.to(torch.uint8)
    return torch.sort(x, dim=axis, descending=descending, stable=True)[1].to(torch.int32)


def fft(x, inverse):
    z = torch.view_as_complex(x.contiguous())
    z = torch.fft.ifft(z, dim=-1, norm="forward") if inverse else torch.fft.fft(z, dim=-1)
    return torch.view_as_real(z)


def cumulative(x, function, axis, reverse):
    x = x.flip(axis) if reverse else x
    y = {
        "sum": lambda: torch.cumsum(x, axis, dtype=x.dtype),
        "product": lambda: torch.cumprod(x, axis, dtype=x.dtype),
        "max": lambda: torch.cummax(x, axis)[0],
        "min": lambda: torch.cummin(x, axis)[0],
    }[function]()
    return y.flip(axis) if reverse else y


def batch_norm(x, scale, shift, eps):
    """The output, the mean and the unbiased variance, by the kernel that F.batch_norm calls."""
    y, mean, inverse = torch.native_batch_norm(x, scale, shift, None, None, True, 0.0, eps)
    n = x.numel() // x.shape[1]
    mean, inverse = mean.detach(), inverse.detach()
    return y, mean, (inverse.reciprocal().square() - eps) * (n / max(n - 1, 1))


def channel_norm(x, scale, shift, eps):
    """Layer normalisation of the channels: of the last axis in channels-last order."""
    moved = x.permute(*([0] + list(range(2, x.dim())) + [1]))
    y = F.layer_norm(moved, scale.shape, scale, shift, eps)
    return y.permute(*([0, x.dim() - 1] + list(range(1, x.dim() - 1))))


def attention(q, k, v, mask, scale, causal):
    """Softmax(scale q k^T + mask) v; rows without a key give zeros."""
    scores = torch.matmul(q * scale, k.transpose(-2, -1))
    allowed = None
    if causal:
        allowed = torch.ones(scores.shape[-2:], dtype=torch.bool).tril()
    if mask is not None and mask.dtype == torch.bool:
        allowed = mask if allowed is None else allowed & mask
    elif mask is not None:
        scores = scores + mask
    if allowed is not None:
        scores = scores.masked_fill(~allowed, float("-inf"))
    weights = F.softmax(scores, -1)
    if mask is not None and mask.dtype == torch.bool:
        weights = weights.masked_fill(~allowed, 0.0)
    return torch.matmul(weights, v)
