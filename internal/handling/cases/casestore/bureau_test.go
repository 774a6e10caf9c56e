package casestore_test

import (
	"testing"
	"time"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// accepted is a case that waits for its three reviews.
func (o *office) accepted() *cases.Case {
	o.t.Helper()
	return o.must(o.Accept(o.t.Context(), o.file().ID, nil, promise("2026-09-29"), casestest.WangFang))
}

// reviewed is a case that waits for its decision.
func (o *office) reviewed() *cases.Case {
	o.t.Helper()
	c := o.accepted()
	for _, w := range c.Flow.Open {
		c = o.must(o.Review(o.t.Context(), c.ID, w.ID, "同意", "", casestest.ZhouHai))
	}
	return o.must(o.Cure(o.t.Context(), c.ID, []cases.Handed{{Material: "plan", Paper: true}}, nil, casestest.LiMin))
}

func TestTheSecondSignatureSignsTheWordsOfTheFirst(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		c := o.reviewed()
		work := c.Flow.Open[0].ID
		granted := cases.Ruling{Grant: true, Conditions: "开业前完成培训"}
		sheet, err := o.DecisionPreview(ctx, c.ID, work, granted, casestest.ZhaoGang)
		if err != nil || sheet.Title != "准予行政许可决定书" || sheet.Number != "" {
			t.Fatalf("preview %q %q %v", sheet.Title, sheet.Number, err)
		}
		c = o.must(o.Decide(ctx, c.ID, work, granted, casestest.ZhaoGang))
		ruling, signed, ok := cases.Proposed(c.Flow.Open[0])
		if !ok || ruling != granted || len(signed) != 1 || signed[0] != "赵刚" {
			t.Fatalf("proposed %v by %v", ruling, signed)
		}
		c = o.must(o.Decide(ctx, c.ID, work, cases.Ruling{Grant: true}, casestest.HeJing))
		if c.Decision.Conditions != "开业前完成培训" {
			t.Errorf("conditions %q", c.Decision.Conditions)
		}
		o.proven(c.ID)
	})
}

func TestAStepStandsStillWithItsCase(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		c := o.accepted()
		o.now = o.now.AddDate(0, 0, 1) // Tuesday: one of two working days used
		o.must(o.OpenSpecial(ctx, c.ID, "现场核查", "看现场", casestest.ZhouHai))
		o.now = o.now.AddDate(0, 0, 2)
		turns, _, err := o.Course(ctx, c, casestest.ZhouHai)
		if err != nil || len(turns) != 3 {
			t.Fatalf("%d turns, %v", len(turns), err)
		}
		c = o.must(o.CloseSpecial(ctx, c.ID, "s1", cases.SpecialEnd{Result: "符合"}, casestest.ZhouHai))
		turns, _, _ = o.Course(ctx, c, casestest.ZhouHai)
		if left := turns[0].Clock.Remaining(o.now, o.Days); left.Days != 2 {
			t.Errorf("%s left of the step, want both working days", left)
		}
		rows, err := o.Inbox(ctx, casestest.ZhouHai.Posts[0], false, "", 0, casestest.ZhouHai)
		if err != nil || rows[0].Clock.Remaining(o.now, o.Days).Days != 2 {
			t.Errorf("the inbox says %v, %v", rows[0].Clock.Remaining(o.now, o.Days), err)
		}
		if due := rows[0].Due.String(); due != "2026-09-29" {
			t.Errorf("the inbox sorts the step by %s, want 2026-09-29", due)
		}
	})
}

func TestTurnsTellWhoDidWhat(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		c := o.accepted()
		first, second := c.Flow.Open[0].ID, c.Flow.Open[1].ID
		o.must(o.Claim(ctx, c.ID, first, casestest.ZhouHai))
		c = o.must(o.Review(ctx, c.ID, second, "附条件同意", "加装护栏", casestest.LiQian))
		o.now = o.now.Add(time.Hour)
		turns, events, err := o.Course(ctx, c, casestest.ZhouHai)
		if err != nil || len(events) != 4 {
			t.Fatalf("%d events, %v", len(events), err)
		}
		if turns[0].Holder.Name != "周海" || !turns[0].Open() {
			t.Errorf("first turn %+v", turns[0])
		}
		if said := turns[1].Said; turns[1].Open() || len(said) != 1 || said[0].By.Name != "李倩" || said[0].Reason != "加装护栏" {
			t.Errorf("second turn %+v", turns[1])
		}
		if _, _, err := o.Course(ctx, c, casestest.ElseBureau); err == nil {
			t.Error("another bureau saw the course")
		}
	})
}

func TestAnInboxFindsByItemApplicantAndNumber(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		c := o.accepted()
		for find, want := range map[string]int{"": 3, "经营": 3, "李": 3, c.Number: 3, "敏": 0, "%": 0, "食品_营": 0} {
			rows, err := o.SearchInbox(ctx, casestest.ZhouHai.Posts[0], false, find, "", 0, casestest.ZhouHai)
			if err != nil || len(rows) != want {
				t.Errorf("%q finds %d, want %d: %v", find, len(rows), want, err)
			}
		}
	})
}
