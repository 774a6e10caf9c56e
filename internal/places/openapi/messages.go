package openapi

import (
	"cmp"
	"context"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/handling/tidings"
)

// routeMessages names the operations of what applicants are told.
func (a *API) routeMessages(b *book) {
	signed(b, "GET /messages", "listMessages", "会话", "我的消息：办件有了什么进展，读过没有", a.messages)
	signed(b, "POST /messages/read", "readMessages", "会话", "把某一时刻以前的消息标为已读", a.readMessages)
}

type messageView struct {
	Case     string    `json:"case" doc:"办件标识"`
	Number   string    `json:"number" doc:"办件编号；综合许可证的消息为许可证编号"`
	ItemName string    `json:"itemName" doc:"事项名称"`
	Seq      int64     `json:"seq" doc:"办件的第几条记录"`
	Act      string    `json:"act" doc:"办理动作"`
	Title    string    `json:"title" doc:"一句话"`
	At       time.Time `json:"at" doc:"时间"`
	Unread   bool      `json:"unread" doc:"还没有读过"`
}

// wordsOf are what the operation calls news that says no act.
var wordsOf = map[tidings.Kind]string{tidings.OfTicket: "call", tidings.OfHearing: "hearing", tidings.OfReview: "expert-review", tidings.OfParcel: "elsewhere"}

func (a *API) messages(ctx context.Context, by identity.Actor, _ *nothing) (list[messageView], error) {
	all, err := a.Tidings.List(ctx, by)
	l := list[messageView]{Items: make([]messageView, len(all))}
	for i, m := range all {
		l.Items[i] = messageView{"", m.Number, m.Name, m.Stage, cmp.Or(m.Act, wordsOf[m.Kind]), m.Say, m.At, m.Unread}
		if m.Kind == tidings.OfCase {
			l.Items[i].Case = m.Of
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
