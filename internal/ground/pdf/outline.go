package pdf

import "encoding/binary"

// A Corner is a point of an outline; one off the line bends it.
type Corner struct {
	X, Y float64 // of the em; Y grows upwards from the base line
	On   bool
}

// Outline is the closed lines that draw r, for letters that are drawn as a
// picture and are not text, as in a seal; the width is of the em. false: the
// typeface has no such letter.
func (f *Font) Outline(r rune) (lines [][]Corner, width float64, ok bool) {
	g := f.glyphs[r]
	if g == 0 {
		return nil, 0, false
	}
	return f.lines(f.outline(g), 0, 0, 0), f.width(g) / 1000, true
}

func (f *Font) lines(outline []byte, dx, dy float64, deep int) (all [][]Corner) {
	if len(outline) < 10 || deep > 4 {
		return nil
	}
	if used, at := parts(outline); len(used) > 0 {
		for i, g := range used {
			x, y := placed(outline[at[i]-2:])
			all = append(all, f.lines(f.outline(g), dx+x, dy+y, deep+1)...)
		}
		return all
	}
	corners := simple(outline)
	from := 0
	for i := range int(signed(outline)) {
		end := int(binary.BigEndian.Uint16(outline[10+2*i:])) + 1
		var line []Corner
		for _, c := range corners[from:end] {
			line = append(line, Corner{(c.X + dx) / f.em, (c.Y + dy) / f.em, c.On})
		}
		all, from = append(all, line), end
	}
	return all
}

// placed is where a part of a compound glyph stands.
func placed(part []byte) (x, y float64) {
	flags := binary.BigEndian.Uint16(part)
	switch {
	case flags&2 == 0:
		return 0, 0 // fitted point to point: not used by typefaces without hints
	case flags&1 != 0:
		return signed(part[4:]), signed(part[6:])
	}
	return float64(int8(part[4])), float64(int8(part[5])) //nolint:gosec // two's complement is meant
}

// simple reads the points of a glyph that is not put together from others.
func simple(outline []byte) []Corner {
	ends := int(signed(outline))
	if ends == 0 {
		return nil
	}
	n := int(binary.BigEndian.Uint16(outline[8+2*ends:])) + 1
	outline = outline[10+2*ends:]
	hints := int(binary.BigEndian.Uint16(outline))
	flags, rest := flagsOf(outline[2+hints:], n)
	corners := make([]Corner, n)
	rest = coordinates(rest, flags, 2, 16, func(i int, v float64) { corners[i].X, corners[i].On = v, flags[i]&1 != 0 })
	coordinates(rest, flags, 4, 32, func(i int, v float64) { corners[i].Y = v })
	return corners
}

// flagsOf reads the flags of n points, of which one may stand for several; rest
// is what follows them.
func flagsOf(outline []byte, n int) (flags, rest []byte) {
	flags = make([]byte, 0, n)
	at := 0
	for len(flags) < n {
		flag := outline[at]
		at++
		flags = append(flags, flag)
		if flag&8 != 0 {
			for range outline[at] {
				flags = append(flags, flag)
			}
			at++
		}
	}
	return flags, outline[at:]
}

// coordinates reads one coordinate of each point, each told by its distance from
// the one before: in a byte where the flag has short, with its sign in same, and
// otherwise in two, or none where same says that it has not moved.
func coordinates(outline, flags []byte, short, same byte, put func(i int, v float64)) (rest []byte) {
	var v float64
	at := 0
	for i := range flags {
		switch flag := flags[i]; {
		case flag&short != 0 && flag&same != 0:
			v += float64(outline[at])
			at++
		case flag&short != 0:
			v -= float64(outline[at])
			at++
		case flag&same == 0:
			v += signed(outline[at:])
			at += 2
		}
		put(i, v)
	}
	return outline[at:]
}
