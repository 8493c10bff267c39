"""Fit the model that tells whether Chinese text reads on across a gap.

    python bench/fit_continuation.py ARTICLES --words dict.txt
    python bench/fit_continuation.py ARTICLES --words dict.txt --leave-out GENRE

ARTICLES is a folder of UTF-8 text files, a paragraph a line, or a .jsonl.gz file whose rows have
"paragraphs", "genre" and perhaps "title". dict.txt is the word list of jieba (MIT licence). Without
--leave-out, the tables are fitted on 75 % of the articles, the evidence is weighed on 10 %, and the model
is judged on the others; then the tables are fitted on all, and written beside
rules/kanwu_rules/broken_paragraphs/continuation.py. With it, the model is fitted on the other genres,
judged on that one, and not written.
"""

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from zlib import crc32

import numpy as np
from gaps import SHARES, WINDOW, Article, Gap, Gaps, gaps, judged, regression

from kanwu_rules.broken_paragraphs import continuation as model
from kanwu_rules.broken_paragraphs.continuation import NEAR, STOPS, Alphabet, Continuation

SEED = 7
WIDTH = 24
# Vectors for single signs at each place from the gap, and for pairs.
KNOWN = (2800, 2800, 1200, 1200)
PAIRS = 6000
# Batches of gaps, in each of which every tail is to find its head among all heads.
BATCH, PASSES, RATE = 512, 3, 0.1
# Ends and beginnings of paragraphs are rare beside gaps inside them.
EDGES_TIMES = 4

PAUSES, CLOSERS = ",、:;…—“”‘’《》〈〉()【】[]", "”’)"
# Runs that are seen less often, by length, are left out, and words that their list counts less often.
LEAST_SIDE = (2, 10, 15, 15)
LEAST_PAIR = 2
LEAST_WORD = (1, 10, 20, 20)
# How many sightings the estimate from the next shorter run is worth.
SMOOTHING = 3.0
# Evidence of the end of a paragraph, of a sentence and of a phrase; by regression, in short.
BOUNDARY_WEIGHTS = (0.2, 0.2, 0.3)
# A longer run is kept if it changes the score by so much.
LEAST_CHANGE = 1.2


def read(source: Path) -> Iterator[Article]:
    """The articles of a folder or a file."""
    if source.is_dir():
        for path in sorted(source.rglob("*.txt")):
            yield Article("", "", path.read_text(encoding="utf-8").splitlines())
        return
    with gzip.open(source, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            yield Article(row["genre"], row.get("title", ""), row["paragraphs"])


def scripts() -> tuple[str, str]:
    """Traditional characters and the simplified ones that they are looked up as."""
    spec = find_spec("opencc")
    assert spec
    assert spec.origin
    source = Path(spec.origin).parent / "dictionary" / "TSCharacters.txt"
    pairs = [line.split()[:2] for line in source.read_text(encoding="utf-8").splitlines()]
    pairs = [(old, new) for old, new in pairs if max(old, new) <= "\uffff" and old != new]
    return "".join(old for old, _ in pairs), "".join(new for _, new in pairs)


def stream(articles: Sequence[Article], alphabet: Alphabet) -> np.ndarray:
    """All lines in the alphabet, with edges between them."""
    edge = model.EDGE * NEAR
    parts = [edge]
    for article in articles:
        for line in article.lines():
            # What was cut off has no end that could be counted.
            parts += [line.translate(alphabet), edge if article.whole(line) else "\ufffd" + edge]
    return np.frombuffer("".join(parts).encode("utf-16-le"), "<u2").astype(np.int64)


class Vectors:
    """A vector for each sign at each place near the gap, and for pairs of signs, before and after."""

    def __init__(self, signs: np.ndarray) -> None:
        edge = ord(model.EDGE)
        self.characters = most(signs[signs > edge], max(KNOWN) - 2)
        self.characters = np.concatenate([[edge], self.characters])
        self.rows = np.zeros(1 << 16, np.int64)
        self.rows[self.characters] = np.arange(1, len(self.characters) + 1)
        inside = (signs[:-1] > edge) & (signs[1:] > edge)
        self.pairs = np.sort(most(((signs[:-1] << 16) | signs[1:])[inside], PAIRS))
        self.known = [min(known, len(self.characters) + 1) for known in KNOWN]
        self.bases = np.cumsum([0, *self.known])
        # The last row stands for pairs that have none.
        shape = (self.bases[-1] + 2 * len(self.pairs) + 1, WIDTH)
        rng = np.random.default_rng(SEED)
        self.sides = [rng.normal(0, 0.1, shape).astype("f4") for _ in range(2)]
        self.seen = [np.full(len(side), 0.01, "f4") for side in self.sides]

    def features(self, signs: np.ndarray, at: np.ndarray, side: int) -> np.ndarray:
        """The rows for the gaps before these places, as `Continuation` looks them up."""
        near = [signs[at + place if side else at - 1 - place] for place in range(NEAR)]
        rows = []
        for base, known, sign in zip(self.bases, self.known, near, strict=False):
            row = self.rows[sign]
            rows.append(base + np.where(row < known, row, 0))
        for place in (0, 1):
            a, b = near[place], near[place + 1]
            pair = (a << 16) | b if side else (b << 16) | a
            found = np.minimum(np.searchsorted(self.pairs, pair), len(self.pairs) - 1)
            row = self.bases[-1] + place * len(self.pairs) + found
            rows.append(np.where(self.pairs[found] == pair, row, len(self.sides[side]) - 1))
        return np.stack(rows, 1)

    def learn(self, signs: np.ndarray, passes: int, rate: float) -> None:
        """Contrast each head with those of the other gaps in its batch, by Adagrad."""
        rng = np.random.default_rng(SEED)
        inside = signs != ord(model.EDGE)
        places = np.flatnonzero(inside[1:] | inside[:-1]) + 1
        places = places[(places > NEAR) & (places < len(signs) - NEAR)]
        edges = places[~(inside[places] & inside[places - 1])]
        places = np.concatenate([places, *[edges] * (EDGES_TIMES - 1)])
        diagonal = np.arange(BATCH)
        for number in range(passes):
            rng.shuffle(places)
            step = rate * (0.5 if number == passes - 1 else 1)
            for first in range(0, len(places) - BATCH, BATCH):
                at = places[first : first + BATCH]
                rows = [self.features(signs, at, side) for side in (0, 1)]
                tails, heads = (self.sides[side][rows[side]].sum(1) for side in (0, 1))
                fit = tails @ heads.T
                share = np.exp(fit - fit.max(1, keepdims=True))
                share /= share.sum(1, keepdims=True)
                share[diagonal, diagonal] -= 1
                for side, slope in ((0, share @ heads), (1, share.T @ tails)):
                    where, vectors, seen = rows[side], self.sides[side], self.seen[side]
                    np.add.at(seen, where.ravel(), np.repeat((slope**2).mean(1), where.shape[1]))
                    change = (step / np.sqrt(seen[where]))[..., None] * slope[:, None, :]
                    np.add.at(vectors, where.ravel(), -change.reshape(-1, WIDTH))
                    vectors[-1] = 0


def most(values: np.ndarray, count: int) -> np.ndarray:
    """The most frequent values."""
    unique, counts = np.unique(values, return_counts=True)
    return unique[np.argsort(-counts, kind="stable")[:count]]


def side_scores(signs: np.ndarray, *, after: bool) -> Iterator[tuple[bytes, float]]:
    """The runs of up to four signs that tell whether a boundary stands after (before) them."""
    if not after:
        signs = signs[::-1]
    edge = signs == ord(model.EDGE)
    stops = edge | np.isin(signs, [*map(ord, STOPS)])
    pauses = stops | np.isin(signs, [*map(ord, STOPS + PAUSES)])
    if not after:
        stops[:-1] |= np.isin(signs[:-1], [*map(ord, CLOSERS)]) & stops[1:]
    places = np.flatnonzero(~edge[:-1])
    kinds = [mask[places + 1].astype(float) for mask in (edge, stops, pauses)]
    shorter = np.zeros(len(places), np.int64)
    rates = np.array([[kind.mean()] for kind in kinds])
    constant = boundary_score(rates)[0]
    scores = np.array([0.0])
    runs = np.zeros(len(places), np.uint64)
    whole = np.ones(len(places), bool)
    for length in range(1, NEAR + 1):
        back = np.maximum(places - length + 1, 0)
        whole &= ~edge[back]
        # What is nearest to the boundary comes first: a longer run shares its beginning.
        runs = runs | (signs[back].astype(np.uint64) << np.uint64(16 * (length - 1)))
        unique, first, own, counts = np.unique(
            runs, return_index=True, return_inverse=True, return_counts=True
        )
        parent = shorter[first]
        sums = np.array([np.bincount(own, kind) for kind in kinds])
        rates = (sums + SMOOTHING * rates[:, parent]) / (counts + SMOOTHING)
        score = boundary_score(rates) - constant
        kept = (counts >= LEAST_SIDE[length - 1]) & whole[first]
        kept &= np.abs(score - scores[parent]) >= (LEAST_CHANGE if length > 1 else 0)
        scores = np.where(kept, score, scores[parent])
        for run, value in zip(unique[kept].tolist(), score[kept].tolist(), strict=True):
            # Packed, the sign nearest to the boundary is the lowest one.
            data = run.to_bytes(8, "little")[: 2 * length]
            yield (turned(data) if after else data), value
        shorter = own


def turned(run: bytes) -> bytes:
    """The signs of a run in the opposite order."""
    return b"".join(run[at : at + 2] for at in range(len(run) - 2, -1, -2))


def boundary_score(rates: np.ndarray) -> np.ndarray:
    """Evidence against a boundary, from the rates of its three kinds."""
    return -sum(
        weight * np.log(rate / (1 - rate))
        for weight, rate in zip(BOUNDARY_WEIGHTS, np.clip(rates, 1e-7, 0.999), strict=True)
    )


def neighbours(signs: np.ndarray) -> Iterator[tuple[bytes, int]]:
    """Signs, and pairs of them that stand together, with their counts."""
    edge = ord(model.EDGE)
    inside = signs[signs != edge]
    for sign, count in zip(*np.unique(inside, return_counts=True), strict=True):
        yield int(sign).to_bytes(2, "little"), int(count)
    both = (signs[:-1] != edge) & (signs[1:] != edge)
    pairs = ((signs[1:] << 16) | signs[:-1])[both]
    for pair, count in zip(*np.unique(pairs, return_counts=True), strict=True):
        if count >= LEAST_PAIR:
            yield int(pair).to_bytes(4, "little"), int(count)


def words(source: Path, alphabet: Alphabet) -> Counter[bytes]:
    """Words of one to four Chinese characters with their frequencies."""
    counts: Counter[bytes] = Counter()
    for line in source.read_text(encoding="utf-8").splitlines():
        word, count, *_ = line.split(" ")
        if len(word) > NEAR or not all("一" <= c <= "鿿" for c in word):
            continue
        if int(count) >= LEAST_WORD[len(word) - 1]:
            counts[word.translate(alphabet).encode("utf-16-le")] += int(count)
    return counts


def packed(
    vectors: Vectors, signs: np.ndarray, listed: Counter[bytes], weights: dict[str, list[float]]
) -> bytes:
    """The file: a line of JSON, the table of runs, the vectors."""
    slots: dict[int, int] = {}
    levels = {}
    frequent = np.array([1, 2, 3, 4, 6, 9, 14, 22, 36, 60, 110, 250, 800, 3000, 15000, 90000.0])
    for kind, known in (
        (model.WORD, [*listed.items()]),
        (model.LONG_WORD, [pair for pair in listed.items() if len(pair[0]) > 4]),
        (model.TOGETHER, [*neighbours(signs)]),
        (model.TAIL, [*side_scores(signs, after=True)]),
        (model.HEAD, [*side_scores(signs, after=False)]),
    ):
        values = np.array([value for _, value in known], float)
        if kind in (model.TAIL, model.HEAD):
            # An even number of levels around zero, which stands for what is not known.
            low, high = np.quantile(values, [0.002, 0.998])
            steps = np.round(np.linspace(low, high, model.LEVELS), 3)
            steps[steps == 0] = 0.001
            chosen = np.abs(values[:, None] - steps).argmin(1)
        else:
            steps = frequent
            chosen = np.abs(np.log(np.maximum(values, 1))[:, None] - np.log(steps)).argmin(1)
        levels[kind] = steps.tolist()
        for (run, _), level in zip(known, chosen.tolist(), strict=True):
            slots.setdefault(crc32(run, kind) & ~(model.LEVELS - 1), level)
        print(f"kind {kind}: {len(known)}", flush=True)
    keys = np.array(sorted(slots), np.int64)
    buckets = np.searchsorted(keys >> 16, np.arange(model.BUCKETS + 1)).astype("<u4")
    table = ((keys & model.KEPT) | [slots[key] for key in keys.tolist()]).astype("<u2")
    sides = np.concatenate([side[:-1] for side in vectors.sides])
    largest = np.quantile(np.abs(sides), 0.9995)
    small = np.clip(np.round(sides * (127 / largest)) + 128, 0, 255).astype("u1")
    old, new = scripts()
    facts = {
        "slots": len(table),
        "levels": levels,
        "characters_seen": int((signs != ord(model.EDGE)).sum()),
        "words_seen": listed.total(),
        "width": WIDTH,
        "weights": weights,
        "known": vectors.known,
        "characters": "".join(map(chr, vectors.characters)),
        "pairs": "".join(chr(p >> 16) + chr(p & 0xFFFF) for p in vectors.pairs.tolist()),
        "traditional": old,
        "simplified": new,
    }
    line = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    return line + buckets.tobytes() + table.tobytes() + small.tobytes()


def weigh(fitted: Continuation, known: Gaps) -> None:
    """Fit the weights of the evidence on articles that the tables have not seen."""
    rng = random.Random(SEED)
    cuts = rng.sample(known.cuts, min(12000, len(known.cuts)))
    tails = [
        np.array([fitted.tail_features(fitted.ending(gap.tail)) for gap in kind])
        for kind in (cuts, known.punctuated_ends, known.plain_ends)
    ]
    fitted.weights["tail"] = regression([(tails[0], 1, 1), (tails[1], 0, 0.3), (tails[2], 0, 0.7)])
    heads = [
        np.array([fitted.head_features(fitted.beginning(gap.head)) for gap in kind])
        for kind in (cuts, known.paragraphs, known.headings)
    ]
    fitted.weights["head"] = regression([(heads[0], 1, 1), (heads[1], 0, 0.7), (heads[2], 0, 0.3)])
    pairs = known.pairs(rng, 12000)
    groups = [
        (
            np.array(
                [
                    fitted.joint_features(fitted.ending(g.tail), fitted.beginning(g.head))
                    for g in kind
                ]
            ),
            int(name == "true"),
            SHARES.get(name, 1),
        )
        for name, kind in pairs.items()
    ]
    fitted.weights["joins"] = regression(groups)


def report(fitted: Continuation, unseen: Gaps) -> None:
    """Print how the model does on articles that it has not seen."""
    print("| | true/false | AUC | recall at .97 | at .99 |\n| --- | --- | --- | --- | --- |")
    genres = sorted({gap.genre for gap in unseen.cuts})
    for name, part in [("all", unseen), *((genre, unseen.of(genre)) for genre in genres)]:

        def tail(gap: Gap) -> float:
            return fitted.cut_tail(gap.tail)

        def head(gap: Gap) -> float:
            return fitted.cut_head(gap.head)

        def joins(gap: Gap) -> float:
            return fitted.joins(gap.tail, gap.head)

        judged(f"{name}: cut_tail, plain ends", tail, part.cuts, part.plain_ends)
        judged(f"{name}: cut_tail, punctuated ends", tail, part.cuts, part.punctuated_ends)
        judged(f"{name}: cut_head, paragraphs", head, part.cuts, part.paragraphs)
        judged(f"{name}: cut_head, headings", head, part.cuts, part.headings)
        rng = random.Random(SEED)
        pairs = part.pairs(rng, 6000)
        true = pairs.pop("true")
        for kind, false in pairs.items():
            judged(f"{name}: joins, {kind}", joins, true, false)
        for what, others in (("starts", part.paragraphs), ("rests", part.cuts)):
            if others:
                right = sum(
                    all(
                        fitted.joins(gap.tail, rng.choice(others).head) < joins(gap)
                        for _ in range(WINDOW - 1)
                    )
                    for gap in true[:3000]
                )
                print(
                    f"| {name}: the right one of {WINDOW} {what} | {right / len(true[:3000]):.3f} |"
                )


def main() -> None:
    """Fit, judge, and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--leave-out", metavar="GENRE")
    options = parser.parse_args()
    rng = random.Random(SEED)
    articles = [*read(options.source)]
    rng.shuffle(articles)
    unseen = []
    if options.leave_out:
        unseen = [article for article in articles if article.genre == options.leave_out]
        articles = [article for article in articles if article.genre != options.leave_out]
    size = len(articles)
    cut = [int(size * 0.75), int(size * (0.9 if options.leave_out else 0.85))]
    fitting, weighing = articles[: cut[0]], articles[cut[0] : cut[1]]
    unseen = unseen or articles[cut[1] :]
    alphabet = Alphabet(*scripts())
    listed = words(options.words, alphabet)
    signs = stream(fitting, alphabet)
    vectors = Vectors(signs)
    vectors.learn(signs, PASSES, RATE)
    nothing = {"tail": [0.0] * (2 + WIDTH), "head": [0.0] * (2 + WIDTH), "joins": [0.0] * 8}
    fitted = Continuation(packed(vectors, signs, listed, nothing))
    weigh(fitted, gaps(weighing, random.Random(SEED)))
    report(fitted, gaps(unseen, random.Random(SEED + 1), 2))
    if options.leave_out:
        return
    signs = stream(articles, alphabet)
    vectors.learn(signs, 1, RATE / 2)
    data = packed(vectors, signs, listed, fitted.weights)
    Path(model.__file__).with_suffix(".bin").write_bytes(data)
    print(len(data), "bytes")


if __name__ == "__main__":
    main()
