package openapi

import (
	"context"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/tidings"
)

type messageView struct {
	Case     string    `json:"case" doc:"办件标识"`
	Number   string    `json:"number" doc:"办件编号；综合许可证的消息为许可证编号"`
	ItemName string    `json:"itemName" doc:"事项名称"`
	Seq      int64     `json:"seq" doc:"办件的第几条记录"`
	Act      cases.Act `json:"act" doc:"办理动作"`
	Title    string    `json:"title" doc:"一句话"`
	At       time.Time `json:"at" doc:"时间"`
	Unread   bool      `json:"unread" doc:"还没有读过"`
}

// wordsOf are what the operation calls news that is not of a case.
var wordsOf = map[string]cases.Act{tidings.OfTicket: "call", tidings.OfHearing: "hearing", tidings.OfReview: "expert-review"}

func (a *API) messages(ctx context.Context, by identity.Actor, _ *nothing) (list[messageView], error) {
	all, err := a.Tidings.List(ctx, by)
	l := list[messageView]{Items: make([]messageView, len(all))}
	for i, m := range all {
		l.Items[i] = messageView{string(m.Case.ID), m.Case.Number, m.Case.ItemName, m.Fact.Seq, m.Fact.Act, m.Title, m.At(), m.Unread}
		if w := m.Word; w != nil {
			l.Items[i].ItemName, l.Items[i].Seq, l.Items[i].Act = w.Name, w.Stage, wordsOf[w.Kind]
		}
		if p := m.Permit; p != nil {
			l.Items[i].Number, l.Items[i].ItemName, l.Items[i].Seq, l.Items[i].Act = p.Licence.Number, p.Licence.Name+"综合许可证", int64(p.Edition), cases.Act(p.Act)
		}
		if p := m.Parcel; p != nil {
			l.Items[i].Number, l.Items[i].ItemName, l.Items[i].Seq, l.Items[i].Act = p.Number(), p.ItemName, p.Nth, "elsewhere"
		}
	}
	return l, err
}

type readMessagesInput struct {
	Body struct {
		Until time.Time `json:"until" doc:"到这一刻为止的都读过了；写看到的最后一条的时间"`
	}
}

func (a *API) readMessages(ctx context.Context, by identity.Actor, in *readMessagesInput) (done, error) {
	return done{true}, a.Tidings.Read(ctx, in.Body.Until, by)
}
