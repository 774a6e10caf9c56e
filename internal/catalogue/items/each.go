package items

import "context"

// batch is how many editions are read at once where all are wanted.
const batch = 200

// Each hands on every edition in force that passes the filter, in the order of
// the list, few at a time; it ends with the first error of do.
func (s *Service) Each(ctx context.Context, f Filter, do func(*Edition) error) error {
	for after := (Cursor{}); ; {
		entries, next, err := s.List(ctx, f, after, batch)
		if err != nil {
			return err
		}
		editions, err := s.Store.Editions(ctx, entries)
		if err != nil {
			return err
		}
		for _, e := range following(entries, editions) {
			if err := do(e); err != nil {
				return err
			}
		}
		if next == (Cursor{}) {
			return nil
		}
		after = next
	}
}

// following puts editions in the order of their entries.
func following(entries []Entry, editions []*Edition) (all []*Edition) {
	by := map[ID]*Edition{}
	for _, e := range editions {
		by[e.Item] = e
	}
	for _, entry := range entries {
		if e := by[entry.ID]; e != nil {
			all = append(all, e)
		}
	}
	return all
}
