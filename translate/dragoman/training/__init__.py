"""Training of the embedded model: corpus -> vocabulary -> annotated pairs -> pack -> model.

corpus      read, clean, keep evaluation sentences out
vocabulary  one SentencePiece vocabulary for ru, en and az, as Marian wants it
augment     noise, case, concatenation
annotate    terms with their base-form translations, most of them replaced (standins)
align       which words answer which: eflomal, both ways
pseudo      terms nobody listed, by alignment; their base forms (lemmas)
substitute  these terms written into pairs, most of them replaced
pack        pairs as token ids, in buckets of fixed shape
trainer     the loop: checkpoints, resume, averaging
synthetic   back-translation and pivoting, with a round-trip filter
export      the package's model folder
reviewed    approved PO entries and TMX units, to fine-tune on
probe       evaluation sentences with words that do not exist
"""
