"""Training of the embedded model: corpus -> vocabulary -> annotated pairs -> pack -> model.

corpus      read, clean, keep evaluation sentences out
vocabulary  one SentencePiece vocabulary for ru, en and az, as Marian wants it
augment     noise, case, concatenation
annotate    terms with their base-form translations, half of them randomised
pack        pairs as token ids, in buckets of fixed shape
trainer     the loop: checkpoints, resume, averaging
export      the package's model folder
"""
