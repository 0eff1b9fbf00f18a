"""English verbs: the forms of an infinitive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

# Infinitive, past and participle of what is irregular (of some the present, too), without what ends
# like another (foresee as see, undertake as take).
_IRREGULAR: Final = """
be am is are was were been, have has had had, do does did done, arise arose arisen,
awake awoke awoken, bear bore borne, beat beat beaten, begin began begun, bend bent bent,
bet bet bet, bid bid bid, bind bound bound, bite bit bitten, bleed bled bled, blow blew blown,
break broke broken, breed bred bred, bring brought brought, build built built, burn burnt burnt,
burst burst burst, buy bought bought, cast cast cast, catch caught caught, choose chose chosen,
cling clung clung, come came come, cost cost cost, creep crept crept, cut cut cut, deal dealt dealt,
dig dug dug, draw drew drawn, dream dreamt dreamt, drink drank drunk, drive drove driven,
eat ate eaten, fall fell fallen, feed fed fed, feel felt felt, fight fought fought,
find found found, flee fled fled, fling flung flung, fly flew flown, forbid forbade forbidden,
forget forgot forgotten, forsake forsook forsaken, freeze froze frozen, get got gotten,
give gave given, go went gone, grind ground ground, grow grew grown, hang hung hung,
hear heard heard, hide hid hidden, hit hit hit, hold held held, hurt hurt hurt, keep kept kept,
kneel knelt knelt, knit knit knit, know knew known, lay laid laid, lead led led, lean leant leant,
leap leapt leapt, learn learnt learnt, leave left left, lend lent lent, let let let, lie lay lain,
light lit lit, lose lost lost, make made made, mean meant meant, meet met met, mow mowed mown,
pay paid paid, prove proved proven, put put put, quit quit quit, read read read, ride rode ridden,
ring rang rung, rise rose risen, run ran run, saw sawed sawn, say said said, see saw seen,
seek sought sought, sell sold sold, send sent sent, set set set, sew sewed sewn, shake shook shaken,
shed shed shed, shine shone shone, shoot shot shot, show showed shown, shrink shrank shrunk,
shut shut shut, sing sang sung, sink sank sunk, sit sat sat, slay slew slain, sleep slept slept,
slide slid slid, smell smelt smelt, sling slung slung, sow sowed sown, speak spoke spoken,
spend spent spent, spill spilt spilt, spin spun spun, spit spat spat, spoil spoilt spoilt,
split split split, spread spread spread, spring sprang sprung, stand stood stood,
steal stole stolen, stick stuck stuck, sting stung stung, stink stank stunk, strew strewed strewn,
stride strode stridden, strike struck struck, string strung strung, strive strove striven,
swear swore sworn, sweep swept swept, swell swelled swollen, swim swam swum, swing swung swung,
take took taken, teach taught taught, tear tore torn, tell told told, think thought thought,
throw threw thrown, thrust thrust thrust, tread trod trodden, wake woke woken, wear wore worn,
weave wove woven, weep wept wept, win won won, wind wound wound, wring wrung wrung,
write wrote written
"""
_PARTS: Final = {row[0]: tuple(row[1:]) for row in (line.split() for line in _IRREGULAR.split(","))}
_PREFIXES: Final = tuple(" be broad fore mis out over re un under up with".split(" "))  # broadcast


def verb_forms(verb: str) -> frozenset[str]:
    """The forms of `verb` (an infinitive), and a few that its spelling might have but has not."""
    return frozenset((*_regular(verb), *_irregular(verb)))


def _regular(verb: str) -> Iterator[str]:
    yield from (verb, f"{verb}s", f"{verb}es", f"{verb}ed", f"{verb}ing")
    if verb.endswith("e"):
        yield from (f"{verb}d", f"{verb[:-1]}ing")
        if verb.endswith("ie"):
            yield f"{verb[:-2]}ying"
    elif verb.endswith("y"):
        yield from (f"{verb[:-1]}ies", f"{verb[:-1]}ied")
    elif verb.endswith("c"):
        yield from (f"{verb}ked", f"{verb}king")
    else:
        yield from (f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")  # stop: stopped


def _irregular(verb: str) -> Iterator[str]:
    for prefix in _PREFIXES:
        if verb.startswith(prefix) and verb[len(prefix) :] in _PARTS:
            yield from (prefix + part for part in _PARTS[verb[len(prefix) :]])
