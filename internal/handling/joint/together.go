package joint

import (
	"context"
	"slices"
	"strings"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

func dayOf(t time.Time) calendar.Day { return calendar.DayOf(t) }

// each makes a move on every part whose case stands so that it can be made,
// all in one commit. If one refuses, none is made, and the fault says which.
func (s *Service) each(ctx context.Context, j *Joint, b *sqldb.Batch, by identity.Actor, may func(*cases.Case) bool, judge func(Part, *cases.Case, cases.Frame, time.Time) (cases.Moved, error)) ([]Part, error) {
	var moved []Part
	for _, p := range j.Parts {
		if p.State != Filed && p.State != Done && p.State != Failed || p.Case == "" {
			continue
		}
		c, err := s.Cases.Store.Case(ctx, p.Case)
		if err != nil {
			return nil, p.say("load case of", err)
		}
		if !may(c) {
			continue
		}
		err = s.Cases.ActIn(ctx, b, p.Case, by, func(c *cases.Case, f cases.Frame, at time.Time) (cases.Moved, error) { return judge(p, c, f, at) })
		if err != nil && fault.Of(err) != fault.Internal {
			said := fault.New(fault.Of(err), fault.Code(err), "“%s”：%s", p.Title, fault.Say(err))
			said = said.With(string(p.Item)+".", fault.Fields(err))
			return nil, said
		}
		if err != nil {
			return nil, p.say("move case of", err)
		}
		moved = append(moved, p)
	}
	return moved, nil
}

// together changes the matter in one commit with what it does to its cases.
func (s *Service) together(ctx context.Context, id ID, by identity.Actor, do func(*Joint, *sqldb.Batch) (Moved, error)) (*Joint, error) {
	return s.Store.Change(ctx, id, func(j *Joint, b *sqldb.Batch) (Moved, error) {
		if !j.Visible(by) {
			return Moved{}, None()
		}
		return do(j, b)
	})
}

// Accept takes on every part that is waiting at the window, at once: their
// clocks start together (一窗受理).
func (s *Service) Accept(ctx context.Context, id ID, by identity.Actor) (*Joint, error) {
	return s.together(ctx, id, by, func(j *Joint, b *sqldb.Batch) (Moved, error) {
		moved, err := s.each(ctx, j, b, by, func(c *cases.Case) bool { return c.State == cases.Received },
			func(_ Part, c *cases.Case, f cases.Frame, at time.Time) (cases.Moved, error) {
				return c.Accept(f.Edition, nil, nil, s.Days, by, at)
			})
		if err == nil && len(moved) == 0 {
			err = fault.New(fault.Conflict, "joint.accept.none", "没有等待受理的事项，请刷新后查看最新状态")
		}
		m := s.moved(j, AcceptIt, by)
		m.Say = titles(moved)
		return m, err
	})
}

// Notify sends back for correction every part in which something is missing,
// and gathers it all in one notice (联合一次性告知补正, 行政许可法第三十二条).
func (s *Service) Notify(ctx context.Context, id ID, missing map[items.ID][]cases.Deficiency, until calendar.Day, by identity.Actor) (*Joint, error) {
	return s.together(ctx, id, by, func(j *Joint, b *sqldb.Batch) (Moved, error) {
		for item := range missing {
			if _, ok := j.Part(item); !ok {
				return Moved{}, fault.New(fault.Invalid, "joint.notify.item", "这个联办件里没有事项“%.40s”", item)
			}
		}
		m := s.moved(j, Notify, by)
		m.Notice = &Notice{Until: until, By: by.Name, At: m.At}
		moved, err := s.each(ctx, j, b, by, func(c *cases.Case) bool { return len(missing[c.Item]) > 0 },
			func(p Part, c *cases.Case, f cases.Frame, at time.Time) (cases.Moved, error) {
				made, err := c.AskOnce(f.Edition, slices.Clone(missing[p.Item]), until, by, at)
				if err == nil && made.Notice != nil {
					m.Notice.Lines = append(m.Notice.Lines, Line{p.Item, p.Title, made.Notice.Items})
				}
				return made, err
			})
		if err == nil && len(moved) == 0 {
			err = fault.New(fault.Invalid, "joint.notify.empty", "请至少列出一项需要补正的内容")
		}
		return m, err
	})
}

// Correct hands in what a joint notice asked for, of every part at once, with the
// answers that are put right; see cases.Case.Correct.
func (s *Service) Correct(ctx context.Context, id ID, given map[items.ID]cases.Correction, by identity.Actor) (*Joint, error) {
	return s.together(ctx, id, by, func(j *Joint, b *sqldb.Batch) (Moved, error) {
		moved, err := s.each(ctx, j, b, by, func(c *cases.Case) bool { _, one := given[c.Item]; return one && c.State == cases.Correcting },
			func(p Part, c *cases.Case, f cases.Frame, at time.Time) (cases.Moved, error) {
				return s.Cases.Correcting(ctx, given[p.Item], by)(c, f, at)
			})
		if err == nil && len(moved) == 0 {
			err = fault.New(fault.Conflict, "joint.correct.none", "没有等待补正的事项，请刷新后查看最新状态")
		}
		m := s.moved(j, Correct, by)
		m.Say = titles(moved)
		return m, err
	})
}

// Withdraw takes back one part, or with no item the whole matter. What has not
// started is not started any more.
func (s *Service) Withdraw(ctx context.Context, id ID, item items.ID, reason string, by identity.Actor) (*Joint, error) {
	return s.together(ctx, id, by, func(j *Joint, b *sqldb.Batch) (Moved, error) {
		if !j.Own(by) {
			return Moved{}, fault.New(fault.Forbidden, "joint.withdraw.own", "只有申请人可以撤回")
		}
		var steps []Step
		for _, p := range j.Parts {
			if !p.State.Open() || item != "" && p.Item != item {
				continue
			}
			if p.State == Filed {
				err := s.Cases.ActIn(ctx, b, p.Case, by, func(c *cases.Case, _ cases.Frame, at time.Time) (cases.Moved, error) {
					return c.Withdraw(reason, by, at)
				})
				if err != nil {
					return Moved{}, err
				}
			}
			steps = append(steps, Step{Item: p.Item, To: Withdrawn, Why: reason})
		}
		if len(steps) == 0 {
			return Moved{}, fault.New(fault.Conflict, "joint.withdraw.none", "没有可以撤回的事项：已经办结的不能撤回")
		}
		m := s.moved(j, Withdraw, by)
		m.Say = reason
		return s.advance(ctx, j, b, m, steps...)
	})
}

// Deliver hands over every result that is ready, at one desk (统一出件).
func (s *Service) Deliver(ctx context.Context, id ID, d cases.Delivered, by identity.Actor) (*Joint, error) {
	return s.together(ctx, id, by, func(j *Joint, b *sqldb.Batch) (Moved, error) {
		moved, err := s.each(ctx, j, b, by, (*cases.Case).Issuing, func(_ Part, c *cases.Case, _ cases.Frame, at time.Time) (cases.Moved, error) {
			return c.Deliver(d, by, at)
		})
		if err == nil && len(moved) == 0 {
			err = fault.New(fault.Conflict, "joint.deliver.none", "没有等待出件的结果")
		}
		m := s.moved(j, Deliver, by)
		m.Say = titles(moved)
		return m, err
	})
}

func titles(parts []Part) string {
	all := make([]string, len(parts))
	for i, p := range parts {
		all[i] = p.Title
	}
	return strings.Join(all, "、")
}
