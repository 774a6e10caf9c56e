package items

import (
	"context"
	"slices"
	"strings"

	"tongban/internal/civic/pinyin"
)

// A Match is what the index is asked: any of the alternatives, each being all
// of its words.
type Match [][]Token

// Found is one page of the answer to a search.
type Found struct {
	Hits  []Entry
	More  bool
	Loose bool // nothing fits the words as they stand; these come near
}

// Bounds of a search: how many candidates are ranked, how many a page holds.
const (
	mostCandidates = 120
	mostPerPart    = 40
	mostParts      = 12 // words that are tried by themselves, or with some left out
	mostTogether   = 3  // and how many at a time
	mostTokens     = 24 // of a query that is looked at when nothing fits
	pageOfHits     = 20
	longestQuery   = 60 // characters of a query that are looked at
)

// Search finds what is in force today by name, former name, plain words,
// pinyin, initials or code, the best first. One wrong, missing or surplus
// character does no harm. An empty query finds nothing; see List.
func (s *Service) Search(ctx context.Context, query string, f Filter, page int) (Found, error) {
	words := []rune(apart(query))
	if len(words) == 0 || page < 0 {
		return Found{}, nil
	}
	asked := s.Synonyms.bare(string(words[:min(len(words), longestQuery)]))
	ranked, loose, err := s.seek(ctx, asked, f)
	if err != nil {
		return Found{}, err
	}
	from := min(page*pageOfHits, len(ranked))
	to := min(from+pageOfHits, len(ranked))
	return Found{Hits: ranked[from:to], More: to < len(ranked), Loose: loose}, nil
}

// seek asks the index ever more loosely until there is an answer.
func (s *Service) seek(ctx context.Context, asked string, f Filter) (hits []Entry, loose bool, err error) {
	r := &ranking{asked: fold(asked), best: map[ID]float64{}}
	r.meant = s.Synonyms.meanings(r.asked)
	if err := s.collect(ctx, r, exactly(asked, r.meant), f, mostCandidates); err != nil {
		return nil, false, err
	}
	if len(r.hits) > 0 {
		return r.sorted(), false, nil
	}
	return s.seekNear(ctx, r, asked, f)
}

// seekNear is seek when nothing fits as it stands. Words that nothing has are
// most often those that a slip has spoilt, so they are left out first.
func (s *Service) seekNear(ctx context.Context, r *ranking, asked string, f Filter) (hits []Entry, loose bool, err error) {
	tokens := phrase(asked)
	tokens = tokens[:min(len(tokens), mostTokens)]
	known, err := s.known(ctx, tokens)
	if err != nil {
		return nil, false, err
	}
	var tries []Match
	if len(known) < len(tokens) && 2*len(known) >= len(tokens) {
		tries = append(tries, Match{known})
	}
	for _, m := range slices.Concat([]Match{alike(asked)}, tries, []Match{nearly(tokens)}) {
		if len(r.hits) == 0 && len(m) > 0 {
			if err := s.collect(ctx, r, m, f, mostCandidates); err != nil {
				return nil, false, err
			}
		}
	}
	for n := mostTogether; n > 0 && len(r.hits) == 0; n-- {
		if err := s.gather(ctx, r, scattered(known, n), f); err != nil {
			return nil, false, err
		}
	}
	return r.sorted(), true, nil
}

// alike asks for what sounds as was asked: whoever types in pinyin picks the
// wrong character more often than any other slip (结昏 for 结婚).
func alike(asked string) Match {
	read := pinyin.Syllables(asked)
	if len(read) < 2 || isLatin(asked) {
		return nil
	}
	return Match{{{Text: sounding(read), Prefix: true}}}
}

// known are the words that at least one item has.
func (s *Service) known(ctx context.Context, tokens []Token) ([]Token, error) {
	var known []Token
	for _, t := range tokens {
		found, err := s.Store.Match(ctx, Match{{t}}, s.today(), 1)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			known = append(known, t)
		}
	}
	return known, nil
}

// collect asks the index and ranks what it has; when there is more than can be
// ranked, names that are or begin as was asked are fetched for themselves.
func (s *Service) collect(ctx context.Context, r *ranking, m Match, f Filter, most int) error {
	today := s.today()
	found, err := s.Store.Match(ctx, m.and(f.tokens()), today, most)
	if err != nil {
		return err
	}
	r.add(found)
	if len(found) < mostCandidates || isLatin(r.asked) {
		return nil
	}
	whole, start := Token{Text: "x" + r.asked}, Token{Text: "s" + string([]rune(r.asked)[:min(2, len([]rune(r.asked)))])}
	for _, first := range []Match{{{whole}}, m.and([]Token{start})} {
		found, err := s.Store.Match(ctx, first.and(f.tokens()), today, most)
		if err != nil {
			return err
		}
		r.add(found)
	}
	return nil
}

// and adds words to every alternative.
func (m Match) and(tokens []Token) Match {
	if len(tokens) == 0 {
		return m
	}
	all := make(Match, len(m))
	for i, a := range m {
		all[i] = slices.Concat(a, tokens)
	}
	return all
}

// exactly asks for all words of the query, or of one of its meanings.
func exactly(asked string, meant []string) Match {
	var m Match
	if isLatin(asked) && !strings.Contains(asked, " ") {
		for _, sort := range []string{"i", "y", "c", "w"} {
			m = append(m, []Token{{Text: sort + asked, Prefix: true}})
		}
	} else {
		m = append(m, covering(phrase(asked)))
	}
	for _, mean := range meant {
		m = append(m, covering(phrase(mean)))
	}
	return m
}

// covering leaves out pairs of characters whose characters both stand in the
// pairs beside them: what is left finds nearly the same, in half the time, and
// the ranking tells the rest.
func covering(tokens []Token) []Token {
	var kept []Token
	for i, t := range tokens {
		between := len(kept) > 0 && i+1 < len(tokens) && follows(kept[len(kept)-1], t) && follows(t, tokens[i+1])
		if !between {
			kept = append(kept, t)
		}
	}
	return kept
}

// follows reports whether b begins with the character that ends a.
func follows(a, b Token) bool {
	x, y := []rune(a.Text), []rune(b.Text)
	return len(x) == 2 && len(y) == 2 && x[1] == y[0]
}

// phrase are all words of a text; a single character begins a pair, and a
// Latin word may go on.
func phrase(text string) []Token {
	tokens := tokensOf(text)
	for i := range tokens {
		one := len([]rune(tokens[i].Text)) == 1
		tokens[i].Prefix = one || tokens[i].Text[0] == 'w'
	}
	return tokens
}

// nearly asks for all but two neighbouring pairs of characters: as many as one
// wrong, missing or surplus character can spoil.
func nearly(tokens []Token) Match {
	if len(tokens) < 3 || len(tokens) > mostParts {
		return nil
	}
	var m Match
	for i := 0; i+1 < len(tokens); i++ {
		m = append(m, slices.Concat(tokens[:i], tokens[i+2:]))
	}
	if len(tokens) > 4 { // two characters changed places
		for i := 0; i+2 < len(tokens); i++ {
			m = append(m, slices.Concat(tokens[:i], tokens[i+3:]))
		}
	}
	return m
}

// gather asks for parts of the query, each for itself, so that a common part
// does not crowd out a rare one.
func (s *Service) gather(ctx context.Context, r *ranking, parts [][]Token, f Filter) error {
	for _, part := range parts {
		if err := s.collect(ctx, r, Match{part}, f, mostPerPart); err != nil {
			return err
		}
	}
	return nil
}

// scattered are the runs of n neighbouring words of the query.
func scattered(tokens []Token, n int) [][]Token {
	tokens = tokens[:min(len(tokens), mostParts)]
	var parts [][]Token
	for i := 0; i+n <= len(tokens); i++ {
		parts = append(parts, tokens[i:i+n])
	}
	return parts
}

func isLatin(s string) bool { return strings.IndexFunc(s, func(r rune) bool { return r > 127 }) < 0 }
