package pdf

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// A Font is a TrueType typeface from which files take the letters they use.
// It may be read by many at once.
type Font struct {
	tables  map[string][]byte
	em      float64 // units of the em square
	ascent  float64 // of the em
	descent float64
	box     [4]int
	glyphs  map[rune]uint16
	offsets []uint32 // of outlines in glyf, one more than there are glyphs
	metrics int      // glyphs that have a width of their own
}

// errFont is what is wrong with a file that is no typeface we can read.
var errFont = errors.New("not a TrueType font with outlines of its own")

// ReadFont reads a TrueType file (.ttf, and not .ttc or .otf with CFF outlines).
func ReadFont(data []byte) (f *Font, err error) {
	defer func() { // a broken file points outside itself in a hundred ways
		if r := recover(); r != nil {
			f, err = nil, fmt.Errorf("%w: %v", errFont, r)
		}
	}()
	f = &Font{tables: map[string][]byte{}}
	if len(data) < 12 || binary.BigEndian.Uint32(data) != 0x00010000 {
		return nil, errFont
	}
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		row := data[12+16*i:]
		at, size := binary.BigEndian.Uint32(row[8:]), binary.BigEndian.Uint32(row[12:])
		f.tables[string(row[:4])] = data[at : at+size]
	}
	for _, need := range []string{"head", "hhea", "maxp", "hmtx", "loca", "glyf", "cmap"} {
		if f.tables[need] == nil {
			return nil, fmt.Errorf("%w: table %s is missing", errFont, need)
		}
	}
	f.readSizes()
	f.readOffsets()
	return f, f.readCharacters()
}

func (f *Font) readSizes() {
	head, hhea := f.tables["head"], f.tables["hhea"]
	f.em = float64(binary.BigEndian.Uint16(head[18:]))
	for i := range 4 {
		f.box[i] = int(signed(head[36+2*i:]) / f.em * 1000)
	}
	f.ascent, f.descent = signed(hhea[4:])/f.em, signed(hhea[6:])/f.em
	f.metrics = int(binary.BigEndian.Uint16(hhea[34:]))
}

func signed(b []byte) float64 { return float64(int16(binary.BigEndian.Uint16(b))) } //nolint:gosec // two's complement is meant

func (f *Font) readOffsets() {
	n := int(binary.BigEndian.Uint16(f.tables["maxp"][4:]))
	long := binary.BigEndian.Uint16(f.tables["head"][50:]) == 1
	f.offsets = make([]uint32, n+1)
	for i := range f.offsets {
		if long {
			f.offsets[i] = binary.BigEndian.Uint32(f.tables["loca"][4*i:])
		} else {
			f.offsets[i] = 2 * uint32(binary.BigEndian.Uint16(f.tables["loca"][2*i:]))
		}
	}
}

// readCharacters reads which glyph draws which character, preferring the table
// that knows characters beyond the first 65536.
func (f *Font) readCharacters() error {
	cmap := f.tables["cmap"]
	f.glyphs = map[rune]uint16{}
	best := []byte(nil)
	for i := range int(binary.BigEndian.Uint16(cmap[2:])) {
		table := cmap[binary.BigEndian.Uint32(cmap[8+8*i:]):]
		switch format := binary.BigEndian.Uint16(table); {
		case format == 12:
			best = table
		case format == 4 && best == nil:
			best = table
		}
	}
	switch {
	case best == nil:
		return fmt.Errorf("%w: no table of characters", errFont)
	case binary.BigEndian.Uint16(best) == 12:
		f.readGroups(best)
	default:
		f.readSegments(best)
	}
	return nil
}

func (f *Font) readGroups(table []byte) {
	for i := range int(binary.BigEndian.Uint32(table[12:])) {
		row := table[16+12*i:]
		from, to, glyph := binary.BigEndian.Uint32(row), binary.BigEndian.Uint32(row[4:]), binary.BigEndian.Uint32(row[8:])
		for r := from; r <= to && r <= 0x10FFFF; r++ {
			f.glyphs[rune(r)] = uint16(glyph + r - from) //nolint:gosec // glyphs are 16 bits wide
		}
	}
}

func (f *Font) readSegments(table []byte) {
	n := int(binary.BigEndian.Uint16(table[6:])) / 2
	word := func(part, i int) int { return int(binary.BigEndian.Uint16(table[14+part*2*n+min(part, 1)*2+2*i:])) }
	for i := range n {
		start, end, delta, offset := word(1, i), word(0, i), word(2, i), word(3, i)
		for r := start; r <= end && r < 0xFFFF; r++ {
			glyph := r + delta
			if offset != 0 {
				at := 16 + 6*n + 2*i + offset + 2*(r-start)
				if glyph = int(binary.BigEndian.Uint16(table[at:])); glyph != 0 {
					glyph += delta
				}
			}
			if glyph &= 0xFFFF; glyph != 0 {
				f.glyphs[rune(r)] = uint16(glyph)
			}
		}
	}
}

// Has reports whether the typeface has a letter for r.
func (f *Font) Has(r rune) bool { return f.glyphs[r] != 0 }

// width is how wide glyph g is, in thousandths of the em.
func (f *Font) width(g uint16) float64 {
	at := 4 * min(int(g), f.metrics-1)
	return float64(binary.BigEndian.Uint16(f.tables["hmtx"][at:])) / f.em * 1000
}

// outline is the description of glyph g; empty for a blank.
func (f *Font) outline(g uint16) []byte {
	if int(g)+1 >= len(f.offsets) {
		return nil
	}
	return f.tables["glyf"][f.offsets[g]:f.offsets[g+1]]
}

// parts are the glyphs that a compound glyph is put together from, and where
// their numbers stand in its description.
func parts(outline []byte) (glyphs []uint16, at []int) {
	if len(outline) < 10 || signed(outline) >= 0 {
		return nil, nil
	}
	for i := 10; ; {
		flags := binary.BigEndian.Uint16(outline[i:])
		glyphs, at = append(glyphs, binary.BigEndian.Uint16(outline[i+2:])), append(at, i+2)
		i += 4 + 2 + 2*int(flags&1)
		switch {
		case flags&8 != 0:
			i += 2
		case flags&0x40 != 0:
			i += 4
		case flags&0x80 != 0:
			i += 8
		}
		if flags&0x20 == 0 {
			return glyphs, at
		}
	}
}
