package scheme

import (
	"fmt"
	"strings"
	"tongban/internal/engine/forms"
)

// questions reads what is asked of who applies, to choose what they need.
func (r *reading) questions() {
	for i, f := range list(r.take(r.f, "questions")) {
		say, _ := f.find("text")
		choices, _ := f.find("options")
		q := forms.Question{ID: textOf(first(f["id"], say)), Text: textOf(say)}
		q.ID = strings.TrimRight(q.ID, "？?")
		if text, ok := choices.(string); ok {
			choices = strings.NewReplacer("/", "、", "|", "、", "／", "、").Replace(text)
		}
		for _, o := range texts(choices) {
			q.Options = append(q.Options, forms.Option{Value: o, Label: o})
		}
		if faults := forms.CheckQuestions([]forms.Question{q}); len(faults) > 0 {
			r.warn("question", fmt.Sprintf("questions[%d]", i), "问题“%s”不能用：%s", short(q.Text), faults[0].Say)
			continue
		}
		r.t.Questions = append(r.t.Questions, q)
	}
}

// exclusive names items that look like one or the other, so that a question
// should choose between them.
func (r *reading) exclusive() {
	for i, a := range r.t.Components {
		for _, b := range r.t.Components[i+1:] {
			if a.When == "" && b.When == "" && oneOrOther(a.Name, b.Name) {
				r.warn("exclusive", "items", "“%s”和“%s”可能二选一，请用一个问题区分；推算时两项都计", a.Name, b.Name)
			}
		}
	}
}

func oneOrOther(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if b == a+"备案" {
		return true
	}
	for _, pair := range [][2]string{{"正常", "非正常"}, {"简易", "普通"}, {"简易", "一般"}, {"城乡居民", "职工"}, {"城乡居民", "灵活就业"}} {
		for _, p := range [][2]string{pair, {pair[1], pair[0]}} {
			without := strings.ReplaceAll(a, "非"+p[0], "")
			other := strings.ReplaceAll(b, "非"+p[1], "")
			if strings.Contains(without, p[0]) && strings.Contains(other, p[1]) || p[1] == "非"+p[0] && strings.Contains(without, p[0]) && strings.Contains(b, p[1]) {
				return true
			}
		}
	}
	return false
}
