package cases

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
)

// What the city has issued itself is fetched, and not asked for (免提交:
// 行政许可法第三十三条; 苏协调小组〔2021〕1号).

// Holdings is the city's register of certificates (电子证照库).
type Holdings interface {
	// Held names, by type, the certificate of the party's that is good on the day; of several, the newest.
	Held(ctx context.Context, party string, types []string, on calendar.Day) (map[string]string, error)
	// Proves reports whether that certificate is the party's, of the type and good on the day.
	Proves(ctx context.Context, party, identifier, kind string, on calendar.Day) (bool, error)
}

// Held is which certificate of the applicant's stands for a material, by items.Material.ID.
type Held map[string]string

// Held finds what of an edition's materials the city holds of a party's today:
// the party's own certificates, as the names of the materials or these answers
// tell, not those of somebody else whom the case is about.
func (s *Service) Held(ctx context.Context, party string, e *items.Edition, answers forms.Answers) (Held, error) {
	who, err := s.Asker(ctx, party, e, answers)
	if s.Holdings == nil || err != nil {
		return nil, err
	}
	var types []string
	for _, m := range e.Materials {
		if e.Fetches(m, who) {
			types = append(types, m.Certificate)
		}
	}
	if len(types) == 0 {
		return nil, nil
	}
	found, err := s.Holdings.Held(ctx, party, types, calendar.DayOf(s.Now()))
	held := Held{}
	for _, m := range e.Materials {
		if id := found[m.Certificate]; id != "" && e.Fetches(m, who) {
			held[m.ID] = id
		}
	}
	return held, err
}

// Asker is the party as whose papers are judged: the number is the one the city
// has, never one that was typed. It is looked up only where a material hangs on it.
func (s *Service) Asker(ctx context.Context, party string, e *items.Edition, answers forms.Answers) (items.Asker, error) {
	who := items.Asker{Answers: answers}
	if s.Party == nil || !slices.ContainsFunc(e.Materials, items.Material.FetchedIfOwn) {
		return who, nil
	}
	p, err := s.Party(ctx, party)
	if err != nil && fault.Of(err) != fault.NotFound {
		return who, fmt.Errorf("whose papers %s may fetch: %w", party, err)
	}
	who.Number = p.Document.Number
	return who, nil
}

// HeldFor is Held for a case, by what its applicant answered.
func (s *Service) HeldFor(ctx context.Context, c *Case, e *items.Edition) (Held, error) {
	answers, err := s.opened(c.ID, e, c.Answers)
	if err != nil {
		return nil, err
	}
	return s.Held(ctx, c.Applicant.Party, e, answers)
}

// CheckFetched refuses certificates that do not stand for the materials they are
// named for: each must be of the applicant's own, good today, and the material one
// that the applicant's own may stand for. What others vouch for was judged there.
func (s *Service) CheckFetched(ctx context.Context, party string, e *items.Edition, answers forms.Answers, handed []Handed) error {
	who, err := s.Asker(ctx, party, e, answers)
	if err != nil {
		return err
	}
	bad := fault.New(fault.Invalid, "cases.materials.certificate", "有的材料不能用这份电子证照代替，请核对")
	for _, h := range handed {
		if h.Certificate == "" || h.Vouched != "" {
			continue
		}
		m, _ := e.Material(h.Material)
		if why := e.Unfetched(m, who); why != "" {
			bad = bad.At("materials."+m.ID, "certificate", "%s", why)
			continue
		}
		why, err := s.unfit(ctx, party, m, h.Certificate)
		if err != nil {
			return err
		}
		if why != "" {
			bad = bad.At("materials."+m.ID, "certificate", "%s", why)
		}
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// checkFetched is CheckFetched for a move, by what the applicant has answered when it is made.
func (s *Service) checkFetched(ctx context.Context, c *Case, e *items.Edition, m *Moved) error {
	if !slices.ContainsFunc(m.Materials, func(h Handed) bool { return h.Certificate != "" && h.Vouched == "" }) {
		return nil
	}
	sealed := maps.Clone(c.Answers)
	maps.Copy(sealed, m.Answers)
	answers, err := s.opened(c.ID, e, sealed)
	if err != nil {
		return err
	}
	return s.CheckFetched(ctx, c.Applicant.Party, e, answers, m.Materials)
}

// unfit says why a certificate is none that stands for a material of the party's; "" if it is.
func (s *Service) unfit(ctx context.Context, party string, m items.Material, identifier string) (string, error) {
	if s.Holdings != nil {
		if stands, err := s.Holdings.Proves(ctx, party, identifier, m.Certificate, calendar.DayOf(s.Now())); stands || err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("这份电子证照不是申请人现在有效的%s，请核对；没有的，请上传“%s”", m.Certificate, m.Name), nil
}

// share fetches what the window says need not be handed in, and refuses a notice
// that asks for what the city holds.
func (s *Service) share(ctx context.Context, c *Case, e *items.Edition, m *Moved) error {
	if m.Notice == nil && len(m.Verdicts) == 0 {
		return nil
	}
	held, err := s.HeldFor(ctx, c, e)
	if err != nil {
		return err
	}
	c.fetch(m, e, held)
	return c.checkHeld(m.Notice, held)
}

// fetch puts on file the certificates that the verdicts are about: those found to
// need no handing in, or not to fit. After a notice nothing is fetched: a second
// one may rest only on what the applicant has brought since.
func (c *Case) fetch(m *Moved, e *items.Edition, held Held) {
	for _, v := range m.Verdicts {
		id := held[v.Material]
		if id == "" || v.Finding != Exempt && v.Finding != Defective || len(c.Notices) > 0 || brings(c.Materials, v.Material) {
			continue
		}
		material, _ := e.Material(v.Material)
		m.Materials = append(m.Materials, Handed{Material: material.ID, Name: material.Name, Certificate: id})
	}
}

// checkHeld refuses to ask the applicant for what the city holds, unless that
// was looked at and does not fit.
func (c *Case) checkHeld(n *Notice, held Held) error {
	if n == nil {
		return nil
	}
	bad := fault.New(fault.Invalid, "cases.ask-once.held", "市里已有的证照不得要求申请人提交，请逐项检查")
	for i, d := range n.Items {
		if held[d.Material] != "" && !brings(c.Materials, d.Material) {
			bad = bad.At(path("items", i)+".say", "held", "电子证照库里已有“%s”，不得要求申请人提交，请核对为“免提交”；与申请不符的，先核对为“不符合要求”，再告知怎样补正", d.Name)
		}
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// A Relief spares the applicant a material that was not brought.
type Relief string

// The reliefs, in the order in which they are tried at the window. What none
// spares is asked for in the one notice.
const (
	ByFetching  Relief = "fetch"  // 调取电子证照，免提交
	ByWord      Relief = "word"   // 告知承诺代替
	ByFollowing Relief = "follow" // 容缺，先行受理
)

// Han is the relief in the words of the field.
func (r Relief) Han() string {
	return map[Relief]string{ByFetching: "免提交", ByWord: "承诺代替", ByFollowing: "容缺"}[r]
}

// Reliefs are those that spare a material, the lightest first: what the city
// holds is fetched; else the applicant chooses whether to give their word for it
// or to bring it later, where the item lets them (行政许可法第三十三条;
// 国办发〔2020〕42号; 徐政发〔2022〕21号（七）).
func Reliefs(e *items.Edition, m items.Material, held Held) (all []Relief) {
	if held[m.ID] != "" {
		return []Relief{ByFetching}
	}
	if m.Promisable && e.Pledge.Excluded == "" {
		all = append(all, ByWord)
	}
	if m.MayFollow() {
		all = append(all, ByFollowing)
	}
	return all
}
