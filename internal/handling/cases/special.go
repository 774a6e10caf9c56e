package cases

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// SpecialRecord is what is on record of a special procedure besides its times and
// its result (特别程序信息, GB/T 39046-2020). Those begun before it was kept have none.
type SpecialRecord struct {
	Type     items.SpecialKind `json:"type,omitempty"`
	Basis    string            `json:"basis,omitempty"`
	Asker    string            `json:"asker,omitempty"`    // who asked for it
	Approver string            `json:"approver,omitempty"` // who approved it: whoever begins it, unless another is named
	Handler  string            `json:"handler,omitempty"`  // who begins it, and later ends it
	Opinion  string            `json:"opinion,omitempty"`  // what the handler makes of the result
	Agency   string            `json:"agency,omitempty"`   // whose handler it is
	USCC     string            `json:"uscc,omitempty"`     // of the agency
}

// listed is the special procedure of a kind that the edition lists.
func listed(e *items.Edition, kind items.SpecialKind) (items.Special, bool) {
	i := slices.IndexFunc(e.Special, func(s items.Special) bool { return s.Kind == kind })
	if i < 0 {
		return items.Special{}, false
	}
	return e.Special[i], true
}

// Openable are the special procedures of an edition that are begun as such.
func Openable(e *items.Edition) []items.Special {
	return slices.DeleteFunc(slices.Clone(e.Special), func(s items.Special) bool { return begunElsewhere(s) != nil })
}

// begunElsewhere refuses to begin what an act of its own begins: experts are drawn,
// and a hearing is asked for or called, seven working days before (行政许可法第四十八条).
func begunElsewhere(s items.Special) error {
	switch s.Kind {
	case items.Experts:
		return fault.New(fault.Conflict, "cases.open-special.experts", "专家评审从抽取专家开始，请在“专家评审”里公布抽取方案").At("name", "experts", "请在“专家评审”里公布抽取方案")
	case items.Hearing:
		return fault.New(fault.Conflict, "cases.open-special.hearing", "听证从通知听证开始，请用“通知听证”写明时间、地点和主持人").At("name", "hearing", "请用“通知听证”写明时间、地点和主持人")
	}
	return nil
}

// begun records who began it by a move. Nobody approves what the applicant has a
// right to, such as to be heard.
func (r SpecialRecord) begun(listed items.Special, m Moved) SpecialRecord {
	r = SpecialRecord{Type: listed.Kind, Basis: cmp.Or(items.Cited(listed.Basis), r.Basis), Asker: cmp.Or(r.Asker, m.By.Name), Approver: r.Approver}
	if m.By.Role != identity.Applicant && m.By.Role != identity.System {
		r.Handler = m.By.Name
	}
	if listed.Kind != items.Hearing {
		r.Approver = cmp.Or(r.Approver, m.By.Name)
	}
	return r
}

// ended is the procedure as a move ends it.
func (s Special) ended(result, opinion string, m Moved) *Special {
	s.Until, s.Result = calendar.DayOf(m.At), result
	s.Handler, s.Opinion = m.By.Name, opinion
	return &s
}

// handled records whose handler it is, as the agency is called on the day.
func (s *Service) handled(ctx context.Context, c *Case, m *Moved) error {
	if m.Special == nil || s.Agency == nil {
		return nil
	}
	a, err := s.Agency(ctx, cmp.Or(m.By.Agency, c.Agency))
	if fault.Of(err) == fault.NotFound {
		return nil
	}
	own := *m.Special
	own.Agency, own.USCC = a.Name, a.USCC
	m.Special = &own
	return err
}

// Rows are what is on record, each with its name.
func (r SpecialRecord) Rows() []Fact {
	return slices.DeleteFunc([]Fact{
		{"类型", string(r.Type)}, {"依据", r.Basis}, {"申请启动", r.Asker}, {"批准", r.Approver},
		{"办理", strings.Trim(r.Agency+" "+r.USCC+" "+r.Handler, " ")}, {"意见", r.Opinion},
	}, func(f Fact) bool { return f.Value == "" })
}
