package joint

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// Submit makes a joint case of an application that comes whole, as through the
// interface, with no draft before it; form writes the one form from its answers.
// Asked for again under the same request, it returns the joint case made then;
// the same request for something else is refused: joint.request.reused.
func (s *Service) Submit(ctx context.Context, d cases.Draft, form func(*items.Edition) (cases.Handed, error), by identity.Actor) (*Joint, error) {
	d.ID, d.Changed = s.NewID(), s.Now()
	digest, err := digestOf(d)
	if err != nil {
		return nil, err
	}
	if by.Request != "" {
		d.ID = "asked/" + hashOf(by.Account, by.Request)
		before, err := s.Store.ByDraft(ctx, d.ID)
		if err == nil || fault.Of(err) != fault.NotFound {
			return sameAsked(before, digest, err)
		}
	}
	whole, err := s.fit(ctx, &d, by)
	if err != nil {
		return nil, err
	}
	f := filing{s: s, d: &d, whole: whole, own: themes.Recompose(whole, d.Answers), asked: digest}
	if err := f.check(calendar.DayOf(s.Now())); err != nil {
		return nil, err
	}
	if err := f.handedAll(); err != nil {
		return nil, err
	}
	if _, ok := f.handed(FormMaterial); !ok {
		h, err := form(whole.WholeFor(d.Answers))
		if err != nil {
			return nil, err
		}
		d.Materials = append(slices.Clone(d.Materials), h)
	}
	kept, err := f.keep(ctx, by)
	return sameAsked(kept, digest, err)
}

// fit refuses a theme that is not offered to the applicant.
func (s *Service) fit(ctx context.Context, d *cases.Draft, by identity.Actor) (*themes.Composed, error) {
	whole, err := s.composed(ctx, d.Item)
	if err != nil {
		return nil, err
	}
	e := whole.Whole()
	if err := cases.Fits(e, d.Applicant); err != nil {
		return nil, err
	}
	counter := by.Plays(identity.Window) && by.Party != d.Applicant.Party // who stands there is known by their document
	if !counter && by.Party != d.Applicant.Party {
		return nil, fault.New(fault.Forbidden, "joint.submit.party", "只能为本人提交；代办请先取得授权，或者由窗口收件")
	}
	for _, p := range whole.Parts {
		if !counter && !by.MayApply(string(p.Item)) {
			return nil, fault.New(fault.Forbidden, "joint.begin.mandate", "企业给您的授权不包括“%s”，请由法定代表人补充授权后再办", p.Title)
		}
	}
	d.Edition, d.ItemName = e.Number, e.Name
	d.Answers = forms.Normalize(e.Form.With(e.Questions), d.Answers)
	return whole, nil
}

// handedAll refuses an application in which an obligatory material is missing
// that may not follow, by the name under which the whole theme asks for it; those
// that the parts make for each other are not asked.
func (f filing) handedAll() error {
	bad := fault.New(fault.Invalid, "joint.submit.materials", "还缺必须的材料")
	asked := map[string]bool{"": true}
	for _, p := range f.own.Parts {
		for _, m := range p.Edition.MaterialsFor(f.whole.Local(p.Item, f.d.Answers)) {
			id := f.whole.Demand(p.Item, m.ID)
			if asked[id] || m.Necessity != items.Must || m.MayFollow() || f.spared(p.Item, m.ID) {
				continue
			}
			asked[id] = true
			if h, ok := f.handed(id); !ok || len(h.Files) == 0 && h.Certificate == "" && !h.Paper {
				bad = bad.At("materials."+id, "missing", "请提供“%s”", m.Name)
			}
		}
	}
	for _, h := range f.d.Materials {
		if h.Material != FormMaterial && !slices.ContainsFunc(f.whole.Materials.Materials, func(m themes.Material) bool { return m.ID == h.Material }) {
			bad = bad.At("materials."+h.Material, "unlisted", "这件事没有列出这项材料：%.40s", h.Material)
		}
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// spared reports whether a part's material comes from elsewhere than the applicant.
func (f filing) spared(item items.ID, material string) bool {
	return slices.ContainsFunc(f.own.Materials.Spared, func(w themes.Without) bool { return w.Item == item && w.ID == material })
}

// keep makes the joint case and keeps it with the cases that start at once.
func (f filing) keep(ctx context.Context, by identity.Actor) (*Joint, error) {
	j, b, err := f.joint(ctx, by)
	if err != nil {
		return nil, err
	}
	j.Asked = f.asked
	m := f.s.moved(j, Open, by)
	m.Filing = j
	return f.s.Store.Add(ctx, b, m)
}

// sameAsked is the joint case made of a request before, if it was the same one.
func sameAsked(j *Joint, digest string, err error) (*Joint, error) {
	if err == nil && j.Asked != digest {
		return nil, fault.New(fault.Conflict, "joint.request.reused", "这个请求编号已用于另一次提交（%s），请换一个重新发起", j.Number)
	}
	return j, err
}

func digestOf(d cases.Draft) (string, error) {
	d.ID, d.Changed = "", time.Time{}
	text, err := json.Marshal(struct {
		Item  items.ID
		Party string
		Draft cases.Draft
	}{d.Item, d.Party, d})
	if err != nil {
		return "", fmt.Errorf("write application: %w", err)
	}
	return hashOf(string(text)), nil
}

func hashOf(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
