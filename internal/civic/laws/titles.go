package laws

import (
	"cmp"
	"slices"
	"strings"

	"tongban/internal/civic/pinyin"
)

// title is how a law is found without its wording.
type title struct {
	plain    string   // as Title gives it
	initials string   // spaqf
	spelled  string   // shipinanquanfa
	names    []string // as its versions are entered
}

// titled puts the names of all laws in order, the shorter first: of two that
// begin alike the shorter is more often meant.
func titled(laws map[string][]version) []title {
	all := make([]title, 0, len(laws))
	for plain, versions := range laws {
		read := pinyin.Syllables(plain)
		t := title{plain: plain, initials: pinyin.Initials(read), spelled: strings.Join(read, "")}
		for _, v := range versions {
			for _, name := range v.names {
				if !slices.Contains(t.names, name) {
					t.names = append(t.names, name)
				}
			}
		}
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b title) int {
		return cmp.Or(cmp.Compare(len(a.plain), len(b.plain)), cmp.Compare(a.plain, b.plain))
	})
	return all
}

// mostMeant is how many laws one word of a question stands for.
const mostMeant = 40

// Meant are the laws, by the names under which they are entered, that people mean
// by a word: by its initials or pinyin (spaqf, shipinanquan), or by the short
// name that everybody uses (食安法, 消法). Words that stand in a law's name find it
// without being meant.
func (c *Codex) Meant(word string) []string {
	if c == nil {
		return nil
	}
	word = strings.ToLower(Title(word))
	var names []string
	for _, like := range []func(title) bool{
		func(t title) bool { return strings.HasPrefix(t.initials, word) || strings.HasPrefix(t.spelled, word) },
		func(t title) bool { return t.within(word) || t.short(word) },
	} {
		for _, t := range c.titles {
			if len(names) < mostMeant && word != "" && like(t) && !slices.Contains(names, t.names[0]) {
				names = append(names, t.names...)
			}
		}
	}
	return names
}

// leastWithin is how many letters must agree in the midst of a name.
const leastWithin = 3

func (t title) within(word string) bool {
	return len(word) >= leastWithin && (strings.Contains(t.initials, word) || strings.Contains(t.spelled, word))
}

// mostShort is how many characters a short name has, at most.
const mostShort = 8

// short reports whether the word is what is left of the name when characters are
// dropped from its midst: 食安法 of 食品安全法, not 安法.
func (t title) short(word string) bool {
	asked, name := []rune(word), []rune(t.plain)
	if len(asked) < 2 || len(asked) > mostShort || len(asked) >= len(name) || !strings.ContainsRune("法例则定", asked[len(asked)-1]) {
		return false
	}
	if asked[0] != name[0] || asked[len(asked)-1] != name[len(name)-1] {
		return false
	}
	at := 0
	for _, r := range name {
		if at < len(asked) && asked[at] == r {
			at++
		}
	}
	return at == len(asked)
}
