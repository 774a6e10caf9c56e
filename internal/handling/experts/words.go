package experts

import (
	"context"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/marks"
)

// Word is what an expert who was drawn is told as things stand (邀请、开会通知): that
// they are asked to come, when the review is, that their place was given to
// another; false when there is no news for them.
func (r *Review) Word(id ExpertID) (marks.Word, bool) {
	w := marks.Word{Of: string(r.ID), Name: r.ItemName + " · " + r.Question}
	i, asked := r.invitation(id)
	switch {
	case !asked || !r.Ended.IsZero() || r.Opined(id):
		return w, false
	case i.Reply == "":
		w.Say, w.At = "您被抽为评审专家，请在"+i.By.Han()+"前答复能否参加", i.Asked
	case i.Reply == Silent:
		w.Name, w.Over = r.ItemName, true
		w.Say, w.At = "您没有按时答复，评审已另请专家", i.At
	case i.Reply == Stood:
		w.Name, w.Over = r.ItemName, true
		w.Say, w.At = "您回避这次评审，不用参加", i.At
	case i.Reply == Accepted && r.Told:
		w.Say, w.At = "评审定在"+r.Day.Han()+"，地点"+r.Place+"；当天起请签署意见", r.called()
	default:
		return w, false
	}
	w.Stage = w.At.UnixMilli()
	return w, true
}

// invitation is the last that an expert got.
func (r *Review) invitation(id ExpertID) (last Invitation, asked bool) {
	for _, round := range r.Rounds {
		for _, i := range round.Invited {
			if i.Expert == id {
				last, asked = i, true
			}
		}
	}
	return last, asked
}

// called is when the experts were last told of the day.
func (r *Review) called() (at time.Time) {
	for _, n := range r.Log {
		if n.Act == Call {
			at = n.At
		}
	}
	return at
}

// Waits reports whether a review waits for an expert: to say whether they come, or,
// from its day on, to sign an opinion.
func (r *Review) Waits(id ExpertID, today calendar.Day) bool {
	i, asked := r.invitation(id)
	if !asked || !r.Ended.IsZero() || r.Opined(id) {
		return false
	}
	return i.Reply == "" || i.Reply == Accepted && r.Told && today >= r.Day
}

// Waiting are the words of the reviews that wait for the actor.
func (s *Service) Waiting(ctx context.Context, by identity.Actor) ([]marks.Word, error) {
	if by.Account == "" {
		return nil, nil
	}
	drawn, err := s.Store.Drawn(ctx, by.Account, mostWords)
	var all []marks.Word
	for _, r := range drawn {
		if c, is := r.Expert(by); is && r.Waits(c.Expert, calendar.DayOf(s.Now())) {
			w, _ := r.Word(c.Expert)
			all = append(all, w)
		}
	}
	return all, err
}

// mostWords is how many reviews one is told of.
const mostWords = 20

// Words are what the actor should know of the reviews for which they were drawn.
func (s *Service) Words(ctx context.Context, by identity.Actor) ([]marks.Word, error) {
	if by.Account == "" {
		return nil, nil
	}
	drawn, err := s.Store.Drawn(ctx, by.Account, mostWords)
	var all []marks.Word
	for _, r := range drawn {
		c, _ := r.Expert(by)
		if w, news := r.Word(c.Expert); news {
			all = append(all, w)
		}
	}
	return all, err
}
