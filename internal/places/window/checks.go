package window

import (
	"fmt"
	"strconv"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// check is one material with what the clerk found of it.
type check struct {
	No       int
	Material items.Material
	Handed   *cases.Handed // nil: nothing on file
	Finding  cases.Finding
	Reason   string // of reasons, "1" to "4"; "" none
	Typed    string // what the clerk wrote for the applicant
	By       calendar.Day
	Word     bool           // the applicant's pledge stands for it, or may at the counter
	Offer    *cases.Promise // by which the applicant chose to bring it later
	Promise  *cases.Promise // under which the case was accepted without it
	Base     string         // address of the case, for its files; "" at filing
	Held     string         // certificate of the applicant's that stands for it; "" none
	Reliefs  []cases.Relief // if it was not brought, the lightest first
}

// reasons are what can be wrong with a paper, and how to say it.
var reasons = []struct{ word, say string }{
	{"没带", "没有提交“%s”，请补交%s"},
	{"要素不全", "“%s”内容不全，请补全后重新提交%s"},
	{"看不清", "“%s”看不清，请提交清晰的%s"},
	{"未签章", "“%s”没有签字或者盖章，请签章后重新提交%s"},
}

// Say is what the applicant is told: the clerk's words, or those of the reason.
func (k check) Say() string {
	if k.Typed != "" || k.Finding == cases.Complete || k.Finding == cases.Exempt || k.Finding == cases.OnWord || k.Finding == "" {
		return k.Typed
	}
	n, err := strconv.Atoi(k.Reason)
	if err != nil || n < 1 || n > len(reasons) {
		if k.Finding == cases.Defective {
			return ""
		}
		n = 1
	}
	if k.Offer != nil && n == 1 {
		return fmt.Sprintf("您申请稍后补交“%s”，未予同意，请补交%s", k.Material.Name, k.Material.Wanted())
	}
	return fmt.Sprintf(reasons[n-1].say, k.Material.Name, k.Material.Wanted())
}

// read takes what the clerk's form says of the material.
func (k check) read(f *page.Form) check {
	k.Finding = cases.Finding(f.OneOf(k.name("v"), string(cases.Complete), string(cases.Missing), string(cases.Defective), string(cases.Exempt), string(cases.Promised), string(cases.OnWord)))
	k.Reason = f.OneOf(k.name("r"), "1", "2", "3", "4")
	k.Typed = f.Text(k.name("s"))
	return k
}

func (k check) name(of string) string { return of + "." + k.Material.ID }

// with takes what the city holds: that need not be brought.
func (k check) with(e *items.Edition, held cases.Held) check {
	k.Held, k.Reliefs = held[k.Material.ID], cases.Reliefs(e, k.Material, held)
	if k.Held != "" && k.Finding == "" && !k.there() {
		k.Finding = cases.Exempt
	}
	return k
}

// seen takes the verdict that is on file.
func (k check) seen() check {
	if k.Handed == nil {
		return k
	}
	if v := k.Handed.Verdict; v != nil {
		k.Finding, k.Typed = v.Finding, v.Say
	} else if k.Handed.Certificate != "" {
		k.Finding = cases.Exempt
	}
	return k
}

// changed reports whether the verdict differs from the one on file.
func (k check) changed() bool {
	if k.Finding == "" {
		return false
	}
	return k.Handed == nil || k.Handed.Verdict == nil || k.Handed.Verdict.Finding != k.Finding || k.Handed.Verdict.Say != k.Say()
}

// there reports whether anything of the material is on file.
func (k check) there() bool {
	return k.Handed != nil && (len(k.Handed.Files) > 0 || k.Handed.Certificate != "" || k.Handed.Paper)
}

// source is where the material comes from, as the table shows it.
func (k check) source() string {
	switch h := k.Handed; {
	case k.there() && h.Certificate != "":
		return "电子证照"
	case k.there() && len(h.Files) > 0:
		return fmt.Sprintf("上传%d个文件", len(h.Files))
	case k.there():
		return "窗口收取纸质"
	case k.Held != "":
		return "电子证照库"
	case k.Material.Fetched():
		return "可用电子证照"
	case k.Material.FetchedIfOwn():
		return "是本人的用电子证照"
	case k.Base == "":
		return string(k.Material.Channel)
	}
	return "未提交"
}

// row is the material as the clerk's table shows it.
func (k check) row(open bool) frame.Material {
	m := frame.Material{No: k.No, Name: k.Material.Name, Kind: kindOf(k.Material), Source: k.source(), Open: open, Body: checkBody(k)}
	m.Note = relieved(k.Reliefs)
	if k.Offer != nil {
		m.Note = "申请人承诺" + k.Offer.By.Han() + "前补交"
	}
	m.Tone, m.Verdict = verdictWord(k.Finding)
	if k.there() {
		for i, f := range k.Handed.Files {
			m.Views = append(m.Views, frame.Link{Text: viewWord(i, len(k.Handed.Files)), Href: k.Base + "/files/" + f.Hash})
		}
	}
	return m
}

// relieved is what may be done instead of asking for a material, in the order in
// which it is tried: 可承诺代替、容缺.
func relieved(all []cases.Relief) string {
	if len(all) == 0 {
		return ""
	}
	words := make([]string, len(all))
	for i, r := range all {
		words[i] = r.Han()
	}
	return "可" + strings.Join(words, "、")
}

// insteadOf tells the clerk what to offer the applicant before asking for a material.
func (a actPage) insteadOf(material string) string {
	m, _ := a.Edition.Material(material)
	may := relieved(cases.Reliefs(a.Edition, m, nil))
	if may == "" {
		return ""
	}
	return "申请人愿意的" + may + "，不用补正"
}

func viewWord(i, of int) string {
	if of == 1 {
		return "看图"
	}
	return "看图" + strconv.Itoa(i+1)
}

func kindOf(m items.Material) string {
	switch {
	case m.Necessity == items.Optional:
		return "非必要"
	case m.MayFollow():
		return "次要"
	}
	return "主要"
}

func verdictWord(f cases.Finding) (frame.Tone, string) {
	switch f {
	case cases.Complete, cases.Exempt, cases.OnWord:
		return frame.Green, f.Han()
	case cases.Promised:
		return frame.Amber, f.Han()
	case cases.Missing, cases.Defective:
		return frame.Red, f.Han()
	}
	return frame.Plain, "待核对"
}

// verdicts are the choices of a row, each with its key; 容缺 only where the
// guide lets the material follow.
func (k check) verdicts() []frame.Choice {
	all := []frame.Choice{{Value: string(cases.Complete), Label: "齐全", Tag: "空格"}}
	if k.Material.MayFollow() {
		all = append(all, frame.Choice{Value: string(cases.Promised), Label: "容缺", Tag: "R"})
	}
	if k.Word {
		all = append(all, frame.Choice{Value: string(cases.OnWord), Label: "承诺代替", Tag: "W"})
	}
	return append(all,
		frame.Choice{Value: string(cases.Missing), Label: "缺失", Tag: "M"},
		frame.Choice{Value: string(cases.Defective), Label: "不符合要求", Tag: "B"},
		frame.Choice{Value: string(cases.Exempt), Label: "免提交", Tag: "E"})
}

func causes() []frame.Choice {
	var all []frame.Choice
	for i, r := range reasons {
		n := strconv.Itoa(i + 1)
		all = append(all, frame.Choice{Value: n, Label: r.word, Tag: n})
	}
	return all
}

// intent is what the findings amount to, once the letter of what is promised is signed.
func intent(all []check) cases.Intent {
	var i cases.Intent
	for _, k := range all {
		if k.Finding != "" {
			i.Verdicts = append(i.Verdicts, cases.Verdict{Material: k.Material.ID, Finding: k.Finding, Say: k.Say()})
		}
		switch k.Finding {
		case cases.Promised:
			i.Promises = append(i.Promises, cases.Promise{Material: k.Material.ID, By: k.By, OnPaper: true, Attorney: true})
		case cases.Missing, cases.Defective:
			i.List = append(i.List, cases.Deficiency{Material: k.Material.ID, Name: k.Material.Name, Finding: k.Finding, Say: k.Say()})
		}
	}
	return i
}

// tally is the table's last line: 主要材料 6 / 6 齐，容缺 1 项.
func tally(all []check) string {
	main, ready, promised, open := 0, 0, 0, 0
	for _, k := range all {
		good := k.Finding == cases.Complete || k.Finding == cases.Exempt || k.Finding == cases.OnWord
		if kindOf(k.Material) == "主要" {
			main++
			if good {
				ready++
			}
		}
		switch k.Finding {
		case cases.Promised:
			promised++
		case "":
			open++
		}
	}
	words := []string{fmt.Sprintf("主要材料 %d / %d 齐", ready, main)}
	if promised > 0 {
		words = append(words, fmt.Sprintf("容缺 %d 项", promised))
	}
	if open > 0 {
		words = append(words, fmt.Sprintf("%d 项待核对", open))
	}
	return strings.Join(words, "，")
}
