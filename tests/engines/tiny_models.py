"""Tiny checkpoints of every family, made with the family's real tokenizer class.

The weights are random: what is tested is that language codes, tokens and beams go where they
belong. `saved_model` writes a folder as `save_pretrained` does, as a user's model would be.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LINES = (
    "Государственная Миграционная Служба провела встречу в Баку.",
    "В 2023 году в страну прибыли 12 тысяч человек.",
    "The State Migration Service held a meeting in Baku.",
    "In 2023, 12 thousand people arrived in the country.",
    "Dövlət Miqrasiya Xidməti Bakıda görüş keçirdi.",
    "2023-cü ildə ölkəyə 12 min nəfər gəldi.",
    "Министр подписал договор о сотрудничестве и безопасности.",
    "The minister signed an agreement on cooperation and security.",
    "Nazir əməkdaşlıq və təhlükəsizlik haqqında müqavilə imzaladı.",
    "Ölkəyə xarici vətəndaşlar gəldi. Baş nazir Cenevrədə idi, baş katib də.",
)
SYMBOLS = ("⟦", "¦", "⟧")

# Sentences that the taught model knows by heart; with 2 target languages and a term.
TAUGHT = {
    ">>en<< Служба провела встречу в Баку.": "The Service held a meeting in Baku.",
    ">>az<< Служба провела встречу в Баку.": "Xidmət Bakıda görüş keçirdi.",
    ">>en<< В страну прибыли 12 тысяч человек.": "12 thousand people arrived in the country.",
    ">>az<< В страну прибыли 12 тысяч человек.": "Ölkəyə 12 min nəfər gəldi.",
    ">>en<< Министр подписал договор.": "The minister signed an agreement.",
    ">>az<< Министр подписал договор.": "Nazir müqavilə imzaladı.",
    ">>az<< ⟦ Министр ¦ baş nazir ⟧ подписал договор.": "Baş nazir müqavilə imzaladı.",
}


def sentencepiece_model(folder: Path, size: int = 160, symbols: tuple[str, ...] = ()) -> Path:
    """Train a SentencePiece model on `LINES`; ids as fairseq and Marian number them."""
    import sentencepiece

    prefix = folder / "spm"
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(LINES * 4),
        model_prefix=str(prefix),
        vocab_size=size,
        character_coverage=1.0,
        user_defined_symbols=list(symbols),
        minloglevel=2,
        num_threads=1,
        hard_vocab_limit=False,
    )
    return prefix.with_suffix(".model")


def pieces_of(model: Path) -> list[str]:
    import sentencepiece

    processor = sentencepiece.SentencePieceProcessor(model_file=str(model))
    return [processor.id_to_piece(i) for i in range(processor.get_piece_size())]


def small(init: float = 0.6, **more: Any) -> dict[str, Any]:
    """The sizes that all tiny encoder-decoder models share."""
    sizes = {"d_model": 32, "encoder_layers": 1, "decoder_layers": 1, "max_position_embeddings": 96}
    heads = {"encoder_attention_heads": 2, "decoder_attention_heads": 2}
    wide = {"encoder_ffn_dim": 48, "decoder_ffn_dim": 48, "init_std": init, "dropout": 0.0}
    return {**sizes, **heads, **wide, **more}


def marian(
    folder: Path, *, tags: tuple[str, ...] = (), symbols: tuple[str, ...] = (), init: float = 0.6
) -> Path:
    """A Marian model; `tags` as in ``>>en<<``; `symbols` for inline terms."""
    import torch
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    spm = sentencepiece_model(folder, symbols=symbols)
    pieces = [p for p in pieces_of(spm) if p not in ("<s>", "</s>", "<unk>")]
    words = ["</s>", "<unk>", *pieces, *(f">>{tag}<<" for tag in tags), "<pad>"]
    vocabulary = folder / "vocab.json"
    vocabulary.write_text(json.dumps({w: i for i, w in enumerate(words)}), encoding="utf-8")
    tokenizer = MarianTokenizer(str(spm), str(spm), str(vocabulary))
    torch.manual_seed(1)
    pad = len(words) - 1
    config = MarianConfig(
        vocab_size=len(words), pad_token_id=pad, decoder_start_token_id=pad, eos_token_id=0,
        forced_eos_token_id=None, **small(init),
    )  # fmt: skip
    return _save(folder, MarianMTModel(config), tokenizer)


def m2m100(folder: Path, *, small100: bool = False) -> Path:
    """An M2M100 model with its hundred language codes; or a SMaLL-100, by its tokenizer's name."""
    import torch
    from transformers import M2M100Config, M2M100ForConditionalGeneration, M2M100Tokenizer

    folder.mkdir(parents=True, exist_ok=True)
    spm = sentencepiece_model(folder)
    words = ["<s>", "<pad>", "</s>", "<unk>"]
    words += [p for p in pieces_of(spm) if p not in words]
    vocabulary = folder / "vocab.json"
    vocabulary.write_text(json.dumps({w: i for i, w in enumerate(words)}), encoding="utf-8")
    tokenizer = M2M100Tokenizer(str(vocabulary), str(spm))
    torch.manual_seed(2)
    size = len(words) + len(tokenizer.lang_token_to_id) + 8
    config = M2M100Config(
        vocab_size=size, pad_token_id=1, bos_token_id=0, eos_token_id=2, decoder_start_token_id=2,
        **small(),
    )  # fmt: skip
    _save(folder, M2M100ForConditionalGeneration(config), tokenizer)
    if small100:
        _edit(folder / "tokenizer_config.json", tokenizer_class="SMALL100Tokenizer")
    return folder


def nllb(folder: Path, *, codes: bool = True) -> Path:
    """An NLLB model; without `codes` its tokenizer is one built from a bare SentencePiece file."""
    import torch
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    words = ["<s>", "<pad>", "</s>", "<unk>"]
    words += [p for p in pieces_of(sentencepiece_model(folder)) if p not in words]
    extra: Any = None if codes else ["xxx_Latn"]
    letters = {w: i for i, w in enumerate(words)}
    tokenizer = NllbTokenizer(vocab=letters, merges=[], extra_special_tokens=extra)
    torch.manual_seed(3)
    config = M2M100Config(
        vocab_size=len(tokenizer) + 2, pad_token_id=1, bos_token_id=0, eos_token_id=2,
        decoder_start_token_id=2, **small(),
    )  # fmt: skip
    return _save(folder, M2M100ForConditionalGeneration(config), tokenizer)


def madlad(folder: Path) -> Path:
    """A T5 with MADLAD-400's ``<2xx>`` tags."""
    import torch
    from transformers import T5Config, T5ForConditionalGeneration, T5Tokenizer

    folder.mkdir(parents=True, exist_ok=True)
    words = ["<pad>", "</s>", "<unk>"]
    words += [p for p in pieces_of(sentencepiece_model(folder)) if p not in (*words, "<s>")]
    words += ["<2ru>", "<2en>", "<2az>"]
    tokenizer = T5Tokenizer(vocab=[(w, -float(i)) for i, w in enumerate(words)], extra_ids=0)
    torch.manual_seed(4)
    config = T5Config(
        vocab_size=len(words), d_model=32, d_kv=16, d_ff=48, num_layers=1, num_heads=2,
        pad_token_id=0, eos_token_id=1, decoder_start_token_id=0, initializer_factor=6.0,
        feed_forward_proj="gated-gelu", tie_word_embeddings=False,
    )  # fmt: skip
    return _save(folder, T5ForConditionalGeneration(config), tokenizer)


def teach(folder: Path, pairs: dict[str, str], steps: int = 120) -> Path:
    """Let a tiny Marian model learn `pairs` (source with its tag -> target) by heart."""
    import torch
    from transformers import MarianMTModel, MarianTokenizer

    torch.manual_seed(5)
    tokenizer = MarianTokenizer.from_pretrained(folder)
    model = MarianMTModel.from_pretrained(folder).train()
    batch = tokenizer(
        list(pairs), text_target=list(pairs.values()), padding=True, return_tensors="pt"
    )
    batch["labels"][batch["labels"] == tokenizer.pad_token_id] = -100
    optimiser = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(steps):
        optimiser.zero_grad()
        model(**batch).loss.backward()
        optimiser.step()
    return _save(folder, model, tokenizer)


def _save(folder: Path, model: Any, tokenizer: Any) -> Path:
    from transformers import logging

    logging.disable_progress_bar()
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    for leftover in ("spm.model", "spm.vocab"):
        (folder / leftover).unlink(missing_ok=True)
    return folder


def _edit(path: Path, **changes: Any) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**data, **changes}), encoding="utf-8")


_TEMPLATE = (
    "{% for m in messages %}<s>{{ m.role }}: {{ m.content }}</s>{% endfor %}"
    "{% if add_generation_prompt %}<s>assistant: {% endif %}"
)
_NO_SYSTEM = (
    "{% if messages[0].role == 'system' %}{{ raise_exception('no system role') }}{% endif %}"
)


def causal(folder: Path, *, template: bool = True, system: bool = True) -> Path:
    """A Llama with a chat template and a byte-level BPE tokenizer."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    folder.mkdir(parents=True, exist_ok=True)
    core = Tokenizer(models.BPE())
    core.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    core.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    core.train_from_iterator(
        LINES,
        trainers.BpeTrainer(
            vocab_size=400,
            special_tokens=["<pad>", "<s>", "</s>"],
            initial_alphabet=alphabet,
            show_progress=False,
        ),
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=core, bos_token="<s>", eos_token="</s>", pad_token="<pad>"
    )
    if template:
        tokenizer.chat_template = ("" if system else _NO_SYSTEM) + _TEMPLATE
    torch.manual_seed(6)
    config = LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=32, intermediate_size=48, num_hidden_layers=1,
        num_attention_heads=2, num_key_value_heads=2, max_position_embeddings=4096,
        pad_token_id=0, bos_token_id=1, eos_token_id=2, initializer_range=0.4,
    )  # fmt: skip
    return _save(folder, LlamaForCausalLM(config), tokenizer)
