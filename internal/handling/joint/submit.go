package joint

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// FormMaterial is the name in a draft of the form that the program writes for
// the whole matter; it stands for the form of every part.
const FormMaterial = "form"

// Is reports whether what is applied for is a theme.
func Is(item items.ID) bool { return strings.HasPrefix(string(item), themes.Prefix) }

// Of is the theme of such a name.
func Of(item items.ID) themes.ID {
	return themes.ID(strings.TrimPrefix(string(item), themes.Prefix))
}

// Offer is the theme as one item to be applied for today, for someone who has
// given these answers so far.
func (s *Service) Offer(ctx context.Context, item items.ID, answers forms.Answers) (*items.Edition, error) {
	c, err := s.composed(ctx, item)
	if err != nil {
		return nil, err
	}
	return c.WholeFor(answers), nil
}

func (s *Service) composed(ctx context.Context, item items.ID) (*themes.Composed, error) {
	t, err := s.Themes.Current(ctx, Of(item))
	if err != nil {
		return nil, err
	}
	return s.Themes.Compose(ctx, t)
}

// Begin starts an application for a theme. One who already has a draft of the
// same edition goes on with that.
func (s *Service) Begin(ctx context.Context, item items.ID, who cases.Applicant, by identity.Actor) (*cases.Draft, error) {
	if by.Party == "" || by.Party != who.Party {
		return nil, fault.New(fault.SignIn, "joint.begin.party", "请先登录，再开始申请")
	}
	c, err := s.composed(ctx, item)
	if err != nil {
		return nil, err
	}
	e := c.Whole()
	if err := cases.Fits(e, who); err != nil {
		return nil, err
	}
	for _, p := range c.Parts {
		if !by.MayApply(string(p.Item)) {
			return nil, fault.New(fault.Forbidden, "joint.begin.mandate", "企业给您的授权不包括“%s”，请由法定代表人补充授权后再办", p.Title)
		}
		if err := s.Cases.MayBegin(ctx, p.Edition, who); err != nil {
			return nil, err
		}
	}
	drafts, err := s.Cases.DraftsOf(ctx, by)
	if err != nil {
		return nil, err
	}
	for _, d := range drafts {
		if d.Item == item && d.Edition == e.Number {
			return d, nil
		}
	}
	d := &cases.Draft{ID: s.NewID(), Party: by.Party, Item: item, Edition: e.Number, ItemName: e.Name, Applicant: who, Changed: s.Now()}
	return d, s.Cases.Drafts.Put(ctx, d)
}

// SubmitDraft makes a joint case of a draft (一次提交): the parts that wait for
// nobody are filed at once, each a case of its own, all in one commit. Pressed
// twice, it is submitted once.
func (s *Service) SubmitDraft(ctx context.Context, id string, by identity.Actor) (*Joint, error) {
	before, err := s.Store.ByDraft(ctx, id)
	if err == nil && before.Own(by) {
		return before, s.discarded(ctx, id, by)
	}
	d, err := s.Cases.Draft(ctx, id, by)
	if err != nil {
		return nil, err
	}
	whole, err := s.composed(ctx, d.Item)
	if err != nil {
		return nil, err
	}
	if d.Edition != whole.Whole().Number {
		return nil, fault.New(fault.Conflict, "joint.submit.changed", "在您填写期间，“%s”里的事项有了调整，请核对后再提交", whole.Theme.Name)
	}
	f := filing{s: s, d: d, whole: whole, own: themes.Recompose(whole, d.Answers)}
	if err := f.check(calendar.DayOf(s.Now())); err != nil {
		return nil, err
	}
	j, b, err := f.joint(ctx, by)
	if err != nil {
		return nil, err
	}
	m := s.moved(j, Open, by)
	m.Filing = j
	kept, err := s.Store.Add(ctx, b, m)
	if err != nil {
		return nil, err
	}
	return kept, s.discarded(ctx, id, by)
}

// discarded throws the draft away; one thrown away before is no fault.
func (s *Service) discarded(ctx context.Context, id string, by identity.Actor) error {
	err := s.Cases.Discard(ctx, id, by)
	if err != nil && fault.Of(err) == fault.NotFound {
		return nil
	}
	return err
}

// filing is one submission on its way: whole is the theme with everything in
// it, by whose names the draft was filled in; own is what concerns this person.
type filing struct {
	s     *Service
	d     *cases.Draft
	whole *themes.Composed
	own   *themes.Composed
	asked string // digest of an application that came whole
}

// check has every part judge the answers by its own form.
func (f filing) check(today calendar.Day) error {
	if len(f.own.Parts) == 0 {
		return fault.New(fault.Invalid, "joint.submit.nothing", "按您的回答，没有要办的事项，请核对您的情况")
	}
	bad := fault.New(fault.Invalid, "joint.submit.form", "申请表还有需要修改的地方")
	bad = bad.With("answers.", f.whole.CheckOf(f.d.Answers, today, f.own))
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// joint makes the joint case, with the cases of what may start at once in b.
func (f filing) joint(ctx context.Context, by identity.Actor) (*Joint, *sqldb.Batch, error) {
	s, t, now := f.s, f.whole.Theme, f.s.Now()
	today := calendar.DayOf(now)
	number, err := s.Store.Number(ctx, "LB"+t.Region[:min(6, len(t.Region))]+strings.ReplaceAll(today.String(), "-", ""), today)
	if err != nil {
		return nil, nil, err
	}
	j := &Joint{
		ID: ID(s.NewID()), Number: number, Theme: t.ID, Edition: t.Number, Name: t.Name, Lead: t.Lead.Name, Region: t.Region, Applicant: f.d.Applicant,
		Account: by.Account, By: by.Name, Channel: by.Channel, Delivery: f.d.Delivery, Draft: f.d.ID, Opened: now.UTC(), Promised: t.Promised,
	}
	if !t.Promised.None() {
		j.Until = clock.Clock{Limit: t.Promised, Started: clock.At(now)}.Due(s.Days).Day
	}
	b := &sqldb.Batch{}
	for _, p := range f.own.Parts {
		part, err := f.part(ctx, b, j, p)
		if err != nil {
			return nil, nil, err
		}
		j.Parts = append(j.Parts, part)
	}
	return j, b, nil
}

// part files a part, or seals what it will be filed with when its time comes.
func (f filing) part(ctx context.Context, b *sqldb.Batch, j *Joint, p themes.Part) (Part, error) {
	part := Part{Item: p.Item, Edition: p.Edition.Number, Title: p.Title, Agency: p.Agency, Optional: p.Optional, After: f.own.Plan.Waits(p.Item), State: Waiting}
	for _, r := range p.Edition.Results {
		part.Certified = part.Certified || r.CertificateType != ""
	}
	for _, step := range f.own.Plan.Steps {
		if step.Item == p.Item {
			part.Due = step.Due
		}
	}
	a := f.application(p)
	if len(part.After) > 0 {
		if err := f.s.Cases.CheckFetched(ctx, j.Applicant.Party, p.Edition, a.Answers, a.Materials); err != nil {
			return part, f.named(p, err)
		}
		sealed, err := f.s.seal(b, j.ID, p.Item, a)
		part.Sealed = sealed
		return part, err
	}
	c, err := f.s.Cases.SubmitIn(ctx, b, cases.Application{Item: p.Item, Applicant: j.Applicant, Answers: a.Answers, Materials: a.Materials, Delivery: j.Delivery, Signed: a.Signed}, j.applicant())
	if err != nil {
		return part, f.named(p, err)
	}
	part.State, part.Case, part.Number = Filed, c.ID, c.Number
	return part, nil
}

// named says of which part a fault is, at the fields of the whole form.
func (f filing) named(p themes.Part, err error) error {
	if fault.Of(err) == fault.Internal {
		return err
	}
	said := fault.New(fault.Of(err), fault.Code(err), "“%s”还不能提交：%s", p.Title, fault.Say(err))
	for _, field := range fault.Fields(err) {
		path := field.Path
		if material, ok := strings.CutPrefix(path, "materials."); ok {
			if id := f.whole.Demand(p.Item, material); id != "" {
				path = "materials." + id
			}
		}
		said = said.At(path, field.Code, "%s", field.Say)
	}
	return said
}

// application is what one part is filed with: its own answers, its share of
// the one set of materials, and what is to come from the results of others.
func (f filing) application(p themes.Part) Application {
	a := Application{Answers: f.whole.Local(p.Item, f.d.Answers), Signed: f.d.Signed}
	for _, m := range p.Edition.MaterialsFor(a.Answers) {
		if i := slices.IndexFunc(f.own.Materials.Spared, func(w themes.Without) bool { return w.Item == p.Item && w.ID == m.ID }); i >= 0 {
			spared := f.own.Materials.Spared[i]
			if spared.From != "" {
				a.Papers = append(a.Papers, From{m.ID, spared.From})
			} else if h, ok := f.handed(FormMaterial); ok {
				a.Materials = append(a.Materials, cases.Handed{Material: m.ID, Name: m.Name, Files: h.Files, Paper: h.Paper})
			}
			continue
		}
		if h, ok := f.handed(f.whole.Demand(p.Item, m.ID)); ok {
			a.Materials = append(a.Materials, cases.Handed{Material: m.ID, Name: m.Name, Files: h.Files, Certificate: h.Certificate, Paper: h.Paper})
		}
	}
	for _, spared := range f.own.Form.Spared {
		if spared.Item == p.Item && spared.From != "" {
			a.Fields = append(a.Fields, From{spared.ID, spared.From})
		}
	}
	return a
}

func (f filing) handed(material string) (cases.Handed, bool) {
	for _, h := range f.d.Materials {
		if h.Material == material && material != "" {
			return h, true
		}
	}
	return cases.Handed{}, false
}

// fill gives an application what the results of other parts of the matter say: the number of
// a certificate, or the line of its face that is called as the field is.
func (a *Application) fill(matter string, e *items.Edition, faces map[items.ID]Face, papers map[items.ID]string, today calendar.Day) {
	if a.Answers == nil {
		a.Answers = forms.Answers{}
	}
	for _, from := range a.Fields {
		field, face := e.Form.Field(from.Name), faces[from.From]
		if field == nil || a.Answers[from.Name] != "" || face.Type == "" {
			continue
		}
		element := themes.ElementOf(*field)
		value := cmp.Or(face.Lines[field.Label], face.Lines[element])
		if value == "" && (strings.HasSuffix(element, "编号") || strings.HasSuffix(element, "号码")) {
			value = face.Number
		}
		if code, _ := field.Judge(value, today); value != "" && code == "" {
			a.Answers[from.Name] = value
		}
	}
	for _, from := range a.Papers {
		m, ok := e.Material(from.Name)
		if identifier := papers[from.From]; ok && identifier != "" {
			a.Materials = append(slices.DeleteFunc(a.Materials, func(h cases.Handed) bool { return h.Material == m.ID }), cases.Handed{Material: m.ID, Name: m.Name, Certificate: identifier, Vouched: matter})
		}
	}
}

// say is a fault of the program's own making about a part.
func (p Part) say(what string, err error) error { return fmt.Errorf("%s %s: %w", what, p.Item, err) }
