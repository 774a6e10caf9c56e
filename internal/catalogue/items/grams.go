package items

import (
	"strings"
	"unicode"

	"tongban/internal/civic/codes"
	"tongban/internal/civic/pinyin"
)

// A Token is one word of the search index. Pairs of characters stand as they
// are; tokens of other sorts begin with a letter that says which:
//
//	x whole name   s its first two characters   i initials from some syllable on
//	y pinyin from some syllable on   w a Latin word or number   c a code
//	a agency   t type   l level   r region   p topic   o object
type Token struct {
	Text   string
	Prefix bool // any word that begins so
}

// spread is how many syllables of a name are indexed from each syllable on.
const spread = 8

// longestWord is how many characters of a word are indexed.
const longestWord = 64

// Words are the words under which the edition is found.
func (e *Edition) Words() []string {
	var w words
	w.name(e.Name, true)
	for _, name := range append(append([]string{}, e.Synonyms...), e.FormerNames...) {
		w.name(name, false)
	}
	w.grams(e.AgencyName)
	for _, r := range e.Results {
		w.grams(r.Name)
	}
	for _, c := range append([]string{e.Codes.Catalogue, e.Codes.Implementation, e.Codes.Handling, e.Codes.LocalCatalogue, e.Codes.Local}, e.FormerCodes...) {
		if c = fold(c); c != "" {
			w.add("c" + c)
		}
	}
	for _, t := range e.filterTokens() {
		w.add(t)
	}
	return w.list
}

// words gathers words, each once.
type words struct {
	list []string
	seen map[string]bool
}

func (w *words) add(word string) {
	word = clipped(word)
	if w.seen == nil {
		w.seen = map[string]bool{}
	}
	if !w.seen[word] {
		w.seen[word] = true
		w.list = append(w.list, word)
	}
}

// clipped is a word cut to what both databases take for one.
func clipped(word string) string {
	if runes := []rune(word); len(runes) > longestWord {
		return string(runes[:longestWord])
	}
	return word
}

// name adds all words by which a name is found; its pinyin from every syllable
// on, or only as a whole.
func (w *words) name(name string, everywhere bool) {
	folded := []rune(fold(name))
	if len(folded) == 0 {
		return
	}
	w.grams(name)
	w.add("x" + string(folded))
	w.add("s" + string(folded[:min(2, len(folded))]))
	read := pinyin.Syllables(string(folded))
	for i := range read {
		w.add(sounding(read[i:]))
		if len(read)-i >= 2 {
			w.add("i" + pinyin.Initials(read[i:min(len(read), i+2*spread)]))
		}
		if !everywhere {
			break
		}
	}
}

// sounding is the word by which is found what reads so.
func sounding(read []string) string { return "y" + strings.Join(read[:min(len(read), spread)], "") }

func (w *words) grams(text string) {
	for _, t := range tokensOf(text) {
		w.add(t.Text)
	}
}

// tokensOf are the pairs of characters and the Latin words of a text.
func tokensOf(text string) []Token {
	var tokens []Token
	for _, run := range runsOf(text) {
		switch {
		case !unicode.Is(unicode.Han, run[0]):
			tokens = append(tokens, Token{Text: clipped("w" + string(run))})
		case len(run) == 1:
			tokens = append(tokens, Token{Text: string(run)})
		default:
			for i := 0; i+1 < len(run); i++ {
				tokens = append(tokens, Token{Text: string(run[i : i+2])})
			}
		}
	}
	return tokens
}

// runsOf splits a folded text into runs of Han characters and of others.
func runsOf(text string) [][]rune {
	var runs [][]rune
	var last byte
	for _, r := range codes.Tidy(text) {
		kind := kindOf(r)
		switch {
		case kind == 0:
		case kind == last:
			runs[len(runs)-1] = append(runs[len(runs)-1], unicode.ToLower(r))
		default:
			runs = append(runs, []rune{unicode.ToLower(r)})
		}
		last = kind
	}
	return runs
}

// kindOf tells Han characters from letters and digits from all else.
func kindOf(r rune) byte {
	switch {
	case unicode.Is(unicode.Han, r):
		return 'h'
	case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
		return 'w'
	}
	return 0
}

// fold is a text without case, width, blanks and punctuation.
func fold(text string) string {
	var b strings.Builder
	for _, run := range runsOf(text) {
		b.WriteString(string(run))
	}
	return b.String()
}

// apart is fold with a blank between runs that were not next to each other.
func apart(text string) string {
	var b strings.Builder
	blank := false
	for _, r := range codes.Tidy(strings.Join(strings.Fields(text), "·")) {
		if kindOf(r) == 0 {
			blank = b.Len() > 0
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// filterTokens are the words by which filters find the edition.
func (e *Edition) filterTokens() []string {
	tokens := []string{"a" + fold(e.Agency), "t" + e.Type.Code(), "l" + e.Level.Code(), "r" + fold(e.Region)}
	for _, t := range e.Topics() {
		tokens = append(tokens, "p"+fold(t))
	}
	if e.ForPersons() {
		tokens = append(tokens, "op")
	}
	if e.ForFirms() {
		tokens = append(tokens, "of")
	}
	return tokens
}

// tokens are the words that everything the filter lets through has.
func (f Filter) tokens() []Token {
	var all []Token
	for _, one := range []struct {
		asked bool
		text  string
	}{
		{f.Agency != "", "a" + fold(f.Agency)}, {f.Type != "", "t" + f.Type.Code()}, {f.Level != "", "l" + f.Level.Code()},
		{f.Region != "", "r" + fold(f.Region)}, {f.Topic != "", "p" + fold(f.Topic)}, {f.Person, "op"}, {f.Firm, "of"},
	} {
		if one.asked {
			all = append(all, Token{Text: clipped(one.text)})
		}
	}
	return all
}
