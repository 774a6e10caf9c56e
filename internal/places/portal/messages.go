package portal

import (
	"context"
	"net/http"
	"slices"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/civic/marks"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

type messagesView struct {
	frame.View
	List []message
	Last int64 // when the latest happened: what comes later is not read with the rest
}

// A message is news of a case that its applicant should read.
type message struct {
	Case   cases.ID
	Seq    int64
	At     time.Time
	When   string
	Title  string
	Name   string
	Href   string
	Tone   frame.Tone
	Unread bool
}

// mostCases is how many of the latest cases are read for news.
const mostCases = 20

// messagesPage is what happened to one's cases that one should know of, latest
// first: it is read from the cases, so that nothing can be lost on the way.
func (p *Portal) messagesPage(w http.ResponseWriter, r *http.Request) error {
	v := messagesView{View: under(r, "消息")}
	var err error
	if v.List, err = p.tidings(r.Context(), false, frame.Actor(r)); err != nil {
		return err
	}
	v.Badge = unreadOf(v.List)
	if len(v.List) > 0 {
		v.Last = v.List[0].At.UnixMilli()
	}
	page.Show(w, r, messagesTemplate(v))
	return nil
}

// readAll marks all messages as read (全部标为已读) that stood on the page.
func (p *Portal) readAll(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	last := f.Int("last")
	if err := f.Err(); err != nil {
		return err
	}
	list, err := p.tidings(r.Context(), true, frame.Actor(r))
	if err != nil {
		return err
	}
	read := marks.Read{}
	for _, m := range list {
		if about := string(m.Case); m.At.UnixMilli() <= int64(last) {
			read[about] = max(read[about], m.Seq)
		}
	}
	if err := p.Marks.Mark(r.Context(), read, frame.Actor(r)); err != nil {
		return err
	}
	page.SeeOther(w, r, "/my/messages")
	return nil
}

// tidings are the messages of the actor's latest cases, latest first; only looks
// no further than cases to which something happened since they were read.
func (p *Portal) tidings(ctx context.Context, only bool, by identity.Actor) ([]message, error) {
	if by.Party == "" {
		return nil, nil
	}
	open, err := p.Cases.Open(ctx, cases.Filter{Party: by.Party, Limit: mostCases}, by)
	if err != nil {
		return nil, err
	}
	var about []string
	for _, l := range open {
		about = append(about, string(l.ID))
	}
	read, err := p.Marks.Read(ctx, by, about...)
	if err != nil {
		return nil, err
	}
	var list []message
	for _, l := range open {
		upto := read[string(l.ID)]
		if only && l.Case.Head.Seq <= upto {
			continue
		}
		events, err := p.Cases.History(ctx, l.ID, by)
		if err != nil {
			return nil, err
		}
		list = append(list, newsOf(l.Row, events, upto)...)
	}
	slices.SortStableFunc(list, func(a, b message) int { return b.At.Compare(a.At) })
	return list, nil
}

// unread counts the actor's messages that are not read.
func (p *Portal) unread(ctx context.Context, by identity.Actor) (int, error) {
	list, err := p.tidings(ctx, true, by)
	return unreadOf(list), err
}

func unreadOf(list []message) (n int) {
	for _, m := range list {
		if m.Unread {
			n++
		}
	}
	return n
}

// seen marks what happened to a case as read: its page shows all of it.
func (p *Portal) seen(ctx context.Context, id cases.ID, events []cases.Event, by identity.Actor) error {
	if len(events) == 0 {
		return nil
	}
	return p.Marks.Mark(ctx, marks.Read{string(id): events[len(events)-1].Seq}, by)
}

// told are the acts of others that an applicant is told about.
var told = map[cases.Act]string{
	cases.AskOnce: "请补正材料", cases.Accept: "申请已经受理", cases.DeemAccept: "申请视为受理", cases.SayNotNeeded: "这件事不用办理", cases.Refuse: "申请没有受理",
	cases.TellHearing: "您有权要求听证，请看听证告知书", cases.CallHearing: "要举行听证，请看听证通知书", cases.NoteHearing: "听证笔录在案，将根据笔录作出决定", cases.Check: "自动作出的决定已由人复核",
	cases.OpenSpecial: "进入特别程序，时间暂停计算", cases.CloseSpecial: "特别程序结束，继续办理", cases.Extend: "办理期限延长了", cases.Terminate: "办理已经终止",
	cases.Remind: "承诺补交的材料快到期了", cases.Lapse: "承诺补交的材料逾期没有到", cases.Postpone: "补交期限延长了", cases.CheckPledge: "您的承诺核查有结果了",
	cases.RemindExpiry: "证照快到期了", cases.ProposeLater: "部门拟撤销、撤回、吊销或者注销，请看告知书", cases.Amend: "证照变更好了", cases.Renew: "证照延续好了",
	cases.DeemRenew: "证照视为准予延续", cases.Cancel: "证照已经注销", cases.Annul: "准予决定已被撤销", cases.Recall: "许可已被撤回", cases.Strip: "证照已被吊销",
	cases.DismissLater: "变动的申请或者提议有结果了", cases.ServeLater: "决定书已经送达",
	cases.Certify: "电子证照已放进卡包", cases.Deliver: "结果已经送达",
}

func newsOf(row cases.Row, events []cases.Event, read int64) []message {
	var list []message
	for _, e := range events {
		title := told[e.Act]
		if (e.Act == cases.Decide || e.Act == cases.Settle) && e.Decision != nil {
			_, title = standing(e.To)
		}
		if title == "" {
			continue
		}
		list = append(list, message{row.ID, e.Seq, e.At, clockTime(e.At), title, row.ItemName, "/my/cases/" + row.Number, momentTone(e.Moved), e.Seq > read})
	}
	return list
}
