package elsewhere

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"slices"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

// A Sum adds up the messages of one direction of a line, from the number after
// After to Upto: how many there are, of which kinds, and what they say.
type Sum struct {
	After  int64          `json:"after"`
	Upto   int64          `json:"upto"`
	Count  int64          `json:"count"`
	Kinds  map[Kind]int64 `json:"kinds,omitempty"`
	Gaps   []int64        `json:"gaps,omitempty"` // numbers that are missing, the first few
	Digest string         `json:"digest"`         // SM3 over number and content of each
}

// mostGaps is how many missing numbers a sum names.
const mostGaps = 20

// A Summer makes a Sum of messages that it is told in the order of their numbers.
type Summer struct {
	sum  Sum
	last int64
	hash hash.Hash
}

// NewSummer sums the messages after one number up to another.
func NewSummer(after, upto int64) *Summer {
	return &Summer{Sum{After: after, Upto: upto, Kinds: map[Kind]int64{}}, after, sm3.New()}
}

// Add adds a message.
func (s *Summer) Add(number int64, kind Kind, content string) {
	s.missing(number)
	s.sum.Count++
	s.sum.Kinds[kind]++
	s.last = number
	fmt.Fprintf(s.hash, "%d %s\n", number, content)
}

// missing notes the numbers between the last and this one.
func (s *Summer) missing(number int64) {
	for gap := s.last + 1; gap < number && len(s.sum.Gaps) < mostGaps; gap++ {
		s.sum.Gaps = append(s.sum.Gaps, gap)
	}
}

// Done is the sum of all messages that were added.
func (s *Summer) Done() Sum {
	s.missing(s.sum.Upto + 1)
	s.sum.Digest = hex.EncodeToString(s.hash.Sum(nil))
	return s.sum
}

// content is what makes two messages say the same: all but number and time.
func content(key string, kind Kind, body []byte) string {
	sum := sm3.Sum(fmt.Appendf(nil, "%s\n%s\n%s", key, kind, body))
	return hex.EncodeToString(sum[:])
}

// A Statement is what one side tells the other of both directions, once a day
// (对账单).
type Statement struct {
	Day     calendar.Day `json:"day"`
	At      time.Time    `json:"at"`
	Sent    Sum          `json:"sent"`  // written for the receiver
	Taken   Sum          `json:"taken"` // taken from the receiver
	Parcels []Stand      `json:"parcels,omitempty"`
	More    bool         `json:"more,omitempty"` // there are more parcels than stand here
}

// A Stand is how a parcel stands for the side that took it in.
type Stand struct {
	Parcel string      `json:"parcel"`
	Case   cases.ID    `json:"case,omitempty"`
	Number string      `json:"number,omitempty"`
	State  cases.State `json:"state,omitempty"`
}

// A Balance is a Statement of a partner held against what is known here (对账结果).
type Balance struct {
	Partner     string       `json:"partner"`
	Day         calendar.Day `json:"day"`
	At          time.Time    `json:"at"`
	Theirs      Statement    `json:"theirs"`
	Taken       Sum          `json:"taken"` // of the messages they say they sent
	Sent        Sum          `json:"sent"`  // of the messages they say they took
	UnderWay    int64        `json:"underWay"`
	Differences []string     `json:"differences,omitempty"`
}

// Even reports whether the two sides agree.
func (b Balance) Even() bool { return len(b.Differences) == 0 }

// Weigh holds a statement against our sums of the same numbers. Rest sums what
// we wrote and they had not taken by then: it is under way, and no difference.
func Weigh(partner string, theirs Statement, taken, sent, rest Sum, here func(Stand) (Stand, bool), at time.Time) Balance {
	b := Balance{Partner: partner, Day: theirs.Day, At: at, Theirs: theirs, Taken: taken, Sent: sent, UnderWay: rest.Count - rest.Kinds[Balanced]}
	b.Differences = append(apart("对方发来的", theirs.Sent, taken), apart("发往对方的", theirs.Taken, sent)...)
	if rest.Upto < rest.After {
		b.Differences = append(b.Differences, fmt.Sprintf("对方收到第%d号，本平台只写到第%d号", theirs.Taken.Upto, rest.Upto))
	}
	if b.UnderWay != 0 {
		return b // how parcels stand can be compared when nothing is under way
	}
	for _, p := range theirs.Parcels {
		ours, known := here(p)
		switch {
		case !known:
			b.Differences = append(b.Differences, "代收件"+(&Parcel{ID: p.Parcel}).Number()+"已经转送，本平台没有对应的办件")
		case p.Case == "":
			b.Differences = append(b.Differences, "代收件"+(&Parcel{ID: p.Parcel}).Number()+"在本平台是"+ours.Number+"，对方不知道")
		case p.Case != ours.Case || p.State != ours.State:
			b.Differences = append(b.Differences, fmt.Sprintf("代收件%s：对方记为%s %s，本平台是%s %s", (&Parcel{ID: p.Parcel}).Number(), p.Number, p.State.Han(), ours.Number, ours.State.Han()))
		}
	}
	return b
}

// apart says how two sums of the same messages differ.
func apart(which string, theirs, ours Sum) (all []string) {
	if theirs.Count != ours.Count {
		all = append(all, fmt.Sprintf("%s报文第%d号至第%d号：对方记%d份，本平台记%d份", which, theirs.After+1, theirs.Upto, theirs.Count, ours.Count))
	}
	if gaps := slices.Concat(theirs.Gaps, ours.Gaps); len(gaps) > 0 {
		all = append(all, fmt.Sprintf("%s报文缺号：%s", which, numbers(gaps)))
	}
	if len(all) == 0 && theirs.Digest != ours.Digest {
		all = append(all, fmt.Sprintf("%s报文第%d号至第%d号份数相同，内容不同", which, theirs.After+1, theirs.Upto))
	}
	return all
}

func numbers(all []int64) string {
	text, err := json.Marshal(slices.Compact(slices.Sorted(slices.Values(all))))
	if err != nil {
		return "" // numbers only
	}
	return string(text[1 : len(text)-1])
}
