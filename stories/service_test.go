package stories

import (
	"fmt"
	"slices"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

// Papers are served each by itself: in what way, on which day, by what proof.
func init() {
	handSteps = append(handSteps,
		sentence(`(\S+) 送达文书 (\S+) 的 (\S+) 以 (\S+?)(?: 于 (\S+))?(?: 凭 (\S+))?`, servePaper),
		sentence(`＝ ?(\S+) 可以在 (\S+) 以前申请复议`, func(s *teller, w []string) error {
			said, err := s.reads(w[0], "送达回证")
			if !strings.Contains(said, `{"name":"申请行政复议的最后一日","value":"`+w[1]+`"}`) {
				s.t.Errorf("%s\nbut it says %s", s.line, said)
			}
			return err
		}))
}

// servePaper notes the service with whatever its way takes: what is handed as proof
// is the waybill, the place, why it was not taken or who took it.
func servePaper(s *teller, w []string) error {
	c := s.find(w[1])
	i := slices.IndexFunc(c.Papers, func(p cases.Paper) bool { return p.Title == w[2] })
	if i < 0 {
		return fmt.Errorf("no such paper: %v", titlesOf(c))
	}
	d := cases.Delivered{Way: wayOf(w[3]), Receiver: c.Applicant.Name}
	if w[4] != "" {
		d.On = calendar.Parse(w[4])
	}
	switch d.Way {
	case "post":
		d.Waybill = w[5]
	case "left":
		d.Refusal, d.Place, d.Witness = w[5], "申请人住所", "居委会王宁"
	case "agent":
		d.Relation = w[5]
	case "notice":
		d.Receiver, d.Place = "", w[5]
	default:
		d.Place = w[5]
	}
	_, err := s.Cases.ServePaper(s.t.Context(), c.ID, c.Papers[i].Ref(), d, s.person(w[0]))
	return err
}

// wayOf is the way that is called so.
func wayOf(name string) string {
	for way, called := range cases.Ways {
		if called == name {
			return way
		}
	}
	return ""
}
