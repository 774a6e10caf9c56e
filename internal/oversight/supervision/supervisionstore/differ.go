package supervisionstore

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"tongban/internal/civic/calendar"
	"tongban/internal/oversight/supervision"
)

// Differ adds all lines up and compares them with the sums.
func (s *Store) Differ(ctx context.Context) (string, error) {
	days, open := map[supervision.Key]supervision.Counts{}, map[supervision.OpenKey]int64{}
	err := s.DB.Each(ctx, func(scan func(...any) error) error {
		var body string
		if err := scan(&body); err != nil {
			return err
		}
		l, err := unpack(body)
		differ(days, open, l, 1)
		return err
	}, `SELECT body FROM supervision_lines`)
	if err != nil {
		return "", err
	}
	if err := s.subtract(ctx, days, open); err != nil {
		return "", err
	}
	return first(days, open), nil
}

// subtract takes the kept sums away from what the lines come to.
func (s *Store) subtract(ctx context.Context, days map[supervision.Key]supervision.Counts, open map[supervision.OpenKey]int64) error {
	err := s.DB.Each(ctx, func(scan func(...any) error) error {
		var k supervision.Key
		var day string
		var counts supervision.Counts
		err := scan(append([]any{&day, &k.Region, &k.Agency, (*string)(&k.Item)}, into(&counts)...)...)
		k.Day = calendar.Parse(day)
		days[k] = days[k].Plus(counts, -1)
		return err
	}, `SELECT day, region, agency, item, `+columns+` FROM supervision_days`)
	if err != nil {
		return err
	}
	return s.DB.Each(ctx, func(scan func(...any) error) error {
		var k supervision.OpenKey
		var due string
		var n int64
		err := scan((*string)(&k.Kind), &due, &k.Region, &k.Agency, (*string)(&k.Item), &n)
		k.Due = calendar.Parse(due)
		open[k] -= n
		return err
	}, `SELECT kind, due, region, agency, item, n FROM supervision_open`)
}

// first names the first sum that differs.
func first(days map[supervision.Key]supervision.Counts, open map[supervision.OpenKey]int64) string {
	for _, k := range dayKeys(days) {
		for i, n := range days[k] {
			if n != 0 {
				return fmt.Sprintf("%s %s %s 的“%s”应再加%d", k.Day, k.Agency, k.Item, supervision.Names[i], n)
			}
		}
	}
	for _, k := range openKeys(open) {
		if open[k] != 0 {
			return fmt.Sprintf("%s %s %s 到期的在办数应再加%d", k.Agency, k.Item, k.Due, open[k])
		}
	}
	return ""
}

// Keys in one order, so that two who write the same sums never wait for each
// other in a ring.
func dayKeys(m map[supervision.Key]supervision.Counts) []supervision.Key {
	return slices.SortedFunc(maps.Keys(m), func(a, b supervision.Key) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Region, b.Region), cmp.Compare(a.Agency, b.Agency), cmp.Compare(a.Item, b.Item))
	})
}

func openKeys(m map[supervision.OpenKey]int64) []supervision.OpenKey {
	return slices.SortedFunc(maps.Keys(m), func(a, b supervision.OpenKey) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Due, b.Due), cmp.Compare(a.Region, b.Region), cmp.Compare(a.Agency, b.Agency), cmp.Compare(a.Item, b.Item))
	})
}
