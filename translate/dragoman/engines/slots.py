"""Where the beams of a sentence keep what they have said, without copying it.

The hypotheses of a beam share most of their past. Its keys and values therefore stand once, in
the slots of their sentence; each hypothesis has a mask of the slots that are its past, and only
masks are copied when hypotheses are dropped and doubled. A slot that is nobody's past any more is
used again. So a beam of four needs little more memory, and reads little more of it at each step,
than one hypothesis alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.engines.encoding import NEVER

if TYPE_CHECKING:
    import torch

ROUND = 16  # slots are read in multiples of it: so is a row's sum the same in any batch


class Slots:
    """Masks of one batch: sentences x hypotheses x slots."""

    def __init__(self, sentences: int, device: torch.device) -> None:
        import torch

        self.past = torch.zeros((sentences, 1, 4 * ROUND), dtype=torch.bool, device=device)
        self.used = 0

    @property
    def room(self) -> int:
        """The number of slots that a sentence has."""
        return self.past.shape[2]

    def take(self) -> tuple[torch.Tensor, torch.Tensor]:
        """A free slot for each hypothesis, which becomes its past; and what the attention of
        each hypothesis adds to its slots.

        Sentences x hypotheses, and sentences x 1 x hypotheses x the slots to read.
        """
        import torch

        sentences, width, _ = self.past.shape
        free = self.past.logical_not().all(1).cumsum(1)
        if int(free[:, -1].min()) < width:
            self.past = torch.nn.functional.pad(self.past, (0, self.room))
            free = self.past.logical_not().all(1).cumsum(1)
        wanted = torch.arange(1, width + 1, device=free.device).expand(sentences, width)
        slots = torch.searchsorted(free, wanted.contiguous())
        self.past.scatter_(2, slots[:, :, None], True)
        highest = int(slots.max()) + 1
        self.used = max(self.used, highest + -highest % ROUND)
        bias = torch.zeros_like(self.past[:, :, : self.used], dtype=torch.float32)
        bias.masked_fill_(~self.past[:, :, : self.used], NEVER)
        return slots, bias[:, None]

    def select(self, rows: torch.Tensor, sentences: int) -> None:
        """Keep `rows` (sentence by sentence, as many for each) for so many sentences."""
        self.past = self.past.flatten(0, 1).index_select(0, rows).view(sentences, -1, self.room)
