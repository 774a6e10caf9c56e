package stories

import (
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
)

// jointSteps are the sentences about several cases handled as one matter.
var jointSteps = []step{
	sentence(`(\S+) 填写 (\S+) (\S+)一件事(?: 缺 (\S+))?(?: 情形 (.+))?`, fillMatter),
	sentence(`(\S+) 提交 (\S+)`, submitMatter),
	sentence(`(\S+) 一并受理 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Joint.Accept(s.t.Context(), s.matter(w[1]).ID, s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 联合告知 (\S+) 于 (\S+) 前补正 (.+)`, notifyMatter),
	sentence(`(\S+) 一次补正 (\S+) (.+)`, correctMatter),
	sentence(`(\S+) 撤回 (\S+) 的 (\S+)`, func(s *teller, w []string) error {
		j := s.matter(w[1])
		item := items.ID("")
		if w[2] != "全部" {
			item = s.part(w[1], w[2]).Item
		}
		_, err := s.Joint.Withdraw(s.t.Context(), j.ID, item, "不办了", s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 补充 (\S+) 的 (\S+) (.+)`, supplyMatter),
	sentence(`(\S+) 统一出件 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Joint.Deliver(s.t.Context(), s.matter(w[1]).ID, cases.Delivered{Way: "window", Receiver: "李敏"}, s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 是 (\S+) 的 (\S+)`, func(s *teller, w []string) error {
		s.cases[w[0]] = s.part(w[1], w[2]).Case
		return nil
	}),
	sentence(`(\S+) 停办 (\S+)`, retire),
	sentence(`＝ ?(\S+) 的 (\S+) (等前一项办好|等您补充|在办|办好了|没有办成|已撤回|没有开始)(?:，因为 (.+))?`, partStands),
	sentence(`＝ ?(\S+) 共 (\d) 项，在办 (\d) 项`, func(s *teller, w []string) error {
		j := s.matter(w[0])
		s.expected(string(rune('0'+len(j.Parts)))+" "+string(rune('0'+j.Count(joint.Filed))), w[1]+" "+w[2])
		return nil
	}),
	sentence(`＝ ?(\S+) 的告知书有 (\d) 个部门`, func(s *teller, w []string) error {
		j := s.matter(w[0])
		s.expected(string(rune('0'+len(j.Notices[len(j.Notices)-1].Lines))), w[1])
		return nil
	}),
	sentence(`＝ ?(\S+) 全部办结`, func(s *teller, w []string) error {
		if j := s.matter(w[0]); j.Open() || j.Closed.IsZero() {
			s.t.Fatalf("%s\nbut it is open: %+v", s.line, j.Parts)
		}
		return nil
	}),
	sentence(`＝ ?联办件与事实相符`, func(s *teller, _ []string) error {
		_, err := s.Joint.Audit(s.t.Context(), func(say string) { s.t.Errorf("%s\n%s", s.line, say) })
		return err
	}),
}

// matter is the joint case a story calls by a name.
func (s *teller) matter(name string) *joint.Joint {
	id, ok := s.matters[name]
	if !ok {
		s.t.Fatalf("%s\nno matter is called %s", s.line, name)
	}
	j, err := s.Joint.Store.Joint(s.t.Context(), joint.ID(id))
	if err != nil {
		s.t.Fatalf("%s: %v", s.line, err)
	}
	return j
}

func (s *teller) part(name, title string) joint.Part {
	parts := s.matter(name).Parts
	i := slices.IndexFunc(parts, func(p joint.Part) bool { return p.Title == title })
	if i < 0 {
		s.t.Fatalf("%s\nno part is called %s: %+v", s.line, title, parts)
	}
	return parts[i]
}

// fillMatter has somebody fill in the one form and bring the one set of materials.
func fillMatter(s *teller, w []string) error {
	ctx, by := s.t.Context(), s.person(w[0])
	all, err := s.Themes.All(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(t *themes.Theme) bool { return t.Name == w[2] })
	if i < 0 {
		s.t.Fatalf("%s\nno theme is called %s", s.line, w[2])
	}
	item := items.ID(themes.Prefix + string(all[i].ID))
	answers := map[string]string{}
	for _, pair := range strings.Fields(w[4]) {
		name, value, _ := strings.Cut(pair, "=")
		answers[name] = value
	}
	e, err := s.Joint.Offer(ctx, item, answers)
	if err != nil {
		return err
	}
	a := s.application(e, by, split(w[3]), w[4])
	held, err := s.Cases.Held(ctx, by.Party, e, a.Answers)
	if err != nil {
		return err
	}
	for _, name := range split(w[3]) { // what the city holds need not be brought
		if m, _ := e.Material(name); held[m.ID] != "" {
			a.Materials = append(a.Materials, cases.Handed{Material: m.ID, Name: m.Name, Certificate: held[m.ID]})
		}
	}
	d, err := s.Joint.Begin(ctx, item, a.Applicant, by)
	if err != nil {
		return err
	}
	_, err = s.Cases.Saved(ctx, d.ID, by, func(d *cases.Draft) error {
		form := cases.Handed{Material: joint.FormMaterial, Name: "一件事申请表", Files: []cases.File{{Hash: "h-form", Name: "申请表.pdf", Type: "pdf", Size: 2048}}}
		d.Answers, d.Materials, d.Delivery = a.Answers, append(a.Materials, form), cases.Delivery{Way: "electronic"}
		return nil
	})
	s.drafts[w[1]] = d.ID
	return err
}

func submitMatter(s *teller, w []string) error {
	j, err := s.Joint.SubmitDraft(s.t.Context(), s.drafts[w[1]], s.person(w[0]))
	if err == nil {
		s.matters[w[1]] = string(j.ID)
	}
	return err
}

// notifyMatter reads 事项：材料；事项：材料.
func notifyMatter(s *teller, w []string) error {
	missing := map[items.ID][]cases.Deficiency{}
	for _, one := range strings.Split(w[3], "；") {
		title, list, _ := strings.Cut(one, "：")
		part := s.part(w[1], title)
		e, err := s.Items.Edition(s.t.Context(), part.Item, part.Edition)
		if err != nil {
			return err
		}
		for _, name := range split(list) {
			d := cases.Deficiency{Finding: cases.Defective, Say: "看不清，请重新拍照"}
			if m, ok := e.Material(name); ok {
				d.Material = m.ID
			} else if d.Field = name; e.Form.Field(name) == nil {
				s.t.Fatalf("%s\n%s asks for no %s", s.line, title, name)
			}
			missing[part.Item] = append(missing[part.Item], d)
		}
	}
	_, err := s.Joint.Notify(s.t.Context(), s.matter(w[1]).ID, missing, calendar.Parse(w[2]), s.person(w[0]))
	return err
}

// correctMatter hands in materials of several parts, and answers that are put right, at once.
func correctMatter(s *teller, w []string) error {
	given := map[items.ID]cases.Correction{}
	for _, one := range strings.Split(w[2], "；") {
		title, list, _ := strings.Cut(one, "：")
		part := s.part(w[1], title)
		e, err := s.Items.Edition(s.t.Context(), part.Item, part.Edition)
		if err != nil {
			return err
		}
		given[part.Item] = corrected(e, list)
	}
	_, err := s.Joint.Correct(s.t.Context(), s.matter(w[1]).ID, given, s.person(w[0]))
	return err
}

func supplyMatter(s *teller, w []string) error {
	given := map[string]string{}
	for _, pair := range strings.Fields(w[3]) {
		name, value, _ := strings.Cut(pair, "=")
		given[name] = value
	}
	_, err := s.Joint.Supply(s.t.Context(), s.matter(w[1]).ID, s.part(w[1], w[2]).Item, given, nil, s.person(w[0]))
	return err
}

// retire publishes the next edition of an item, of which today is the first day
// it is no longer in force.
func retire(s *teller, w []string) error {
	ctx := s.t.Context()
	found, err := s.Items.Search(ctx, w[1], items.Filter{}, 0)
	if err != nil || len(found.Hits) == 0 {
		s.t.Fatalf("%s\nno item is called %s (%v)", s.line, w[1], err)
	}
	e, err := s.Items.Current(ctx, found.Hits[0].ID)
	if err != nil {
		return err
	}
	ended := *e
	ended.Retired = calendar.DayOf(s.now)
	_, err = s.Items.PublishAll(ctx, []*items.Edition{&ended}, identity.TheSystem)
	return err
}

func partStands(s *teller, w []string) error {
	p := s.part(w[0], w[1])
	say := p.State.Han()
	for _, f := range p.Lacks {
		say += " " + f.Path
	}
	if got := p.State.Han(); got != w[2] {
		s.t.Fatalf("%s\nbut it is: %s %s", s.line, say, p.Why)
	}
	if w[3] != "" && !strings.Contains(p.Why, w[3]) {
		s.t.Fatalf("%s\nbut the reason is: %s %v", s.line, p.Why, fault.Fields(s.err))
	}
	return nil
}
