package cases

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// PaperRef names a paper of a case.
type PaperRef struct {
	Kind PaperKind `json:"kind"`
	Seq  int64     `json:"seq"`
}

// Ref is the name of a paper.
func (p Paper) Ref() PaperRef { return PaperRef{p.Kind, p.Seq} }

// String is the name as addresses and forms write it, like refusal-3.
func (r PaperRef) String() string { return string(r.Kind) + "-" + strconv.FormatInt(r.Seq, 10) }

// ParseRef reads a name of a paper; false if it is none.
func ParseRef(name string) (PaperRef, bool) {
	at := strings.LastIndexByte(name, '-')
	if at < 0 {
		return PaperRef{}, false
	}
	seq, err := strconv.ParseInt(name[at+1:], 10, 64)
	return PaperRef{PaperKind(name[:at]), seq}, err == nil
}

// served are the papers whose service is noted each by itself: refusals and
// notices, from whose service terms run. Decisions are served by Deliver and
// ServeLater, receipts are handed over as they are given, and letters come from
// the applicant.
var served = []PaperKind{CorrectionNotice, AcceptanceNotice, NotNeededNotice, RefusalNotice, CheckNotice, LapseNotice, PostponementNotice,
	SpecialNotice, ExtensionNotice, HearingRight, HearingCall, HearingReply, WithdrawalNotice, TerminationNotice, LaterNotice}

// contested are those against which one may apply for review (行政复议法第二十条).
var contested = []PaperKind{NotNeededNotice, RefusalNotice, TerminationNotice}

// Unserved are the refusals and notices whose service has not been noted.
func (c *Case) Unserved() []Paper {
	var all []Paper
	for _, p := range c.Papers {
		if p.Served == nil && slices.Contains(served, p.Kind) {
			all = append(all, p)
		}
	}
	return all
}

// ServePaper notes that a refusal or a notice reached whom it is for, in what
// way, when and by whose hand (送达回证, 民事诉讼法第八十七条).
func (c *Case) ServePaper(which PaperRef, d Delivered, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(ServePaper, by)
	if err == nil {
		err = fault.Together(c.mayServe(which), c.checkService(d, c.givenOn(which), at))
	}
	if err != nil {
		return Moved{}, err
	}
	m := c.moved(ServePaper, c.State, doer, at)
	m.Serves, m.Delivered = &which, d.on(at)
	return m, nil
}

func (c *Case) mayServe(which PaperRef) error {
	i := c.paperAt(which)
	switch {
	case which.Kind == "":
		return refusedService("paper", "请选择送达的是哪一份文书")
	case i < 0:
		return fault.New(fault.NotFound, "cases.serve.none", "没有这份文书")
	case !slices.Contains(served, which.Kind):
		return refusedService("paper", "“"+c.Papers[i].Title+"”不单独登记送达：决定随结果送达，凭证当场交给申请人")
	case c.Papers[i].Served != nil:
		return fault.New(fault.Conflict, "cases.serve.twice", "“%s”已经登记过送达", c.Papers[i].Title)
	}
	return nil
}

// givenOn is when a paper that ended the case was given, and for others when the
// case began: nothing was served before.
func (c *Case) givenOn(which PaperRef) time.Time {
	if slices.Contains(contested, which.Kind) || which.Kind == WithdrawalNotice {
		return c.Closed
	}
	return c.Opened
}

// paperAt is the place of a paper among those of the case; -1 if there is none.
func (c *Case) paperAt(which PaperRef) int {
	return slices.IndexFunc(c.Papers, func(p Paper) bool { return p.Ref() == which })
}

// servePaper keeps the service with its paper.
func (c *Case) servePaper(m Moved) {
	if m.Serves == nil {
		return
	}
	if i := c.paperAt(*m.Serves); i >= 0 {
		c.Papers = slices.Clone(c.Papers)
		c.Papers[i].Served = m.Delivered
	}
}

// brings reports whether a paper is what the service noted by m is about.
func (m Moved) brings(p Paper) bool {
	switch {
	case m.Serves != nil:
		return *m.Serves == p.Ref()
	case m.Later != nil:
		return p.Kind == LaterDecision || p.Kind == LaterRefusal
	}
	return p.Kind == DecisionPaper || p.Kind == RecordReceipt
}

// contestable reports whether one may apply for review against what m served.
func (m Moved) contestable(c *Case) bool {
	switch {
	case m.Serves != nil:
		return slices.Contains(contested, m.Serves.Kind)
	case m.Later != nil:
		return !m.Later.Kind.Favours() || !m.Later.Granted
	}
	return c.State == Denied
}

// ServePaper has the window or the bureau note service of a refusal or a notice.
func (s *Service) ServePaper(ctx context.Context, id ID, which PaperRef, d Delivered, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, ServePaper, string(which.Kind)), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		return c.ServePaper(which, d, by, at)
	})
}
