package laws

import (
	"regexp"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// An Article is one article of one version of a law (法条).
type Article struct {
	Law       string       `json:"law"`                // 中华人民共和国行政许可法
	Version   calendar.Day `json:"version,omitzero"`   // day this wording was passed; 0: not known
	Article   string       `json:"article"`            // 第三十二条; "" a notice as a whole, which has no articles
	Chapter   string       `json:"chapter,omitempty"`  // 第四章 第二节
	Text      string       `json:"text,omitempty"`     // the wording; "" where only the citation is known
	Effective calendar.Day `json:"effective,omitzero"` // first day in force; 0: since the version
	Abolished calendar.Day `json:"abolished,omitzero"` // first day no longer in force; 0: none
}

// Bounds of an article, in bytes.
const (
	mostName = 300
	mostText = 64 << 10
)

// From is the first day the article is in force; 0 where nothing is known.
func (a Article) From() calendar.Day {
	if a.Effective != 0 {
		return a.Effective
	}
	return a.Version
}

// Number is where the article stands in its law: the hundredfold of its number,
// and of 第十条之一 the one added; 0 if its name holds no number.
func (a Article) Number() int {
	if spans := Articles(a.Article); len(spans) > 0 {
		return spans[0].First
	}
	return 0
}

// Check says what is wrong with an article, each thing at its field:
// laws.article.
func (a Article) Check() error {
	wrong := fault.New(fault.Invalid, "laws.article", "法条有误，请按所列各处修改")
	at := func(path, code, say string) { wrong = wrong.At(path, code, "%s", say) }
	switch {
	case Title(a.Law) == "":
		at("law", "required", "请填写法律名称")
	case len(a.Law) > mostName:
		at("law", "long", "法律名称过长")
	}
	if spans := Articles(a.Article); (a.Article != "" || a.Text != "") && (len(spans) != 1 || !spans[0].Single()) {
		at("article", "number", "条号应写成“第三十五条”的样子，一行一条")
	}
	if len(a.Text) > mostText {
		at("text", "long", "条文过长，请检查是否把几条并成了一条")
	}
	if a.Abolished != 0 && a.From() != 0 && a.Abolished <= a.From() {
		at("abolished", "crossed", "废止日期应在施行日期之后")
	}
	if len(wrong.Fields) == 0 {
		return nil
	}
	return wrong
}

// Tidy is the article with its texts as we keep them.
func (a Article) Tidy() Article {
	name, version := Named(a.Law)
	a.Law = name
	if a.Version == 0 {
		a.Version = version
	}
	a.Article, a.Chapter, a.Text = strings.TrimSpace(a.Article), strings.TrimSpace(a.Chapter), strings.TrimSpace(a.Text)
	return a
}

// republic begins the full names of laws, and people leave it out.
const republic = "中华人民共和国"

var (
	bracket = regexp.MustCompile(`[（(][^（()）]*[)）]$`)
	dated   = regexp.MustCompile(`[0-9]{4}-[0-9]{2}-[0-9]{2}`)
)

// Named takes the name of a law apart: 《食品安全法（2021-04-29）》 is 食品安全法
// in the version of that day. What else stands in brackets at its end, such as
// the number of the decree, is left out.
func Named(text string) (name string, version calendar.Day) {
	name = strings.TrimSpace(text)
	name = strings.TrimSuffix(strings.TrimPrefix(name, "《"), "》")
	for {
		end := bracket.FindString(name)
		if end == "" || end == name || kept(end) {
			return name, version
		}
		if day := dated.FindString(end); day != "" {
			version = calendar.Parse(day)
		}
		name = strings.TrimSpace(strings.TrimSuffix(name, end))
	}
}

// kept reports whether what stands in brackets belongs to the name: a law on
// trial is another than the one that follows it.
func kept(end string) bool { return strings.Contains(end, "试行") || strings.Contains(end, "暂行") }

// Title is the name under which a law is known whatever way it is written:
// without brackets and without 中华人民共和国.
func Title(text string) string {
	name, _ := Named(text)
	if short := strings.TrimPrefix(name, republic); short != "" {
		return strings.Join(strings.Fields(short), "")
	}
	return name
}
