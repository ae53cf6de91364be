"""French fragments read by bulletin and by other normalizers, as Markdown. Run as a program; asserts nothing.

    pip install damga kitten-text-processing nemo_text_processing
    python tests/benchmarks/normalize_peers.py

A peer that is not installed is left out. kitten-text-processing runs the grammars of NeMo without pynini: it
stands in for NeMo among the fragments where that can't be installed. First come twenty fragments, of no gate
file, with a cross behind each reading that a newsreader would not say; then the scores over the gate's cases,
compared as the gate compares them. Of the held-out cases nothing is printed but the shares.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import num2words_regexes

from bulletin.normalize import normalize

TESTS = Path(__file__).parent.parent
sys.path.append(str(TESTS))
from gates.test_normalize import CASES, SYMBOLS, comparable, read_cases  # noqa: E402

# Written, and all forms that would be right on air.
FRAGMENTS = {
    "281 voix contre 21": ["deux cent quatre-vingt-une voix contre vingt et une"],
    "31 000 tonnes et 1,5 million de litres": [
        "trente et un mille tonnes et un virgule cinq million de litres",
        "trente et un mille tonnes et un million et demi de litres",
    ],
    "un budget de 2 000 000 €, dont 350 k€ d’études": [
        "un budget de deux millions d'euros, dont trois cent cinquante mille euros d'études"
    ],
    "un loyer de 18,50 €/m²": [
        f"un loyer de {price} {rate} mètre carré"
        for price in ("dix-huit euros cinquante", "dix-huit virgule cinquante euros")
        for rate in ("par", "le", "du", "au")
    ],
    "43 µg/m³ de particules": ["quarante-trois microgrammes par mètre cube de particules"],
    "un recul de 0,3 point, à 2,1 %": ["un recul de zéro virgule trois point, à deux virgule un pour cent"],
    "du 28/10/2022 au 1er mars 2023": [
        "du vingt-huit octobre deux mille vingt-deux au premier mars deux mille vingt-trois"
    ],
    "de 14h30 à 18 h": [
        "de quatorze heures trente à dix-huit heures",
        "de quatorze heures et demie à dix-huit heures",
    ],
    "le marathon en 2h05'42\"": [
        f"le marathon en deux heures {minutes} minutes {seconds}"
        for minutes in ("cinq", "zéro cinq")
        for seconds in ("quarante-deux", "quarante-deux secondes", "et quarante-deux secondes")
    ],
    "Louis XIV, au XVIIe siècle": ["Louis quatorze, au dix-septième siècle"],
    "victoire de Lens 2-1": ["victoire de Lens deux à un", "victoire de Lens deux buts à un"],
    "les 25-30 ans": ["les vingt-cinq trente ans", "les vingt-cinq à trente ans"],
    "l’article 49.3 et l’article L. 121-3": [
        f"l'article quarante-neuf trois et l'article L cent vingt et un {joint}trois"
        for joint in ("", "tiret ")
    ],
    "au 01 42 68 53 00": ["au zéro un quarante-deux soixante-huit cinquante-trois zéro zéro"],
    "bouchon sur l’A6 et la D19": [
        f"bouchon sur {motorway} et la {road} dix-neuf"
        for motorway in ("l'A six", "l'autoroute A six")
        for road in ("D", "départementale")
    ],
    "MM. Roy et Petit, c.-à-d. le n° 2 et le Dr de garde": [
        "Messieurs Roy et Petit, c'est-à-dire le numéro deux et le docteur de garde"
    ],
    "2/3 des élus, soit 66,7 %": [
        f"{article}deux tiers des élus, soit soixante-six virgule sept pour cent" for article in ("", "les ")
    ],
    "-5 °C dans les années 80": [
        f"moins cinq degrés{scale} dans les années quatre-vingt{plural}"
        for scale in ("", " Celsius")
        for plural in ("", "s")
    ],
    "ouvert 7j/7 et 24h/24": ["ouvert sept jours sur sept et vingt-quatre heures sur vingt-quatre"],
    "info@lecourrier.fr, sur iOS 17.2": [
        f"info arobase lecourrier point {country}, sur iOS dix-sept {point}deux"
        for country in ("fr", "f r")
        for point in ("", "point ")
    ],
}


def damga() -> Callable[[str], str]:
    from damga import TextNormalizer

    return TextNormalizer(lang="fr").normalize


def kitten() -> Callable[[str], str]:
    from kitten_text_processing import Normalizer

    return Normalizer(input_case="cased", lang="fr").normalize


def nemo() -> Callable[[str], str]:
    """Compiles its grammars first, which takes a minute."""
    from nemo_text_processing.text_normalization.normalize import Normalizer

    return Normalizer(input_case="cased", lang="fr").normalize


PEERS = {"damga": damga, "NeMo": nemo, "kitten-text-processing": kitten}


def systems() -> dict[str, Callable[[str], str]]:
    """What reads, by name: bulletin, the regexes and the peers that are installed."""
    found = {
        "bulletin": lambda text: normalize(text, "fr"),
        "num2words with regexes": num2words_regexes.normalize,
    }
    for name, start in PEERS.items():
        try:
            found[name] = start()
        except ImportError as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
    return found


def row(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def accepted(reading: str, forms: list[str]) -> bool:
    return comparable(reading) in {comparable(form) for form in forms}


def clean(reading: str) -> bool:
    """Whether a listener could not tell that something was left unread."""
    return not any(character.isnumeric() or character in SYMBOLS for character in comparable(reading))


def shown(reading: str, written: str, forms: list[str]) -> str:
    text = "(as written)" if reading == written else reading
    return text if accepted(reading, forms) else f"{text} ✗"


def fragments_table(readers: dict[str, Callable[[str], str]]) -> list[str]:
    lines = [row(["Written", *readers]), row(["---"] * (len(readers) + 1))]
    for written, forms in FRAGMENTS.items():
        readings = [shown(read(written), written, forms) for read in readers.values()]
        lines.append(row([written, *readings]))
    return lines


def score(read: Callable[[str], str], path: Path) -> list[str]:
    """The shares of a file that are acceptable, and wrong with no digit or sign left to show it."""
    cases = read_cases(path)
    wrong = [reading for case in cases if not accepted(reading := read(case["written"]), case["spoken"])]
    shares = (1 - len(wrong) / len(cases), sum(map(clean, wrong)) / len(cases))
    return [f"{share:.1%}" for share in shares]


def scores_table(readers: dict[str, Callable[[str], str]]) -> list[str]:
    files = [CASES / "fr.jsonl", CASES / "fr-held-out.jsonl"]
    headings = [f"{path.stem}, {measure}" for path in files for measure in ("acceptable", "wrong but clean")]
    lines = [row(["", *headings]), row(["---", *["---:"] * len(headings)])]
    for name, read in readers.items():
        lines.append(row([name, *(share for path in files for share in score(read, path))]))
    return lines


def main() -> None:
    readers = systems()
    side_by_side = {
        name: read for name, read in readers.items() if not ("NeMo" in readers and name.startswith("kitten"))
    }
    print("\n".join([*fragments_table(side_by_side), "", *scores_table(readers)]))


if __name__ == "__main__":
    main()
