package themes

import (
	"slices"
	"unicode/utf8"

	"tongban/internal/catalogue/items"
)

// proposals are the names on the list that seem to mean one paper and of which
// no person has said yet whether they do.
func proposals(t *Theme, list []Material) []Proposal {
	var all []Proposal
	groups := map[string][]int{}
	var order []string
	read := make([]items.Meant, len(list))
	for i, m := range list {
		read[i] = items.Means(m.Name)
		read[i].Whose = t.meant(read[i].Whose)
		if generic(read[i].Kind) {
			continue
		}
		if groups[read[i].Kind] == nil {
			order = append(order, read[i].Kind)
		}
		groups[read[i].Kind] = append(groups[read[i].Kind], i)
	}
	for _, kind := range order {
		for _, same := range holding(read, groups[kind]) {
			all = propose(t, all, list, same, kind+ofOne(read, same), true)
		}
	}
	return append(all, resembling(t, list, read)...)
}

// resembling proposes names that nobody knows but that look alike.
func resembling(t *Theme, list []Material, read []items.Meant) []Proposal {
	var all []Proposal
	letters := make([]map[[2]rune]bool, len(list))
	runes := make([][]rune, len(list))
	for i, r := range read {
		if !generic(r.Kind) && !r.Known() {
			letters[i], runes[i] = pairs(r.Kind), []rune(r.Kind)
		}
	}
	for i := range list {
		for j := range i {
			if read[i].Kind != read[j].Kind && (alike(letters[i], letters[j]) || within(runes[i], runes[j])) && compatible(read[i].Whose, read[j].Whose) {
				all = propose(t, all, list, []int{j, i}, list[j].Name, false)
			}
		}
	}
	return all
}

// holding divides papers of one kind by whose they are: the husband's is not
// the wife's. One that does not say whose it is may be that of the only person
// the others name.
func holding(read []items.Meant, places []int) [][]int {
	by := map[string][]int{}
	var whose []string
	for _, i := range places {
		if by[read[i].Whose] == nil {
			whose = append(whose, read[i].Whose)
		}
		by[read[i].Whose] = append(by[read[i].Whose], i)
	}
	if len(by[""]) > 0 && len(whose) == 2 {
		return [][]int{places}
	}
	var all [][]int
	for _, w := range whose {
		all = append(all, by[w])
	}
	return all
}

// ofOne tells whose the papers are, where they are all somebody else's than the
// applicant's: the buyer's card merged must not read like anybody's.
func ofOne(read []items.Meant, places []int) string {
	whose := read[places[0]].Whose
	for _, i := range places {
		if read[i].Whose != whose {
			return ""
		}
	}
	if whose == "" || whose == "申请人" {
		return ""
	}
	return "（" + whose + "）"
}

func propose(t *Theme, all []Proposal, list []Material, places []int, as string, sure bool) []Proposal {
	p := Proposal{As: as, Sure: sure}
	for _, i := range places {
		p.Names = append(p.Names, list[i].Name)
		p.Demands = append(p.Demands, list[i].Demands...)
	}
	slices.Sort(p.Names)
	if p.Names = slices.Compact(p.Names); len(p.Names) < 2 || t.saidApart(p.Names) {
		return all
	}
	return append(all, p)
}

// saidApart reports whether a person said that the names mean several papers.
func (t *Theme) saidApart(names []string) bool {
	return slices.ContainsFunc(t.Names, func(s Same) bool {
		return s.Apart && !slices.ContainsFunc(names, func(n string) bool { return !slices.Contains(s.Names, n) })
	})
}

func compatible(a, b string) bool { return a == "" || b == "" || a == b }

// alike reports whether two names look like one: they share most of their
// neighbouring letters.
func alike(x, y map[[2]rune]bool) bool {
	if len(x) < 3 || len(y) < 3 {
		return false
	}
	common := 0
	for p := range x {
		if y[p] {
			common++
		}
	}
	return 10*common >= 7*(len(x)+len(y)-common)
}

// within reports whether one name is the other with a few letters more:
// 消防安全制度, 消防安全管理制度.
func within(short, long []rune) bool {
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) < 4 || len(short)*10 < len(long)*6 {
		return false
	}
	i := 0
	for _, r := range long {
		if i < len(short) && short[i] == r {
			i++
		}
	}
	return i == len(short)
}

// pairs are the neighbouring letters of a name.
func pairs(s string) map[[2]rune]bool {
	all := make(map[[2]rune]bool, utf8.RuneCountInString(s))
	var last rune
	for i, r := range s {
		if i > 0 {
			all[[2]rune{last, r}] = true
		}
		last = r
	}
	return all
}
