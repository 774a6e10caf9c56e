package clock_test

import (
	"fmt"
	"slices"
	"testing"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
)

func TestTermsOfTheLaw(t *testing.T) {
	for _, tt := range []struct {
		name string
		term clock.Term
		day  string
		last string
	}{
		{"C1 is said at once", clock.Refusal, "2026-09-21", "2026-09-21"},
		{"C3 five working days to say what is missing", clock.Notice, "2025-09-22", "2025-09-28"},
		{"C5 twenty working days to decide", clock.Decision, "2025-09-22", "2025-10-24"},
		{"C6 forty-five for several agencies", clock.JointDecision, "2025-09-22", "2025-11-28"},
		{"C7 twenty for the first review", clock.FirstReview, "2025-09-22", "2025-10-24"},
		{"C8 ten for the certificate", clock.Certificate, "2025-09-22", "2025-10-11"},
		{"C9 takes the time it needs", clock.Excluded, "2025-09-22", ""},
		{"C10 five to ask for a hearing", clock.HearingRequest, "2025-09-22", "2025-09-28"},
		{"C10 twenty to hold it", clock.Hearing, "2025-09-22", "2025-10-24"},
		{"C10 seven working days before it, the place is told", clock.HearingNotice, "2025-10-13", "2025-09-26"},
		{"C11 renewal is applied for thirty days before the end", clock.Renewal, "2026-12-31", "2026-12-01"},
		{"C12 two inspectors within five", clock.Inspection, "2025-09-22", "2025-09-28"},
		{"C14 a year's ban ends on its day, a Saturday or not", clock.FalseMaterialBan, "2025-06-13", "2026-06-13"},
		{"C14 three years after fraud", clock.FraudBan, "2023-02-28", "2026-02-28"},
		{"C15 sixty days for review, ending after the holiday", clock.Reconsideration, "2025-08-03", "2025-10-09"},
		{"C15 six months for the court", clock.Lawsuit, "2025-08-31", "2026-02-28"},
		{"C15 fifteen days after the review", clock.LawsuitAfterReview, "2026-03-02", "2026-03-17"},
		{"a rule may ask for renewal three months before", clock.Term{Limit: clock.Limit{N: 3, Unit: clock.Months}, Way: clock.Back}, "2026-05-31", "2026-02-28"},
		{"or a year before", clock.Term{Limit: clock.Limit{N: 1, Unit: clock.Years}, Way: clock.Back}, "2026-05-31", "2025-05-31"},
		{"no day, no term", clock.Decision, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.term.By(calendar.Parse(tt.day), shipped).String(); got != tt.last {
				t.Errorf("last day %q, want %q", got, tt.last)
			}
		})
	}
}

func TestTheTableIsWhole(t *testing.T) {
	var ids []string
	for _, term := range clock.Table {
		if term.Name == "" || term.Starts == "" || term.Article == "" || term.Consequence == "" {
			t.Errorf("%s %s is not told in full", term.ID, term.Name)
		}
		if (term.Extension != clock.Limit{}) != (term.Approver != "") {
			t.Errorf("%s: who approves an extension?", term.ID)
		}
		ids = append(ids, term.ID)
	}
	for i := range 15 {
		if id := fmt.Sprintf("C%d", i+1); !slices.Contains(ids, id) {
			t.Errorf("%s is missing", id)
		}
	}
}

func TestSilenceIsAcceptance(t *testing.T) {
	// Received on Monday; the fifth working day is the Sunday worked in exchange.
	if got := clock.DeemedAcceptance(calendar.Parse("2025-09-22"), shipped); got.String() != "2025-09-29" {
		t.Errorf("accepted by silence from %s, want 2025-09-29", got)
	}
}

func TestACureLiesInsideThePromisedTime(t *testing.T) {
	promised := start(t, clock.Limit{N: 5, Unit: clock.WorkingDays}, "2025-09-22")
	for _, tt := range []struct{ name, by, code string }{
		{"not on the day of acceptance", "2025-09-22", "clock.cure.past"},
		{"on the day after", "2025-09-23", ""},
		{"on the promised day", "2025-09-28", ""},
		{"not after it", "2025-09-29", "clock.cure.late"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := codeOf(promised.CheckCure(calendar.Parse(tt.by), shipped)); got != tt.code {
				t.Errorf("fault %q, want %q", got, tt.code)
			}
		})
	}
}

func TestRemindersComeThreeAndOneWorkingDayBefore(t *testing.T) {
	by := calendar.Parse("2025-10-09")
	got := fmt.Sprint(clock.Reminders(calendar.Parse("2025-09-22"), by, shipped))
	if got != "[2025-09-28 2025-09-30]" {
		t.Errorf("reminders on %s", got)
	}
	if got := clock.Reminders(calendar.Parse("2025-09-29"), by, shipped); len(got) != 1 {
		t.Errorf("a reminder in the past: %v", got)
	}
}
