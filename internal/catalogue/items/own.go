package items

import (
	"slices"
	"strings"
)

// Fetched reports whether the program gets the material itself, so that no
// applicant need bring it (免提交): it is a certificate, and the applicant's
// own. What the city holds of others is fetched on nobody's asking
// (个人信息保护法第六条).
func (m Material) Fetched() bool { return m.Certificate != "" && m.Holder == "" && m.Own() }

// FetchedIfOwn reports whether the program gets the material of those whose own it
// is, as their application tells: 母亲身份证 when the mother applies.
func (m Material) FetchedIfOwn() bool { return m.Certificate != "" && m.Holder != "" }

// Own reports whether the material is the applicant's own paper, as far as its
// name tells: 营业执照 and 申请人身份证 are, 死者居民身份证, 股东身份证 and
// 聘用驾驶员的机动车驾驶证 are not.
func (m Material) Own() bool {
	bare, notes := Brackets(m.Name)
	meant := Means(m.Name)
	if meant.Known() || meant.Kind == Means(m.Certificate).Kind {
		bare = meant.Whose
	}
	return !slices.ContainsFunc(append(notes, bare), m.others)
}

// others reports whether words speak of people besides the applicant.
func (m Material) others(said string) bool {
	for _, word := range append([]string{m.Certificate, "或者"}, oneself...) {
		said = strings.ReplaceAll(said, word, "")
	}
	return strings.ContainsAny(said, people) || slices.ContainsFunc(holders, func(h string) bool { return strings.Contains(said, h) })
}

// people are the characters with which words for people end or begin: 驾驶员, 药师.
const people = "人者员方师士父母夫妻儿"
