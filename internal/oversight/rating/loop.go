package rating

import (
	"context"
	"strings"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// A Finding is what asking the rater of a bad rating brought (回访核实).
type Finding string

// The findings. A mistaken or untrue rating counts until a supervisor has agreed
// that it is one (申诉复核).
const (
	Valid     Finding = "valid"     // 属实
	Mistaken  Finding = "mistaken"  // 误评
	Untrue    Finding = "untrue"    // 不实或者恶意
	Unreached Finding = "unreached" // 联系不上
)

// Findings lists them with their words.
var Findings = []struct {
	ID  Finding
	Han string
}{{Valid, "情况属实"}, {Mistaken, "评价人说是误评"}, {Untrue, "与事实不符"}, {Unreached, "联系不上"}}

// Han is the finding in words, "" if there is none.
func (f Finding) Han() string {
	for _, one := range Findings {
		if one.ID == f {
			return one.Han
		}
	}
	return ""
}

// Disputed reports whether a supervisor has to say whether the rating counts.
func (r Rating) Disputed() bool {
	return (r.Found == Mistaken || r.Found == Untrue) && r.Reviewed.IsZero()
}

// works reports whether the actor is of the agency that handled the case, or a
// supervisor above it.
func (r Rating) works(by identity.Actor) bool {
	return by.In("", func(p identity.Post) bool {
		return p.Agency == r.Agency || p.Role == identity.Supervisor && p.Serves(r.Region)
	})
}

// find is the rating after its rater was asked, or why that cannot be noted.
func (r Rating) find(f Finding, say string, by identity.Actor, at time.Time) (Rating, error) {
	switch say = strings.TrimSpace(say); {
	case !r.works(by):
		return r, fault.New(fault.Forbidden, "rating.find.authority", "差评由办理部门核实，您没有这个权限")
	case r.Rectify == 0 || !r.Answered.IsZero():
		return r, fault.New(fault.Conflict, "rating.find.state", "这条评价不需要核实，或者已经答复")
	case f.Han() == "" || say == "":
		bad := fault.New(fault.Invalid, "rating.find.check", "请写明核实的结果")
		if f.Han() == "" {
			bad = bad.At("found", "required", "请选择核实的结果")
		}
		if say == "" {
			bad = bad.At("say", "required", "请写明怎样核实、评价人怎么说")
		}
		return r, bad
	}
	r.Called, r.Found, r.FoundSay, r.Reviewed, r.Excluded = at, f, say, time.Time{}, false
	return r, nil
}

// review is the rating after a supervisor has said whether it counts.
func (r Rating) review(excluded bool, by identity.Actor, at time.Time) (Rating, error) {
	switch {
	case !by.In(identity.Supervisor, func(p identity.Post) bool { return p.Serves(r.Region) }):
		return r, fault.New(fault.Forbidden, "rating.review.authority", "误评、不实评价由监督部门复核，办理部门不能自己认定")
	case !r.Disputed():
		return r, fault.New(fault.Conflict, "rating.review.state", "这条评价没有等待复核的核实结果")
	}
	r.Reviewed, r.Excluded = at, excluded
	return r, nil
}

// answered is the rating with what was done about it. Whoever gave their name is
// asked first.
func (r Rating) answered(text string, by identity.Actor, at time.Time) (Rating, error) {
	switch text = strings.TrimSpace(text); {
	case !r.works(by):
		return r, fault.New(fault.Forbidden, "rating.answer.authority", "差评由办理部门答复，您没有这个权限")
	case r.Rectify == 0 || !r.Answered.IsZero():
		return r, fault.New(fault.Conflict, "rating.answer.state", "这条评价不需要答复，或者已经答复")
	case !r.Anonymous && r.Called.IsZero():
		return r, fault.New(fault.Conflict, "rating.answer.call", "实名差评要先回访核实，再答复")
	case text == "":
		return r, fault.New(fault.Invalid, "rating.answer.text", "请写明核实情况和整改结果").At("text", "required", "请写明核实情况和整改结果")
	}
	r.Answer, r.Answered = text, at
	return r, nil
}

// Find notes what asking the rater brought.
func (s *Service) Find(ctx context.Context, id cases.ID, seq int, f Finding, say string, by identity.Actor) error {
	return s.change(ctx, id, seq, func(r Rating, at time.Time) (Rating, event.Fact, error) {
		r, err := r.find(f, say, by, at)
		return r, Found{r.Case, r.Seq, f, by.Account, at}, err
	})
}

// Review says whether a rating that the agency calls mistaken or untrue counts.
func (s *Service) Review(ctx context.Context, id cases.ID, seq int, excluded bool, by identity.Actor) error {
	return s.change(ctx, id, seq, func(r Rating, at time.Time) (Rating, event.Fact, error) {
		r, err := r.review(excluded, by, at)
		return r, Reviewed{r.Case, r.Seq, excluded, by.Account, at}, err
	})
}

// Answer tells the rater what was done about a bad rating (整改答复). The agency
// that handled the case answers, or the supervisor above it.
func (s *Service) Answer(ctx context.Context, id cases.ID, seq int, text string, by identity.Actor) error {
	return s.change(ctx, id, seq, func(r Rating, at time.Time) (Rating, event.Fact, error) {
		r, err := r.answered(text, by, at)
		return r, Answered{r.Case, r.Seq, by.Account, at}, err
	})
}

// change does one act on one rating.
func (s *Service) change(ctx context.Context, id cases.ID, seq int, do func(Rating, time.Time) (Rating, event.Fact, error)) error {
	all, err := s.Store.Of(ctx, id)
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.Seq != seq {
			continue
		}
		after, fact, err := do(r, event.Moment(s.Now()))
		if err != nil {
			return err
		}
		return s.Store.Put(ctx, r, after, fact)
	}
	return None()
}
