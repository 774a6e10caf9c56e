package cases_test

import (
	"slices"
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// Whoever fills in a form of the bureau reads at once of every place that must change.
func TestAnActIsRefusedForAllThatIsWrong(t *testing.T) {
	c, _, at := tested(t)
	e := casestest.Permit()
	work, by := c.Flow.Open[0].ID, casestest.ZhouHai
	stranger := identity.Actor{Account: "u-x", Name: "外人"}
	photo := cases.Evidence{File: cases.File{Hash: "h", Name: "现场.jpg"}}
	received := &cases.Case{State: cases.Received, Agency: c.Agency, Region: c.Region}
	granted := &cases.Case{State: cases.Granted, Agency: c.Agency, Region: c.Region, Decision: &cases.Decision{Granted: true, At: at}}
	served := &cases.Case{State: cases.Granted, Agency: c.Agency, Region: c.Region, Papers: []cases.Paper{{Kind: cases.ExtensionNotice, Seq: 3}}}
	for _, tt := range []struct {
		name, places string
		do           func() (cases.Moved, error)
	}{
		{"退回", "to reason", func() (cases.Moved, error) { return c.SendBack(work, "", "", by, at) }},
		{"退回 with a reason", "to", func() (cases.Moved, error) { return c.SendBack(work, "", "缺意见", by, at) }},
		{"转办 to nobody", "to reason", func() (cases.Moved, error) { return c.Transfer(work, identity.Actor{}, "", by, at) }},
		{"转办 to a stranger", "to reason", func() (cases.Moved, error) { return c.Transfer(work, stranger, "", by, at) }},
		{"委托", "to reason", func() (cases.Moved, error) { return c.Delegate(work, identity.Actor{}, "", by, at) }},
		{"加签 of nobody", "to reason", func() (cases.Moved, error) { return c.AddSigner(work, identity.Actor{}, "", by, at) }},
		{"加签 of a stranger", "to reason", func() (cases.Moved, error) { return c.AddSigner(work, stranger, "", by, at) }},
		{"审查 without an opinion", "opinion evidence[0].place evidence[0].at", func() (cases.Moved, error) { return c.Review(work, "", "", by, at, photo) }},
		{"审查 that disagrees", "reason evidence[0].place evidence[0].at", func() (cases.Moved, error) { return c.Review(work, "不同意", "", by, at, photo) }},
		{"听证告知", "about reason", func() (cases.Moved, error) { return c.TellHearing(cases.Hearing{}, nil, by, at) }},
		{"不予受理", "reason basis", func() (cases.Moved, error) { return received.Refuse("", "", casestest.WangFang, at) }},
		{"补正", "items[0] until", func() (cases.Moved, error) {
			return received.AskOnce(e, []cases.Deficiency{{Material: "none"}}, 0, casestest.WangFang, at)
		}},
		{"留置送达", "receiver place refusal witness", func() (cases.Moved, error) { return granted.Deliver(cases.Delivered{Way: "left"}, by, at) }},
		{"送达 in no way on a day to come", "way on", func() (cases.Moved, error) { return granted.Deliver(cases.Delivered{On: 99999}, by, at) }},
		{"送达文书", "paper waybill", func() (cases.Moved, error) {
			return served.ServePaper(cases.PaperRef{}, cases.Delivered{Way: "post", Receiver: "李敏"}, by, at)
		}},
		{"撤销", "ground reason", func() (cases.Moved, error) { return granted.Propose(casestest.Permit(), cases.Later{}, nil, by, at) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := tt.do()
			var places []string
			for _, f := range fault.Fields(err) {
				places = append(places, f.Path)
			}
			slices.Sort(places)
			want := strings.Fields(tt.places)
			if slices.Sort(want); !slices.Equal(places, want) || fault.Of(err) != fault.Invalid {
				t.Errorf("%v at %v, want %v", err, places, want)
			}
		})
	}
}

// What a refusal is called, and what is asked for it, follows the kind of the item.
func TestARefusedCaseIsCalledByItsKind(t *testing.T) {
	for kind, want := range map[items.Type]string{items.Licence: "不予许可", items.Payment: "不予给付", items.Confirmation: "不予确认", items.Reward: "不予奖励", items.PublicService: "不予办理", "": "不予办理"} {
		c := cases.Case{State: cases.Denied, Decision: &cases.Decision{Kind: kind}}
		if got := c.StateHan(); got != want {
			t.Errorf("%s is called %s, not %s", kind, got, want)
		}
	}
	if got := (&cases.Case{State: cases.Granted, Decision: &cases.Decision{Kind: items.Payment}}).StateHan(); got != "准予" {
		t.Error(got)
	}
}
