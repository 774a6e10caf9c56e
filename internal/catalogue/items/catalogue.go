package items

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// handlingOf is the serial of the handling item among those of one
// implementation code; "" for one that is not divided.
func (e *Edition) handlingOf() string {
	c, _ := codes.ParseItemCode(e.Codes.Handling)
	return c.Handling
}

// Superiors finds, for each edition, the one of the same catalogue code that the
// nearest level above has in force, to which the lower one is held; nil where
// there is none. Where the superior divides the item, it is the same handling
// item if there is one, else the only one.
func (s *Service) Superiors(ctx context.Context, editions []*Edition) ([]*Edition, error) {
	var known []string
	for _, e := range editions {
		if e.Codes.Catalogue != "" {
			known = append(known, e.Codes.Catalogue)
		}
	}
	slices.Sort(known)
	entries, err := s.Store.Catalogued(ctx, slices.Compact(known), s.today())
	if err != nil {
		return nil, err
	}
	by := map[string][]Entry{}
	for _, one := range entries {
		by[one.Catalogue] = append(by[one.Catalogue], one)
	}
	all := make([]*Edition, len(editions))
	for i, e := range editions {
		if all[i], err = s.pick(ctx, e, above(e, by[e.Codes.Catalogue])); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Superior is Superiors of one edition.
func (s *Service) Superior(ctx context.Context, e *Edition) (*Edition, error) {
	all, err := s.Superiors(ctx, []*Edition{e})
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// above are the entries of the nearest level over the edition.
func above(e *Edition, entries []Entry) []Entry {
	var nearest []Entry
	for _, one := range entries {
		over := one.Region != e.Region && identity.Within(e.Region, one.Region) && one.Level.Code() < e.Level.Code()
		switch {
		case !over || len(nearest) > 0 && one.Level.Code() < nearest[0].Level.Code():
		case len(nearest) > 0 && one.Level == nearest[0].Level:
			nearest = append(nearest, one)
		default:
			nearest = []Entry{one}
		}
	}
	return nearest
}

func (s *Service) pick(ctx context.Context, e *Edition, among []Entry) (*Edition, error) {
	for _, one := range among {
		superior, err := s.Edition(ctx, one.ID, one.Number)
		if err != nil {
			return nil, err
		}
		if len(among) == 1 || superior.handlingOf() == e.handlingOf() {
			return superior, nil
		}
	}
	return nil, nil
}

// Unused refuses an edition whose code another item in force bears already
// (items.code.used): one code names one item.
func (s *Service) Unused(ctx context.Context, e *Edition) error {
	entries, err := s.Store.Catalogued(ctx, []string{e.Codes.Catalogue}, s.today())
	if err != nil || e.Codes.Implementation == "" {
		return err
	}
	for _, one := range entries {
		if one.ID == e.Item || one.Agency != e.Agency {
			continue
		}
		other, err := s.Edition(ctx, one.ID, one.Number)
		if err != nil {
			return err
		}
		if other.Codes.Implementation == e.Codes.Implementation && other.handlingOf() == e.handlingOf() {
			return fault.New(fault.Conflict, "items.code.used", "编码已由“%s”使用，请改用另一个业务办理项编号", other.Name).
				At("codes.handling", "items.code.used", "编码已由“%s”使用", other.Name)
		}
	}
	return nil
}

// Handlings are the serials that the agency's handling items of a catalogue code
// bear, those in force.
func (s *Service) Handlings(ctx context.Context, catalogue, agency string) ([]int, error) {
	entries, err := s.Store.Catalogued(ctx, []string{catalogue}, s.today())
	if err != nil {
		return nil, err
	}
	var serials []int
	for _, one := range entries {
		if one.Agency != agency {
			continue
		}
		e, err := s.Edition(ctx, one.ID, one.Number)
		if err != nil {
			return nil, err
		}
		if n, err := strconv.Atoi(e.handlingOf()); err == nil {
			serials = append(serials, n)
		}
	}
	return serials, nil
}

// NextCatalogue makes the catalogue code of a new entry (基本编码) under a prefix of
// region, type and department: the main serial after the last one ever given, and
// after those in taken, because no code is used twice, not even a cancelled
// item's (GB/T 39554.1-2020). Fault: items.catalogue.full.
func (s *Service) NextCatalogue(ctx context.Context, prefix string, taken []string) (string, error) {
	last, err := s.Store.LastCatalogue(ctx, prefix)
	if err != nil {
		return "", err
	}
	n := mainOf(last, prefix)
	for _, t := range taken {
		n = max(n, mainOf(t, prefix))
	}
	if n >= 999 {
		return "", fault.New(fault.Conflict, "items.catalogue.full", "“%s”开头的主项编号已经用完，请联系编码管理部门", prefix)
	}
	return fmt.Sprintf("%s%03d000", prefix, n+1), nil
}

// mainOf is the main serial in a code that begins with the prefix.
func mainOf(code, prefix string) int {
	rest, ok := strings.CutPrefix(code, prefix)
	if !ok || len(rest) < 3 {
		return 0
	}
	n, err := strconv.Atoi(rest[:3])
	if err != nil {
		return 0 // no code of this scheme
	}
	return n
}

// Catalogued lists what is in force today under any of the catalogue codes.
func (s *Service) Catalogued(ctx context.Context, codes []string) ([]Entry, error) {
	return s.Store.Catalogued(ctx, codes, s.today())
}
