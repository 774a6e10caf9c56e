package cases

import (
	"slices"
	"strings"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
)

// A Pledge is the applicant's own written word that stands for a proof, or for
// the conditions of a licence being met (告知承诺, 国办发〔2020〕42号).
type Pledge struct {
	Kind     PledgeKind `json:"kind"`
	Material string     `json:"material,omitempty"` // the one it stands for; "" for a licence
	Name     string     `json:"name"`               // of the material, or of the item
	Later    bool       `json:"later,omitempty"`    // the conditions will be met before operating, and are not yet
	At       int64      `json:"at"`                 // fact that brought it
}

// A PledgeKind says what the word stands for.
type PledgeKind string

// The two kinds of 告知承诺.
const (
	ProofPledge   PledgeKind = "proof"   // 证明事项告知承诺
	LicencePledge PledgeKind = "licence" // 涉企经营许可事项告知承诺
)

// Han is the kind in the words of the field.
func (k PledgeKind) Han() string {
	return map[PledgeKind]string{ProofPledge: "证明事项告知承诺", LicencePledge: "涉企经营许可事项告知承诺"}[k]
}

// A Word is what an applicant pledges in one go: the proofs, by material, or
// all conditions of the licence, and their signature under it.
type Word struct {
	Licence   bool      `json:"licence,omitempty"`
	Later     bool      `json:"later,omitempty"` // of the licence: not all conditions are met yet, and will be before operating
	Materials []string  `json:"materials,omitempty"`
	Signed    Signature `json:"signed"`
}

// None reports whether nothing is pledged.
func (w Word) None() bool { return !w.Licence && len(w.Materials) == 0 }

// Signature is how a letter of pledge was signed: in ink or by the name typed,
// with the confirmation that the notice was read and the word is given freely.
type Signature struct {
	ink.Signature
	Free bool `json:"free"` // 已阅知告知内容，自愿承诺
}

// Pledge takes the applicant's word, at home or at the window, before
// acceptance. Nobody has to give it: the proof itself may always be handed in.
func (c *Case) Pledge(e *items.Edition, w Word, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(TakePledge, by)
	if err != nil {
		return Moved{}, err
	}
	pledges, err := c.pledges(e, w)
	if err != nil {
		return Moved{}, err
	}
	m := c.moved(TakePledge, c.State, doer, at)
	m.Pledges, m.Signed = pledges, &w.Signed
	return m, nil
}

// pledges are what the word comes to, or why it cannot be taken.
func (c *Case) pledges(e *items.Edition, w Word) ([]Pledge, error) {
	if e.Pledge.Excluded != "" {
		return nil, fault.New(fault.Invalid, "cases.pledge.excluded", "这个事项不适用告知承诺：%s。请提交材料，按一般程序办理", e.Pledge.Excluded)
	}
	bad := fault.New(fault.Invalid, "cases.pledge.invalid", "告知承诺有误，请按提示修改")
	var all []Pledge
	if w.Licence {
		if !e.Promisable {
			bad = bad.At("licence", "not-listed", "这个事项不在告知承诺事项清单内，请按一般程序办理")
		}
		all = append(all, Pledge{Kind: LicencePledge, Name: e.Name, Later: w.Later})
	}
	if w.Later && (!w.Licence || e.Pledge.Later.None()) {
		bad = bad.At("later", "not-listed", "这里不能承诺以后达到条件：条件已经达到的再承诺，或者按一般程序办理")
	}
	asked := e.MaterialsFor(c.Answers)
	for i, id := range w.Materials {
		k := slices.IndexFunc(asked, func(m items.Material) bool { return m.ID == id })
		switch at := path("pledges", i); {
		case k < 0:
			bad = bad.At(at, "not-asked", "按您的情况不用交这项材料，无须承诺：%.40s", id)
		case !asked[k].Promisable:
			bad = bad.At(at, "not-listed", "“%s”不能用承诺代替，请提交材料", asked[k].Name)
		case c.pledged(id) || slices.ContainsFunc(all, func(p Pledge) bool { return p.Material == id }):
			bad = bad.At(at, "twice", "“%s”已经承诺过", asked[k].Name)
		default:
			all = append(all, Pledge{Kind: ProofPledge, Material: id, Name: asked[k].Name})
		}
	}
	return all, w.check(bad)
}

// check completes bad with what is wrong with the signature.
func (w Word) check(bad *fault.Error) error {
	if w.None() {
		bad = bad.At("pledges", "required", "请选择要承诺的内容")
	}
	if strings.TrimSpace(w.Signed.Name) == "" {
		bad = bad.At("signed", "required", "请签署姓名")
	}
	if !w.Signed.Free {
		bad = bad.At("free", "required", "告知承诺由申请人自愿选择，请确认已经阅知告知内容并自愿承诺")
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// pledged reports whether a word stands for the material: one of its own, or one
// for the whole licence where the item lets it be pledged.
func (c *Case) pledged(material string) bool {
	return slices.ContainsFunc(c.Pledges, func(p Pledge) bool { return p.Kind == ProofPledge && p.Material == material })
}

// OnPledge reports whether the applicant has pledged all conditions of the licence.
func (c *Case) OnPledge() bool {
	return slices.ContainsFunc(c.Pledges, func(p Pledge) bool { return p.Kind == LicencePledge })
}

// onLater reports whether conditions were pledged that are to be met later.
func (c *Case) onLater() bool {
	return slices.ContainsFunc(c.Pledges, func(p Pledge) bool { return p.Later })
}

// Stands reports whether the applicant's word stands for a material, which then
// need not be asked for.
func (c *Case) Stands(m items.Material) bool {
	return m.Promisable && (c.pledged(m.ID) || c.OnPledge())
}

// Settle decides on the spot: all conditions are pledged, and the item says that
// the licence is then granted at once (当场决定, 国办发〔2020〕42号); or what was
// tested is fit without further technical analysis (行政许可法第五十五条).
func (c *Case) Settle(e *items.Edition, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Settle, by)
	switch {
	case err != nil:
		return Moved{}, err
	case doer.Under == "" && !by.Holds(doer.Role, c.Agency):
		return Moved{}, fault.New(fault.Forbidden, "cases.settle.agency", "当场决定由实施机关作出，您不是该机关的决定岗")
	case c.ClearlyPassed():
	case !e.Pledge.AtOnce:
		return Moved{}, fault.New(fault.Conflict, "cases.settle.item", "这个事项没有规定承诺后当场决定，请按流程审查")
	case !c.OnPledge():
		return Moved{}, fault.New(fault.Conflict, "cases.settle.pledge", "申请人没有承诺全部条件，请按流程审查")
	}
	switch {
	case c.specialOpen():
		return Moved{}, fault.New(fault.Conflict, "cases.settle.special", "特别程序尚未结束，不能作出决定")
	case c.owed() != "":
		return Moved{}, fault.New(fault.Conflict, "cases.settle.promised", "容缺材料尚未补齐：%s", c.owed())
	}
	if err := c.unheard(Settle, at); err != nil {
		return Moved{}, err
	}
	if err := c.waitsBelow(Settle); err != nil {
		return Moved{}, err
	}
	m := c.moved(Settle, Granted, doer, at)
	basis := "申请人书面承诺符合全部条件，当场决定"
	if c.ClearlyPassed() {
		basis, m.Basis = "检验、检测、检疫合格，不需要进一步技术分析，当场决定", clock.Inspection.Article
	}
	m.Decision = &Decision{Granted: true, Basis: basis, Signed: []string{by.Name}, Under: doer.underWord(), Called: e.Type.Decided(true), At: at}
	return m, nil
}

// standsFor is Stands for a material by its ID.
func (c *Case) standsFor(e *items.Edition, material string) bool {
	m, ok := e.Material(material)
	return ok && c.Stands(m)
}

// CheckWord judges a word that is to go with an application, before it is sent.
func CheckWord(e *items.Edition, answers forms.Answers, w Word) error {
	_, err := (&Case{Answers: answers}).pledges(e, w)
	return err
}

// Stands reports whether the word stands for a material.
func (w Word) Stands(m items.Material) bool {
	return m.Promisable && (w.Licence || slices.Contains(w.Materials, m.ID))
}
