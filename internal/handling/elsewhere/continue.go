package elsewhere

import (
	"context"
	"fmt"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// remembered is for how many days a message is kept after it arrived, so that it can
// be sent again to a partner that was brought back from a copy.
const remembered = 30

// back has sent again what a partner has forgotten: one that was brought back from a
// copy waits for a number that it said it kept. What is no longer remembered cannot be
// sent again; then the line goes on, and the partner's administrator sees what is
// missing.
func (s *Service) back(ctx context.Context, p Partner, m Message, r Receipt) (bool, error) {
	if !r.Lacks(m.Number - 1) {
		return false, nil
	}
	say := fmt.Sprintf("对方从第%d号起重新接收（可能从备份恢复过），正在补发", r.Next)
	return s.Store.Back(ctx, p.ID, m.Number-1, r.Next-1, s.Now().Add(Pause(0)), say)
}

// Continue has a line go on after this installation was brought back from a copy
// (恢复以后接续): the partner has taken other messages under the numbers that follow
// here, so what waits is given the numbers after those. Only an administrator may, who
// knows that the installation whose copy it was sends no more. What the partner took
// since the copy was made is not known here; the next statements show it.
// Faults: elsewhere.admin, elsewhere.line.why, elsewhere.continue.none, elsewhere.line.moved.
func (s *Service) Continue(ctx context.Context, partner, why string, by identity.Actor) error {
	l, err := s.toMend(ctx, partner, why, by)
	if err != nil {
		return err
	}
	if !l.Outrun() {
		return fault.New(fault.Conflict, "elsewhere.continue.none", "对方收到的号没有超过本平台写的，不用接续")
	}
	return s.Store.Continue(ctx, partner, l, s.noted(by, "接着对方收到的第%d号发：%s", l.Ahead-1, why))
}

// Forgo waits no longer for messages that are missing before others which are held: the
// partner does not remember them any more. Only an administrator may, who has gone
// through what they were with the partner's.
// Faults: elsewhere.admin, elsewhere.line.why, elsewhere.forgo.none, elsewhere.line.moved.
func (s *Service) Forgo(ctx context.Context, partner, why string, by identity.Actor) error {
	l, err := s.toMend(ctx, partner, why, by)
	if err != nil {
		return err
	}
	if !l.Gapped() {
		return fault.New(fault.Conflict, "elsewhere.forgo.none", "没有在等的号，不用跳过")
	}
	if err := s.Store.Forgo(ctx, partner, l, s.noted(by, "不再等第%d至第%d号：%s", l.Taken+1, l.Gap, why)); err != nil {
		return err
	}
	return s.DoHeld(ctx)
}

// toMend is the line that an administrator is to mend.
func (s *Service) toMend(ctx context.Context, partner, why string, by identity.Actor) (Line, error) {
	if err := administers(by); err != nil {
		return Line{}, err
	}
	if why == "" {
		return Line{}, fault.New(fault.Invalid, "elsewhere.line.why", "请写明理由").At("why", "required", "请写明理由，如哪一天从哪份备份恢复、与对方谁核对过")
	}
	if _, err := s.Store.Partner(ctx, partner); err != nil {
		return Line{}, err
	}
	lines, err := s.Store.Lines(ctx)
	return lines[partner], err
}

func (s *Service) noted(by identity.Actor, format string, args ...any) string {
	return calendar.Moment(s.now()) + " " + by.Name + fmt.Sprintf(format, args...)
}

// patience is how long what came before its turn may be held before that is an alarm.
const patience = 30 * time.Minute

// stuck reports whether messages have been missing for too long.
func (l Line) stuck(now time.Time) bool { return l.Gapped() && now.Sub(l.HeldSince) >= patience }
