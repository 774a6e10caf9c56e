package foreign

import (
	"regexp"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
)

// basisWords are under what a record of a basis says what.
var basisWords = struct{ law, article, text []string }{
	[]string{"law", "法律", "name", "名称", "法律法规名称", "法律名称", "法规名称", "依据名称", "文件名称"},
	[]string{"articles", "article", "条款", "条款号", "条文号", "依据条款", "条"},
	[]string{"text", "条文", "content", "条款内容", "条文内容", "内容"},
}

// basesOf reads the bases of a part: of a condition, a paper, a fee.
func (r *reading) basesOf(path string, m fields) []items.Basis {
	return r.basesIn(path+".basis", m.maps("law", slices.Concat([]string{"basis", "by_law", "legal_basis", "依据"}, partOf["materials.basis"], partOf["fees.basis"])...))
}

func (r *reading) basesIn(path string, all []fields) []items.Basis {
	var bases []items.Basis
	for i, m := range all {
		b := items.Basis{Law: m.text(basisWords.law...), Article: m.text(basisWords.article...), Text: m.text(basisWords.text...)}
		if b.Article == "" {
			b.Law, b.Article = cited(b.Law)
		}
		b.Law = strings.TrimSuffix(strings.TrimPrefix(b.Law, "《"), "》")
		if number := issued.FindString(b.Article); number != "" {
			b.Article = strings.TrimPrefix(b.Article, number)
			m["文号"] = number
		}
		path := strings.TrimSuffix(path, ".basis")
		if len(all) > 1 || path == "bases" {
			path = at(path, i)
		}
		r.leftOf(path, m)
		bases = append(bases, b)
	}
	return bases
}

// issued is under what number an act was issued, between its name and the article.
var issued = regexp.MustCompile(`^\s*[（(][^（）()]*(?:号|令|公告|发布|修订|修正)[^（）()]*[）)]`)

// articles reads the column of the articles beside that of the laws: one line a law.
func (r *reading) articles() {
	v := r.f.peek(names["article"]...)
	lines := several(textOf(v))
	if len(lines) == 0 || len(lines) != len(r.e.Bases) {
		return // named among what nobody took
	}
	for i := range r.e.Bases {
		if r.e.Bases[i].Article != "" {
			return
		}
	}
	for i := range r.e.Bases {
		r.e.Bases[i].Article = textOf(lines[i])
	}
	r.f.take(names["article"]...)
}

// cited takes 《食品安全法》第三十五条 apart.
func cited(s string) (law, article string) {
	if i := strings.LastIndex(s, "》"); strings.HasPrefix(s, "《") && i > 0 && !strings.Contains(s[len("《"):i], "》") {
		return s[len("《"):i], s[i+len("》"):]
	}
	return s, ""
}
