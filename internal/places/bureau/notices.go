package bureau

import (
	"context"
	"net/http"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
	"tongban/internal/places/frame"
)

// reminders are what supervision tells the reader of.
func (b *Bureau) reminders(ctx context.Context, by identity.Actor) ([]frame.Reminder, error) {
	all, err := b.Supervision.Notices(ctx, by)
	if err != nil {
		return nil, err
	}
	list := make([]frame.Reminder, len(all))
	for i, n := range all {
		list[i] = frame.Reminder{ID: n.ID, Say: n.Say, Item: n.ItemName, Number: n.Number, Href: frame.AlarmURL(n.Case, caseURL), When: moment(n.At), Level: string(n.Level), Tone: frame.Amber}
		if n.Level == supervision.RedCard {
			list[i].Tone = frame.Red
		}
	}
	return list, nil
}

// putAway puts a reminder away.
func (b *Bureau) putAway(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	if err := b.Supervision.PutAway(r.Context(), r.PathValue("notice"), by); err != nil {
		return err
	}
	page.SeeOther(w, r, "/bureau")
	return nil
}

func (b *Bureau) answerUrge(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	return b.Cases.AnswerUrge(ctx, id, f.Text("text"), by)
}
