package regions

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/ground/fault"
)

// columns are those of a file of regions, in this order.
var columns = []string{"code", "name", "kind", "parent", "from", "to", "successor"}

// maxPlaces bounds one installation: a province has some 20 000 villages.
const maxPlaces = 100_000

// Read reads a file of regions: a line of column names, then one place a line;
// lines beginning with # are remarks. The parent is read off the code unless it
// is given. The fault "regions.read" names every bad row at its line, and
// nothing is read in part.
func Read(r io.Reader) (Regions, error) {
	in := csv.NewReader(r)
	in.Comment, in.FieldsPerRecord = '#', len(columns)
	head, err := in.Read()
	if err != nil || !slices.Equal(head, columns) {
		return Regions{}, fault.New(fault.Invalid, "regions.head", "行政区划表的第一行应是列名：%s", strings.Join(columns, ","))
	}
	rs := Regions{places: map[codes.Division]Region{}, children: map[codes.Division][]codes.Division{}}
	refused := fault.New(fault.Invalid, "regions.read", "行政区划表有错误，请改正后重新导入")
	lines := map[codes.Division]int{}
	for row, err := in.Read(); !errors.Is(err, io.EOF); row, err = in.Read() {
		if err != nil || len(rs.places) >= maxPlaces {
			return Regions{}, unreadable(err)
		}
		line, _ := in.FieldPos(0)
		place, err := readRow(row)
		if err == nil && lines[place.Code] > 0 {
			err = fmt.Errorf("代码%s与第%d行重复", place.Code, lines[place.Code])
		}
		if err != nil {
			refused = refused.At(at(line), "row", "%s", err)
			continue
		}
		rs.places[place.Code], lines[place.Code] = place, line
	}
	refused = rs.join(refused, lines)
	if len(refused.Fields) > 0 {
		return Regions{}, refused
	}
	rs.home = rs.findHome()
	return rs, nil
}

func unreadable(err error) error {
	if err == nil {
		return fault.New(fault.TooLarge, "regions.size", "行政区划表最多%d行", maxPlaces)
	}
	if p, ok := errors.AsType[*csv.ParseError](err); ok {
		return fault.New(fault.Invalid, "regions.read", "行政区划表读不出来").At(at(p.Line), "row", "这一行应有%d列，请检查逗号和引号", len(columns))
	}
	return fmt.Errorf("read regions: %w", err)
}

// readRow reads one place; the error is the sentence to show.
func readRow(row []string) (Region, error) {
	code, err := codes.ParseDivision(row[0])
	if err != nil {
		return Region{}, errors.New(fault.Say(err))
	}
	r := Region{Code: code, Name: strings.TrimSpace(row[1]), Kind: Kind(row[2])}
	if r.Name == "" {
		return r, errors.New("没有名称")
	}
	if r.Kind != Statutory && r.Kind != Zone {
		return r, fmt.Errorf("类别“%s”应为空或 zone", row[2])
	}
	for _, of := range []struct {
		text string
		to   *codes.Division
	}{{row[3], &r.Parent}, {row[6], &r.Successor}} {
		if of.text == "" {
			continue
		}
		if *of.to, err = codes.ParseDivision(of.text); err != nil {
			return r, errors.New(fault.Say(err))
		}
	}
	return r, r.readDays(row[4], row[5])
}

func (r *Region) readDays(from, to string) error {
	r.From, r.To = calendar.Parse(from), calendar.Parse(to)
	switch {
	case from != "" && r.From == 0 || to != "" && r.To == 0:
		return errors.New("启用、停用日期应写成 2026-09-24")
	case r.From != 0 && r.To != 0 && r.To < r.From:
		return errors.New("停用日期早于启用日期")
	default:
		return nil
	}
}

// join finds the parent of each place and holds the tree together.
func (rs Regions) join(refused *fault.Error, lines map[codes.Division]int) *fault.Error {
	for _, r := range rs.All() {
		if r.Parent == "" {
			r.Parent = rs.nearest(r.Code)
		} else if _, ok := rs.places[r.Parent]; !ok {
			refused = refused.At(at(lines[r.Code]), "parent", "上级%s不在表中", r.Parent)
		}
		if _, ok := rs.places[r.Successor]; !ok && r.Successor != "" {
			refused = refused.At(at(lines[r.Code]), "successor", "接替代码%s不在表中", r.Successor)
		}
		rs.places[r.Code] = r
		rs.children[r.Parent] = append(rs.children[r.Parent], r.Code)
	}
	for _, r := range rs.All() {
		if path := rs.cycle(r); path != "" {
			refused = refused.At(at(lines[r.Code]), "cycle", "上级关系成环：%s", path)
		}
	}
	return refused
}

// nearest is the lowest place above the code that is there.
func (rs Regions) nearest(code codes.Division) codes.Division {
	for up := code.Up(); up != ""; up = up.Up() {
		if _, ok := rs.places[up]; ok {
			return up
		}
	}
	return ""
}

// cycle is the way back to the place itself, or "".
func (rs Regions) cycle(r Region) string {
	path := []string{r.Name}
	for up, ok := rs.places[r.Parent]; ok && len(path) <= 12; up, ok = rs.places[up.Parent] {
		path = append(path, up.Name)
		if up.Code == r.Code {
			return strings.Join(path, " → ")
		}
	}
	if len(path) > 12 {
		return strings.Join(path[:3], " → ") + " → …"
	}
	return ""
}

func at(line int) string { return fmt.Sprintf("第%d行", line) }
