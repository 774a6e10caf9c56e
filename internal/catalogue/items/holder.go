package items

import (
	"fmt"
	"slices"
	"strings"

	"tongban/internal/engine/condition"
	"tongban/internal/engine/forms"
)

// An Asker is who applies, as far as it tells which papers are their own: the
// number of their document as the city has it, and what they answered.
type Asker struct {
	Number  string
	Answers forms.Answers
}

// AskerNumber is the name under which a holder is compared with who applies.
const AskerNumber = "申请人证件号码"

// claim is the condition under which the applicant is the holder: their number is
// what one of the questions was answered with. A holder names one question, or
// several of which any will do (父亲公民身份号码、母亲公民身份号码); where it hangs on
// the situation whose paper it is, a choice: 随谁落户 == "随父亲" ? 父亲公民身份号码 : 母亲公民身份号码.
func claim(holder string) string {
	if strings.ContainsAny(holder, "[]") {
		return "[" // no condition: what closes the list would say something else
	}
	if !strings.Contains(holder, `"`) {
		holder = strings.NewReplacer("、", ",", "，", ",").Replace(holder)
	}
	return AskerNumber + " in [" + holder + "]"
}

// Fetches reports whether a material of the edition is fetched for this
// applicant: it is their own paper whoever applies, or their application says
// that it is theirs (个人信息保护法第六条: nobody else's is).
func (e *Edition) Fetches(m Material, who Asker) bool {
	return m.Fetched() || m.FetchedIfOwn() && e.holds(m.Holder, who)
}

// holds reports whether the applicant is the holder. What they were not asked,
// or what cannot be judged, proves nothing.
func (e *Edition) holds(holder string, who Asker) bool {
	if who.Number == "" {
		return false
	}
	facts := forms.Facts(e.Form.With(e.Questions), who.Answers, 0)
	facts[AskerNumber] = strings.ToUpper(who.Number)
	holds, err := condition.Judge(claim(holder), facts)
	return err == nil && holds
}

// Unfetched says why no certificate of the applicant's stands for the material,
// and what to do; "" where one may.
func (e *Edition) Unfetched(m Material, who Asker) string {
	switch {
	case m.Certificate == "":
		return fmt.Sprintf("“%s”没有可以代替的电子证照，请上传", m.Name)
	case !e.Fetches(m, who):
		return fmt.Sprintf("“%s”不是申请人自己的证照，不能用申请人的电子%s代替，请上传", m.Name, m.Certificate)
	}
	return ""
}

// HolderAs writes a holder anew with other words for its questions, so that it
// can stand in another form; "" if it cannot be read.
func HolderAs(holder string, with func(name string) (string, bool)) string {
	if holder == "" {
		return ""
	}
	text, err := condition.Rename(claim(holder), with)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(strings.TrimPrefix(text, AskerNumber+" in ["), "]")
}

// holderless are materials whose holder cannot be told by the form: each question
// must be there and take the number of a person or an organisation.
func holderless(e *Edition, say report) {
	whole := e.Form.With(e.Questions)
	vars := whole.Vars()
	vars[AskerNumber] = condition.Text
	for i, m := range e.Materials {
		path := at("materials", i) + ".holder"
		if m.Holder == "" {
			continue
		}
		p, err := condition.Compile(claim(m.Holder), vars)
		switch {
		case err != nil:
			say(path, "“%s”是谁的证照看不出来：“%s”不是表单里的问题，请填写登记证照持有人号码的问题的名字", m.Name, m.Holder)
		case m.Certificate == "":
			say(path, "“%s”写明了持有人，请同时写明电子证照类型", m.Name)
		default:
			if name := unnumbered(whole, m.Holder, p.Names()); name != "" {
				say(path, "“%s”的持有人要看公民身份号码或者统一社会信用代码，“%s”不是填写号码的问题", m.Name, name)
			}
		}
	}
}

// unnumbered is what of a holder takes no number: any question of a plain list;
// in a choice some are for choosing, but one must take a number.
func unnumbered(whole forms.Form, holder string, names []string) string {
	names = slices.DeleteFunc(names, func(name string) bool { return name == AskerNumber })
	without := slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		f := whole.Field(name)
		return f != nil && (f.Kind == forms.IDNumber || f.Kind == forms.USCC)
	})
	if strings.Contains(holder, "?") && len(without) < len(names) {
		return ""
	}
	if len(names) == 0 {
		return holder
	}
	return strings.Join(without, "、")
}
