#!/usr/bin/env python3
"""Makes the fonts of social cards from Adobe's Source families.

    npm pack source-serif@4.5.1 source-sans@3.52.0     # and unpack each
    pip install fonttools==4.68.0
    python3 subset.py SOURCE-SERIF/package SOURCE-SANS/package

The licence reserves the name "Source" to unchanged fonts, so these have others.
"""
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

LATIN = [(0x20, 0x7E), (0xA0, 0xFF)]
SIGNS = [(0x2010, 0x2027), (0x2030, 0x203A), (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2116, 0x2122),
         (0x2190, 0x2193), (0x2212, 0x2215), (0x221E, 0x221E), (0x2248, 0x2265), (0xFB01, 0xFB02)]
EUROPE = [(0x100, 0x24F), (0x259, 0x259), (0x2B0, 0x36F), (0x370, 0x3FF), (0x400, 0x45F),
          (0x48A, 0x52F), (0x1E00, 0x1EFF)]

serif, sans = (Path(folder) / "TTF" for folder in sys.argv[1:3])
FACES = [
    (serif / "SourceSerif4Display-Semibold.ttf", "serif.ttf", "Card Serif", LATIN + SIGNS + EUROPE),
    (serif / "SourceSerif4Display-It.ttf", "serif-italic.ttf", "Card Serif", LATIN),
    (sans / "SourceSans3-Regular.ttf", "sans.ttf", "Card Sans", LATIN + SIGNS + EUROPE),
]

for source, name, family, ranges in FACES:
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "liga", "ccmp", "locl"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.notdef_outline = False
    font = TTFont(source, recalcTimestamp=False)
    # A letter that is not there takes no room and leaves no box.
    font["glyf"][".notdef"] = TTGlyphPen(None).glyph()
    font["hmtx"][".notdef"] = (0, 0)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in ranges for code in range(first, last + 1)])
    subsetter.subset(font)
    style = "Italic" if "italic" in name else "Regular"
    for record in font["name"].names:
        new = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family} {style}".replace(" ", "-")}
        if record.nameID in new:
            record.string = new[record.nameID]
    for table in ["DSIG", "STAT", "gasp", "GDEF_"]:
        if table in font:
            del font[table]
    out = Path(__file__).parent / name
    font.save(out)
    print(out.name, out.stat().st_size, len(font.getGlyphOrder()))
