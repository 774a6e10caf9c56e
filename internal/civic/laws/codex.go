package laws

import (
	"cmp"
	"fmt"
	"slices"

	"tongban/internal/civic/calendar"
)

// A Codex is every citation that may be made, without the wordings: small enough
// to be held in memory. The zero Codex knows no law.
type Codex struct {
	laws   map[string][]version // by Title, the oldest version first
	titles []title
}

// version is one wording of a law.
type version struct {
	name        string
	names       []string // all under which it is entered
	passed      calendar.Day
	from, until calendar.Day // of the law as a whole; 0: no bound known
	articles    map[int]force
	last        int  // highest number of an article, in hundreds
	whole       bool // every article from the first to the last is here with its wording
}

// force is between which days one article is in force.
type force struct{ from, until calendar.Day }

// NewCodex puts articles in order.
func NewCodex(all []Article) *Codex {
	c := &Codex{laws: map[string][]version{}}
	bare := map[string]bool{} // laws some of whose articles have no wording
	for _, a := range all {
		v := c.version(a)
		if !slices.Contains(v.names, a.Law) {
			v.names = append(v.names, a.Law)
		}
		v.articles[a.Number()] = force{a.From(), a.Abolished}
		v.last = max(v.last, a.Number()/100)
		if a.Text == "" {
			bare[fmt.Sprint(Title(a.Law), a.Version)] = true
		}
	}
	for title, versions := range c.laws {
		slices.SortFunc(versions, func(a, b version) int { return cmp.Compare(a.passed, b.passed) })
		for i := range versions {
			versions[i].settle(!bare[fmt.Sprint(title, versions[i].passed)])
		}
		for i := range versions[:len(versions)-1] {
			if next := versions[i+1].from; versions[i].until == 0 {
				versions[i].until = next // a newer wording takes the place of an older
			}
		}
	}
	c.titles = titled(c.laws)
	return c
}

// version is the place of an article's version in the codex.
func (c *Codex) version(a Article) *version {
	title := Title(a.Law)
	for i := range c.laws[title] {
		if c.laws[title][i].passed == a.Version {
			return &c.laws[title][i]
		}
	}
	c.laws[title] = append(c.laws[title], version{name: a.Law, passed: a.Version, articles: map[int]force{}})
	return &c.laws[title][len(c.laws[title])-1]
}

// settle works out between which days the version is in force, and whether all
// of it is here.
func (v *version) settle(worded bool) {
	first := true
	for _, f := range v.articles {
		if first || f.from < v.from {
			v.from = f.from
		}
		if first || f.until == 0 || v.until != 0 && f.until > v.until {
			v.until = f.until
		}
		first = false
	}
	v.whole = worded
	for n := 1; n <= v.last && v.whole; n++ {
		_, v.whole = v.articles[n*100]
	}
}

// Len is how many laws the codex knows.
func (c *Codex) Len() int {
	if c == nil {
		return 0
	}
	return len(c.laws)
}

// Knows reports whether the codex has any article of a law of that name.
func (c *Codex) Knows(law string) bool { return c != nil && len(c.laws[Title(law)]) > 0 }

// A Doubt is what is wrong with a citation.
type Doubt string

// The doubts. Those that follow from a law of which only a part is here, or
// none of it, are to be confirmed by a person; the others are certain.
const (
	Unknown   Doubt = "unknown"   // no law of that name is here
	Unlisted  Doubt = "unlisted"  // the article is not here, but neither is the whole law
	Missing   Doubt = "missing"   // the law is here as a whole and has no such article
	Abolished Doubt = "abolished" // no longer in force on the day
	Early     Doubt = "early"     // not yet in force on the day
)

// Certain reports whether the citation is surely wrong.
func (d Doubt) Certain() bool { return d == Missing || d == Abolished || d == Early }

// A Verdict is one doubt about a citation, with the sentence for it.
type Verdict struct {
	Doubt Doubt
	Say   string
}

// Judge says what is wrong with citing these articles of a law on a day; day 0
// asks for their existence only. A law may be cited in the version of a day,
// 《食品安全法（2021-04-29）》; otherwise the one in force on the day is meant.
func (c *Codex) Judge(law, articles string, day calendar.Day) []Verdict {
	if c == nil || Title(law) == "" {
		return nil
	}
	name, passed := Named(law)
	versions := c.laws[Title(law)]
	if len(versions) == 0 {
		return []Verdict{{Unknown, fmt.Sprintf("法条库里没有《%.60s》，请核对名称，或者先补录再引用", name)}}
	}
	v, doubt := pick(versions, passed, day)
	if doubt != nil {
		return []Verdict{*doubt}
	}
	var all []Verdict
	for _, span := range Articles(articles) {
		if one := v.judge(span, day); one != nil {
			all = append(all, *one)
		}
	}
	return all
}

// pick finds the version that is meant, or says why there is none.
func pick(versions []version, passed, day calendar.Day) (*version, *Verdict) {
	at := len(versions) - 1
	if i := slices.IndexFunc(versions, func(v version) bool { return passed != 0 && v.passed == passed }); i >= 0 {
		at = i
	} else if day != 0 {
		for at > 0 && versions[at].from > day {
			at--
		}
	}
	v := &versions[at]
	switch {
	case day == 0:
		return v, nil
	case v.until != 0 && v.until <= day && at+1 < len(versions):
		return nil, &Verdict{Abolished, fmt.Sprintf("所引《%s》（%s）自%s起由新的版本代替，请按新版本核对条款", v.name, v.passed, v.until.Han())}
	case v.until != 0 && v.until <= day:
		return nil, &Verdict{Abolished, fmt.Sprintf("《%s》自%s起废止，不能再作依据", v.name, v.until.Han())}
	case v.from > day:
		return nil, &Verdict{Early, fmt.Sprintf("《%s》%s起才施行，此前不能作依据", v.name, v.from.Han())}
	}
	return v, nil
}

// judge looks up every article of a span.
func (v *version) judge(span Span, day calendar.Day) *Verdict {
	if span.Last/100-span.First/100 > 2000 {
		return &Verdict{Missing, fmt.Sprintf("《%s》没有%s，请核对条号", v.name, span)}
	}
	for n := span.First; ; n = n/100*100 + 100 {
		n = min(n, span.Last)
		f, here := v.articles[n]
		switch {
		case !here && v.whole:
			return &Verdict{Missing, fmt.Sprintf("《%s》没有%s（共%d条），请核对条号", v.name, written(n), v.last)}
		case !here:
			return &Verdict{Unlisted, fmt.Sprintf("法条库没有收录《%s》%s，请核对条号，或者先补录", v.name, written(n))}
		case day != 0 && f.until != 0 && f.until <= day:
			return &Verdict{Abolished, fmt.Sprintf("《%s》%s自%s起废止，不能再作依据", v.name, written(n), f.until.Han())}
		case day != 0 && f.from > day:
			return &Verdict{Early, fmt.Sprintf("《%s》%s%s起才施行，此前不能作依据", v.name, written(n), f.from.Han())}
		}
		if n >= span.Last {
			return nil
		}
	}
}
