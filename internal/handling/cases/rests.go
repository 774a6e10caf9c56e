package cases

import (
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
)

// A laterLaw is the article by which one law governs what happens to a decision
// that was granted under it: it goes before what the table of life says.
type laterLaw struct {
	kinds   []LaterKind
	ground  string // only on this; "" on any
	law     string // on which the item rests
	under   string // the article of it, where only that is meant
	makes   string // the kind of paper that the item makes, where only that is meant
	article string
}

// laterLaws are those that name the kind of decision themselves: what they do not
// name is nowhere in this list.
var laterLaws = []laterLaw{
	{kinds: []LaterKind{Changing}, law: "市场主体登记管理条例", makes: businessLicence, article: "市场主体登记管理条例第二十四条"},
	{kinds: []LaterKind{Cancelling}, law: "市场主体登记管理条例", makes: businessLicence, article: "市场主体登记管理条例第三十一条"},
	{kinds: []LaterKind{Annulling}, ground: Fraud, law: "市场主体登记管理条例", makes: businessLicence, article: "市场主体登记管理条例实施细则第五十三条"},
	{kinds: []LaterKind{Changing, Cancelling}, law: "社会保险法", under: "第五十七条", article: "社会保险法第五十七条"},
	{kinds: []LaterKind{Changing, Cancelling}, law: "住房公积金管理条例", under: "第十四条", article: "住房公积金管理条例第十四条"},
	{kinds: []LaterKind{Changing, Cancelling}, law: "不动产登记暂行条例", article: "不动产登记暂行条例第十四条"},
	{kinds: []LaterKind{Renewing}, law: "居住证暂行条例", article: "居住证暂行条例第十条"},
	{kinds: []LaterKind{Annulling}, ground: Fraud, law: "社会救助暂行办法", article: "社会救助暂行办法第六十八条"},
	{kinds: []LaterKind{Annulling}, ground: Fraud, law: "法律援助法", article: "法律援助法第四十八条"},
}

// businessLicence is what the registration of a company or trader makes.
const businessLicence = "营业执照"

// Article is the article on which a decision of the kind, on that ground, stands for
// what was granted under the edition; "" where no law names one: 行政许可法 is for
// licences only (第二条).
func (k LaterKind) Article(e *items.Edition, ground string) string {
	for _, l := range laterLaws {
		if slices.Contains(l.kinds, k) && (l.ground == "" || l.ground == ground) && l.governs(e) {
			return l.article
		}
	}
	return e.Type.Rests(MoveOf(laterRows[k].act).Basis)
}

// RenewsBySilence reports whether what the edition grants goes on where nobody decides
// in time on its renewal: a licence does (行政许可法第五十条).
func RenewsBySilence(e *items.Edition) bool { return e.Type == items.Licence }

// governs reports whether the law speaks of what the item grants.
func (l laterLaw) governs(e *items.Edition) bool {
	rests := slices.ContainsFunc(e.Bases, func(b items.Basis) bool {
		return strings.TrimPrefix(b.Law, "中华人民共和国") == l.law && (l.under == "" || b.Article == l.under || strings.HasPrefix(b.Article, l.under+"第"))
	})
	return rests && (l.makes == "" || slices.ContainsFunc(e.Results, func(r items.Result) bool { return items.Means(r.Name).Kind == l.makes }))
}

// Rests is the article on which the move rests for an item of the edition; "" where
// no law names one.
func (m Move) Rests(e *items.Edition) string {
	for _, k := range LaterKinds {
		if row := laterRows[k]; m.Act == row.act || m.Act == row.ask && row.ask != "" {
			return k.Article(e, "")
		}
	}
	return e.Type.Rests(m.Basis)
}

// Rests is the article on which what the move tells of rests: of what happened to a
// decision that was granted the one told in it.
func (m Moved) Rests(e *items.Edition) string {
	if m.Later != nil && m.Basis != "" {
		return e.Type.Rests(m.Basis)
	}
	return MoveOf(m.Act).Rests(e)
}
