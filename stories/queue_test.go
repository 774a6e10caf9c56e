package stories

import (
	"strconv"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/queue"
)

// queueSteps are the sentences about waiting in a hall and coming by appointment.
var queueSteps = []step{
	sentence(`(\S+) 在(\S+) 取号 (\S+) 排 (\S+)(?: 优先 (\S+))?`, drawTicket),
	sentence(`(\S+) 预约(\S+) (\S+) 排 (\S+) (\S+) (\d+:\d\d)`, makeAppointment),
	sentence(`(\S+) 凭预约 (\S+) 取号 (\S+)`, drawByAppointment),
	sentence(`(\S+) 取消预约 (\S+)`, func(s *teller, w []string) error {
		return s.Queue.Cancel(s.t.Context(), s.tickets[w[1]], s.person(w[0]))
	}),
	sentence(`(\S+) (叫下一个|重呼|开始办理|办完|过号)`, atCounter),
	sentence(`(\S+) 转到 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Queue.Forward(s.t.Context(), w[1], s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 改约 (\S+) 到 (\S+) (\d+:\d\d)`, func(s *teller, w []string) error {
		_, err := s.Queue.Change(s.t.Context(), s.tickets[w[1]], calendar.Parse(w[2]), slotAt(s, w[3]), s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 让号 (\S+) (回到队里|由本队列叫)`, func(s *teller, w []string) error {
		do := s.Queue.Bring
		if w[2] == "由本队列叫" {
			do = s.Queue.Free
		}
		_, err := do(s.t.Context(), s.tickets[w[1]], s.person(w[0]))
		return err
	}),
	sentence(`号 (\S+) 回到队里`, func(s *teller, w []string) error {
		_, err := s.Queue.Rejoin(s.t.Context(), s.tickets[w[0]], identity.Actor{})
		return err
	}),
	sentence(`号 (\S+) 放弃`, func(s *teller, w []string) error {
		_, err := s.Queue.Leave(s.t.Context(), s.tickets[w[0]], identity.Actor{})
		return err
	}),
	sentence(`＝ ?号 (\S+) (\S\d+) (\S+?)(?:，前面(\d+)人)?`, ticketStands),
}

// visitor is a person of the sample city, or 来客: somebody who gives no name.
func (s *teller) visitor(name string) identity.Actor {
	if name == "来客" {
		return identity.Actor{Channel: "kiosk"}
	}
	return s.person(name)
}

func (s *teller) hall(name string) string {
	all, err := s.Halls.All(s.t.Context())
	for _, h := range all {
		if strings.Contains(h.Name, name) {
			return h.ID
		}
	}
	s.t.Fatalf("%s\nno hall is called %s (%v)", s.line, name, err)
	return ""
}

func drawTicket(s *teller, w []string) error {
	want := queue.Want{Hall: s.hall(w[1]), Line: w[3]}
	for _, p := range queue.Priorities {
		if p.Han == w[4] {
			want.Priority = p.ID
		}
	}
	t, err := s.Queue.Draw(s.t.Context(), want, s.visitor(w[0]))
	s.tickets[w[2]] = t.ID
	return err
}

// slotAt is the slot that begins at such a time of the day.
func slotAt(s *teller, text string) time.Duration {
	at, err := time.Parse("15:04", text)
	if err != nil {
		s.t.Fatalf("%s\n%v", s.line, err)
	}
	return time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
}

func makeAppointment(s *teller, w []string) error {
	b, err := s.Queue.Book(s.t.Context(), queue.Want{Hall: s.hall(w[1]), Line: w[3]}, calendar.Parse(w[4]), slotAt(s, w[5]), s.person(w[0]))
	s.tickets[w[2]] = b.ID
	return err
}

func drawByAppointment(s *teller, w []string) error {
	t, err := s.Queue.Draw(s.t.Context(), queue.Want{Booking: s.tickets[w[1]]}, s.person(w[0]))
	s.tickets[w[2]] = t.ID
	return err
}

func atCounter(s *teller, w []string) (err error) {
	ctx, by := s.t.Context(), s.person(w[0])
	switch w[1] {
	case "叫下一个":
		_, err = s.Queue.Next(ctx, by)
	case "重呼":
		_, err = s.Queue.Recall(ctx, by)
	case "开始办理":
		_, err = s.Queue.Begin(ctx, by)
	case "办完":
		_, err = s.Queue.End(ctx, by)
	case "过号":
		_, err = s.Queue.Miss(ctx, by)
	}
	return err
}

func ticketStands(s *teller, w []string) error {
	t, err := s.Queue.Ticket(s.t.Context(), s.tickets[w[0]])
	if err != nil {
		return err
	}
	ahead := ""
	if w[3] != "" {
		ahead = strconv.Itoa(t.Ahead)
	}
	if t.No() != w[1] || t.State.Han() != w[2] || ahead != w[3] {
		s.t.Errorf("%s\nit is %s %s, %d ahead", s.line, t.No(), t.State.Han(), t.Ahead)
	}
	return nil
}
