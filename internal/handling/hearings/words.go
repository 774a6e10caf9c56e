package hearings

import (
	"context"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/marks"
)

// Held is a sign-up with the hearing that it is for.
type Held struct {
	Signup
	For *Notice
}

// Word is what the sign-up's owner is told as things stand; false when there is
// no news.
func (h Held) Word() (marks.Word, bool) {
	n, u := h.For, h.Signup
	w := marks.Word{Of: string(n.ID), Stage: u.Head.Seq + n.Told, At: u.Seated, Name: n.ItemName + "听证 · " + calendar.Moment(n.At) + " · " + n.Place}
	switch {
	case u.Seat == Gone:
		return w, false
	case u.Seat == Removed:
		w.Say = "听证报名被取消：" + u.Why
	case !n.Ended.IsZero() && u.Seat != Declined:
		w.Say, w.At = "您报名的听证"+n.Outcome, n.Ended
	case n.Moved.After(u.At) && u.Seat != Declined && n.Moved.After(u.Seated):
		w.Say, w.At = "您报名的听证改了时间或者地点，请看公告", n.Moved
	case u.Seat == Speaker:
		w.Say = "您被选定参加听证并发言，请按时到场"
	case u.Seat == Listener:
		w.Say = "您可以旁听听证，请按时到场"
	case u.Seat == Declined:
		w.Say = "听证报名没有选上：" + u.Why
	default:
		return w, false
	}
	return w, true
}

// mostWords is how many hearings one is told of.
const mostWords = 20

// Words are what the actor should know of the hearings they signed up for.
func (s *Service) Words(ctx context.Context, by identity.Actor) ([]marks.Word, error) {
	if by.Party == "" {
		return nil, nil
	}
	held, err := s.Store.Of(ctx, by.Party, mostWords)
	if err != nil {
		return nil, err
	}
	var all []marks.Word
	for _, h := range held {
		if w, news := h.Word(); news {
			all = append(all, w)
		}
	}
	return all, nil
}

// StakeWords are what the actor should know as somebody concerned in a case.
func (s *Service) StakeWords(ctx context.Context, by identity.Actor) (all []marks.Word, err error) {
	mine, err := s.Mine(ctx, by)
	for _, st := range mine {
		if w, news := st.Word(calendar.DayOf(s.now())); news {
			all = append(all, w)
		}
	}
	return all, err
}

// Word is what somebody concerned is told as things stand; false when there is no news.
func (s Standing) Word(today calendar.Day) (marks.Word, bool) {
	w := marks.Word{Of: s.Number, At: s.Stake.At, Name: s.ItemName + " · " + s.Number}
	h := s.Hearing
	switch s.Stage(today) {
	case StageTold:
		w.Stage, w.Say = 1, "您可以要求听证，最迟"+s.Until.Han()
	case StageRefused:
		w.Stage, w.Say = 2, "您的听证要求没有被同意，请看理由"
	case StageCalled:
		w.Stage, w.Say, w.Name = 3+int64(len(h.Objections)), "听证时间已定，请按时参加", s.ItemName+"听证 · "+calendar.Moment(h.At)+" · "+h.Place
	case StageHeld:
		w.Stage, w.Say = 1000, "您要求的听证已经结束，笔录在案"
	default:
		return w, false
	}
	return w, true
}
