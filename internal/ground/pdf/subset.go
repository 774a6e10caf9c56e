package pdf

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// subset writes a font file that has only the glyphs given, numbered in that
// order, and after them those from which they are put together.
func (f *Font) subset(glyphs []uint16) []byte {
	glyphs = slices.Clone(glyphs)
	var outlines bytes.Buffer
	var loca, hmtx []byte
	for i := 0; i < len(glyphs); i++ {
		loca = binary.BigEndian.AppendUint32(loca, uint32(outlines.Len())) //nolint:gosec // a font has less than 4 GB
		hmtx = append(hmtx, f.metric(glyphs[i])...)
		outline := bytes.Clone(f.outline(glyphs[i]))
		used, at := parts(outline)
		for k, g := range used {
			n := slices.Index(glyphs, g)
			if n < 0 {
				n, glyphs = len(glyphs), append(glyphs, g)
			}
			binary.BigEndian.PutUint16(outline[at[k]:], uint16(n)) //nolint:gosec // glyphs are 16 bits wide
		}
		outlines.Write(outline)
		for outlines.Len()%4 != 0 {
			outlines.WriteByte(0)
		}
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(outlines.Len())) //nolint:gosec // as above
	head, hhea, maxp := bytes.Clone(f.tables["head"]), bytes.Clone(f.tables["hhea"]), bytes.Clone(f.tables["maxp"])
	binary.BigEndian.PutUint32(head[8:], 0)
	binary.BigEndian.PutUint16(head[50:], 1)
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(glyphs))) //nolint:gosec // as above
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(glyphs)))  //nolint:gosec // as above
	tables := []table{{"glyf", outlines.Bytes()}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}}
	for _, name := range []string{"cvt ", "fpgm", "prep"} {
		if t := f.tables[name]; t != nil {
			tables = append(tables, table{name, t})
		}
	}
	return fontFile(tables)
}

// metric is the width and left bearing of a glyph as the file has them.
func (f *Font) metric(g uint16) []byte {
	t := f.tables["hmtx"]
	if int(g) < f.metrics {
		return t[4*int(g) : 4*int(g)+4]
	}
	last, bearing := 4*(f.metrics-1), 4*f.metrics+2*(int(g)-f.metrics)
	return slices.Concat(t[last:last+2], t[bearing:bearing+2])
}

type table struct {
	name string
	data []byte
}

func fontFile(tables []table) []byte {
	slices.SortFunc(tables, func(a, b table) int { return bytes.Compare([]byte(a.name), []byte(b.name)) })
	search, log := 16, 0
	for search*2 <= 16*len(tables) {
		search, log = search*2, log+1
	}
	out := []byte{0, 1, 0, 0}
	for _, n := range []int{len(tables), search, log, 16*len(tables) - search} {
		out = binary.BigEndian.AppendUint16(out, uint16(n)) //nolint:gosec // a dozen tables
	}
	at := 12 + 16*len(tables)
	var bodies []byte
	for _, t := range tables {
		out = append(out, t.name...)
		for _, n := range []int{int(checksum(t.data)), at + len(bodies), len(t.data)} {
			out = binary.BigEndian.AppendUint32(out, uint32(n)) //nolint:gosec // as above
		}
		bodies = append(bodies, t.data...)
		for len(bodies)%4 != 0 {
			bodies = append(bodies, 0)
		}
	}
	return append(out, bodies...)
}

func checksum(data []byte) (sum uint32) {
	for i := 0; i < len(data); i += 4 {
		var word [4]byte
		copy(word[:], data[i:])
		sum += binary.BigEndian.Uint32(word[:])
	}
	return sum
}
