package portal

import (
	"net/http"
	"slices"
	"time"

	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

type messagesView struct {
	frame.View
	List []message
}

// A message is news of a case that its applicant should read.
type message struct {
	At    time.Time
	When  string
	Title string
	Name  string
	Href  string
	Tone  frame.Tone
}

// mostCases is how many of the latest cases are read for news.
const mostCases = 20

// messagesPage is what happened to one's cases that one should know of, latest
// first: it is read from the cases, so that nothing can be lost on the way.
func (p *Portal) messagesPage(w http.ResponseWriter, r *http.Request) error {
	ctx, by := r.Context(), frame.Actor(r)
	v := messagesView{View: under(r, "消息")}
	if by.Party == "" {
		page.Show(w, r, messagesTemplate(v))
		return nil
	}
	rows, err := p.Cases.List(ctx, cases.Filter{Party: by.Party, Limit: mostCases}, by)
	if err != nil {
		return err
	}
	for _, row := range rows {
		events, err := p.Cases.History(ctx, row.ID, by)
		if err != nil {
			return err
		}
		v.List = append(v.List, news(row, events)...)
	}
	slices.SortStableFunc(v.List, func(a, b message) int { return b.At.Compare(a.At) })
	page.Show(w, r, messagesTemplate(v))
	return nil
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

func news(row cases.Row, events []cases.Event) []message {
	var list []message
	for _, e := range events {
		title := told[e.Act]
		if (e.Act == cases.Decide || e.Act == cases.Settle) && e.Decision != nil {
			_, title = standing(e.To)
		}
		if title == "" {
			continue
		}
		list = append(list, message{e.At, clockTime(e.At), title, row.ItemName, "/my/cases/" + row.Number, momentTone(e.Moved)})
	}
	return list
}
