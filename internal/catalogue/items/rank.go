package items

import (
	"cmp"
	"slices"
	"strings"

	"tongban/internal/civic/pinyin"
)

// ranking gathers candidates and puts the best first.
type ranking struct {
	asked string
	meant []string
	hits  []Entry
	best  map[ID]float64
}

func (r *ranking) add(entries []Entry) {
	for _, e := range entries {
		if _, known := r.best[e.ID]; known {
			continue
		}
		r.best[e.ID] = r.score(e)
		r.hits = append(r.hits, e)
	}
}

func (r *ranking) sorted() []Entry {
	slices.SortFunc(r.hits, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(r.best[b.ID], r.best[a.ID]), cmp.Compare(len(a.Name), len(b.Name)), cmp.Compare(a.Sort, b.Sort), cmp.Compare(a.ID, b.ID))
	})
	return r.hits
}

// score says how well an item answers: its name before its other names, the
// whole before a beginning before a part, what was said before what is meant.
func (r *ranking) score(e Entry) float64 {
	if isLatin(r.asked) {
		return r.spelledScore(e)
	}
	best := likeness(r.asked, e.Name)
	for _, a := range e.Aliases {
		best = max(best, 0.95*likeness(r.asked, a))
	}
	for i, mean := range r.meant {
		best = max(best, (0.9-0.01*float64(min(i, 20)))*likeness(fold(mean), e.Name))
	}
	return best
}

// spelledScore is score for what was asked in letters and digits: a code, or
// pinyin. Other names are read only if the name itself does not answer.
func (r *ranking) spelledScore(e Entry) float64 {
	best := max(contained(r.asked, fold(e.Catalogue)), spelledLikeness(r.asked, strings.Fields(e.Sort)))
	for _, a := range e.Aliases {
		if best > 0 {
			break
		}
		best = 0.95 * spelledLikeness(r.asked, pinyin.Syllables(fold(a)))
	}
	return best
}

func spelledLikeness(asked string, read []string) float64 {
	return max(contained(asked, pinyin.Initials(read)), contained(asked, strings.Join(read, "")))
}

// likeness is from 0 to 1: how much of what was asked a name is.
func likeness(asked, name string) float64 {
	name = fold(name)
	if c := contained(asked, name); c > 0 {
		return c
	}
	return 0.6 * overlap(asked, name)
}

// contained is 0 unless asked is in name: more if it begins it, 1 if it is it.
func contained(asked, name string) float64 {
	switch at := strings.Index(name, asked); {
	case at < 0:
		return 0
	case len(name) == len(asked):
		return 1
	case at == 0:
		return 0.8 + 0.1*float64(len(asked))/float64(len(name))
	default:
		return 0.7 + 0.1*float64(len(asked))/float64(len(name))
	}
}

// overlap is the share of pairs of characters that both have.
func overlap(asked, name string) float64 {
	a, b := tokensOf(asked), tokensOf(name)
	if len(a) == 0 {
		return 0
	}
	same := 0
	for _, t := range a {
		if slices.Contains(b, t) {
			same++
		}
	}
	return float64(same) / float64(len(a)) * (0.9 + 0.1*float64(same)/float64(max(len(b), 1)))
}
