package credit

import (
	"context"
	"fmt"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// A Path is how the way of a case differs by the applicant's grade, as the rules
// of the place say (信用+审批, 徐政发〔2022〕21号（二十五）). The zero Path is the
// ordinary way.
type Path struct {
	Grade   Grade  `yaml:"-" json:"grade"`
	Name    string `yaml:"name" json:"name"`                 // 绿色通道、严格审查
	Quicker int    `yaml:"quicker" json:"quicker,omitempty"` // percent of the promised time within which it is done; 0: all of it
	InDays  bool   `yaml:"-" json:"inDays,omitempty"`        // what is no whole number of months is told in days; before that was noted, it was rounded up to months
	OnSite  bool   `yaml:"onSite" json:"onSite,omitempty"`   // nothing is granted before somebody has looked, and nothing by a rule alone
}

// check refuses a path that says nothing, or promises no time at all.
func (p Path) check(g Grade) error {
	switch {
	case p.Quicker < 0 || p.Quicker > 100:
		return fault.New(fault.Invalid, "credit.rules.quicker", "信用规则：%s级的办理时限须是承诺时限的1%%到100%%", g)
	case p.Name == "" && (p.Quicker != 0 || p.OnSite):
		return fault.New(fault.Invalid, "credit.rules.path", "信用规则：%s级的办理方式没有名称，申请人看不懂为什么不同", g)
	case p.Quicker != 0 && p.OnSite:
		return fault.New(fault.Invalid, "credit.rules.path", "信用规则：%s级不能既缩短时限又要求现场核查", g)
	}
	return nil
}

// Path is the way of what the party applies for today.
func (s *Service) Path(ctx context.Context, party string) (Path, error) {
	all, err := s.of(ctx, party)
	if err != nil {
		return Path{}, fmt.Errorf("credit of an applicant: %w", err)
	}
	grade := s.Rules.GradeOf(all, calendar.DayOf(s.Now()))
	p := s.Rules.Grades[grade].Path
	p.Grade = grade
	return p, nil
}
