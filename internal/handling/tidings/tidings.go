// Package tidings is what applicants are told of their cases (消息): what others
// did that they should know, and how much of it they have read. It is read from
// the facts of the cases, so that nothing can be lost on the way.
package tidings

import (
	"context"
	"slices"
	"sync"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/civic/marks"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/handling/experts"
	"tongban/internal/handling/hearings"
	"tongban/internal/handling/queue"
	"tongban/internal/register/licences"
)

// A Kind is what a message is news of.
type Kind string

// The kinds.
const (
	OfCase    Kind = "case"    // 办件
	OfTicket  Kind = "ticket"  // 叫号提醒
	OfHearing Kind = "hearing" // 报名的听证
	OfStake   Kind = "stake"   // 作为利害关系人的听证
	OfReview  Kind = "review"  // 抽到的专家评审
	OfLicence Kind = "licence" // 综合许可证; the key is that of its paper
	OfParcel  Kind = "parcel"  // 异地办件
)

// A Message is a word that is kept as news until it has been read.
type Message struct {
	Kind Kind
	marks.Word
	Number string // by which people know the thing; "" none
	Act    string // what was done to the case or the licence
	Unread bool

	mark string // what is read up to the stage once this has been
}

// Service gives the actor their own messages.
type Service struct {
	Cases     *cases.Service
	Queue     *queue.Service
	Hearings  *hearings.Service
	Experts   *experts.Service
	Licences  *licences.Service
	Elsewhere *elsewhere.Service
	Marks     *marks.Service
	Now       func() time.Time

	mu    sync.Mutex
	rings map[string]ring // of each account that looked lately
}

// mostCases is how many of the latest cases are read for news.
const mostCases = 20

// List is the messages of the actor's latest cases, latest first.
func (s *Service) List(ctx context.Context, by identity.Actor) ([]Message, error) {
	return s.list(ctx, false, by)
}

// list looks, if only, no further than cases to which something happened since
// they were read.
func (s *Service) list(ctx context.Context, only bool, by identity.Actor) ([]Message, error) {
	if by.Party == "" {
		return nil, nil
	}
	open, err := s.Cases.Open(ctx, cases.Filter{Party: by.Party, Limit: mostCases}, by)
	if err != nil {
		return nil, err
	}
	var about []string
	for _, l := range open {
		about = append(about, string(l.ID))
	}
	read, err := s.Marks.Read(ctx, by, about...)
	if err != nil {
		return nil, err
	}
	all, err := s.news(ctx, open, read, only, by)
	if err != nil {
		return nil, err
	}
	calls, err := s.calls(ctx, by)
	if err != nil {
		return nil, err
	}
	all = append(all, calls...)
	slices.SortStableFunc(all, func(a, b Message) int { return b.At.Compare(a.At) })
	return all, nil
}

// news are the messages of the cases that are open to the actor, who has read so
// much of each; if only, of those to which something happened since.
func (s *Service) news(ctx context.Context, open []cases.Listed, read marks.Read, only bool, by identity.Actor) (all []Message, err error) {
	var looked []*cases.Case
	for _, l := range open {
		if !only || l.Case.Head.Seq > read[string(l.ID)] {
			looked = append(looked, l.Case)
		}
	}
	histories, err := s.Cases.Histories(ctx, looked, by)
	if err != nil {
		return nil, err
	}
	for _, l := range open {
		all = append(all, newsOf(l.Row, histories[l.ID], read[string(l.ID)])...)
	}
	return all, nil
}

// calls are what the actor should know of the tickets they hold today, of the
// hearings that they signed up for, of the reviews for which they were drawn, of
// their composite licences, and of what other installations handle for them.
func (s *Service) calls(ctx context.Context, by identity.Actor) ([]Message, error) {
	var all []Message
	for _, more := range []func(context.Context, identity.Actor) ([]Message, error){s.words, s.permits, s.parcels} {
		news, err := more(ctx, by)
		if err != nil {
			return nil, err
		}
		all = append(all, news...)
	}
	about := make([]string, len(all))
	for i, m := range all {
		about[i] = m.mark
	}
	read, err := s.Marks.Read(ctx, by, about...)
	for i, m := range all {
		all[i].Unread = m.Stage > read[m.mark]
	}
	return all, err
}

func (s *Service) words(ctx context.Context, by identity.Actor) (all []Message, err error) {
	for _, from := range []struct {
		kind Kind
		tell func(context.Context, identity.Actor) ([]marks.Word, error)
	}{{OfTicket, s.Queue.Words}, {OfHearing, s.Hearings.Words}, {OfStake, s.Hearings.StakeWords}, {OfReview, s.Experts.Words}} {
		words, err := from.tell(ctx, by)
		if err != nil {
			return nil, err
		}
		for _, w := range words {
			all = append(all, Message{Kind: from.kind, Word: w, mark: string(from.kind) + "/" + w.Of})
		}
	}
	return all, nil
}

// Read notes that the actor has read all messages up to a moment: what came
// while they read is not read with the rest.
func (s *Service) Read(ctx context.Context, until time.Time, by identity.Actor) error {
	all, err := s.list(ctx, true, by)
	if err != nil {
		return err
	}
	read := marks.Read{}
	for _, m := range all {
		if !m.At.After(until) {
			read[m.mark] = max(read[m.mark], m.Stage)
		}
	}
	return s.mark(ctx, read, by)
}

// Seen notes that the actor has seen all that happened to a case.
func (s *Service) Seen(ctx context.Context, id cases.ID, events []cases.Event, by identity.Actor) error {
	if len(events) == 0 {
		return nil
	}
	return s.mark(ctx, marks.Read{string(id): events[len(events)-1].Seq}, by)
}

func (s *Service) mark(ctx context.Context, read marks.Read, by identity.Actor) error {
	s.forget(by)
	return s.Marks.Mark(ctx, read, by)
}

// told are the acts of others that an applicant is told about.
var told = map[cases.Act]string{
	cases.Rectify: "申请在窗口当场更正了，请核对", cases.AskOnce: "请补正材料", cases.Accept: "申请已经受理", cases.DeemAccept: "申请视为受理", cases.SayNotNeeded: "这件事不用办理", cases.Refuse: "申请没有受理",
	cases.TellHearing: "您有权要求听证，请看听证告知书", cases.CallHearing: "要举行听证，请看听证通知书", cases.NoteHearing: "听证笔录在案，将根据笔录作出决定", cases.SettleHost: "主持人的回避有决定了，请看答复书", cases.CallExperts: "专家已经抽取，请看专家评审通知书", cases.Check: "自动作出的决定已由人复核",
	cases.OpenSpecial: "进入特别程序，时间暂停计算", cases.CloseSpecial: "特别程序结束，继续办理", cases.Extend: "办理期限延长了", cases.Terminate: "办理已经终止",
	cases.Remind: "承诺补交的材料快到期了", cases.Lapse: "承诺补交的材料逾期没有到", cases.Postpone: "补交期限延长了", cases.CheckPledge: "您的承诺核查有结果了", cases.RemindMet: "承诺达到条件的期限快到了", cases.MissMet: "承诺达到条件的期限过了",
	cases.RemindExpiry: "证照快到期了", cases.ProposeLater: "部门拟撤销、撤回、吊销或者注销，请看告知书", cases.Amend: "证照变更好了", cases.Renew: "证照延续好了",
	cases.DeemRenew: "证照视为准予延续", cases.Cancel: "证照已经注销", cases.Annul: "准予决定已被撤销", cases.Recall: "准予决定已被撤回", cases.Strip: "证照已被吊销",
	cases.DismissLater: "变动的申请或者提议有结果了", cases.ServeLater: "决定书已经送达", cases.ServePaper: "文书已经送达",
	cases.Certify: "电子证照已放进卡包", cases.Deliver: "结果已经送达",
}

// decided are the titles of decisions.
var decided = map[cases.State]string{cases.Granted: "办好了", cases.Denied: "没有批准"}

func newsOf(row cases.Row, events []cases.Event, read int64) []Message {
	var all []Message
	for _, e := range events {
		title := told[e.Act]
		if (e.Act == cases.Decide || e.Act == cases.Settle) && e.Decision != nil {
			title = decided[e.To]
		}
		if title != "" {
			w := marks.Word{Of: string(row.ID), Stage: e.Seq, Say: title, Name: row.ItemName, At: e.At}
			all = append(all, Message{Kind: OfCase, Word: w, Number: row.Number, Act: string(e.Act), Unread: e.Seq > read, mark: string(row.ID)})
		}
	}
	return all
}
