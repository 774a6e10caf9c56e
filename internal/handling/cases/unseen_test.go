package cases_test

import (
	"strings"
	"testing"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// A second notice asks only for what could not be seen the first time, and says
// why: a new upload, or an event outside since then, with its source.
func TestASecondNoticeSaysWhyItCouldNotComeBefore(t *testing.T) {
	e, at := casestest.Permit(), calendar.Parse("2026-10-12").Start()
	first := calendar.Parse("2026-10-08")
	lawChanged := cases.Outside{What: "新的卫生规范施行，平面图须标明洗消区", Source: "国家市场监督管理总局令第78号", On: first + 2}
	with := func(change func(*cases.Outside)) *cases.Outside {
		o := lawChanged
		change(&o)
		return &o
	}
	for _, tt := range []struct {
		name     string
		again    bool
		material string
		event    *cases.Outside
		refused  string // the end of a field and its code
		unseen   string
	}{
		{"the first notice needs no cause", false, "plan", nil, "", ""},
		{"the first notice takes no event", false, "plan", &lawChanged, "outside first", ""},
		{"what lay there the first time", true, "plan", nil, "items[0] asked-before", ""},
		{"what was handed in since", true, "id", nil, "", "以后新提交的"},
		{"what a new law calls for", true, "plan", &lawChanged, "", "2026年10月10日新的卫生规范施行，平面图须标明洗消区（国家市场监督管理总局令第78号）"},
		{"an event on the day of the first notice", true, "plan", with(func(o *cases.Outside) { o.On = first }), "", "2026年10月8日"},
		{"an event of today", true, "plan", with(func(o *cases.Outside) { o.On = calendar.DayOf(at) }), "", "2026年10月12日"},
		{"an event before the first notice", true, "plan", with(func(o *cases.Outside) { o.On = first - 1 }), "outside.on before", ""},
		{"an event to come", true, "plan", with(func(o *cases.Outside) { o.On = calendar.DayOf(at) + 1 }), "outside.on future", ""},
		{"an event on no day", true, "plan", with(func(o *cases.Outside) { o.On = 0 }), "outside.on required", ""},
		{"an event without a source", true, "plan", with(func(o *cases.Outside) { o.Source = "  新法  " }), "outside.source required", ""},
		{"an event that is not told", true, "plan", with(func(o *cases.Outside) { o.What = " 变化了 " }), "outside.what required", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := &cases.Case{State: cases.Received, Agency: casestest.WangFang.Posts[0].Agency, Materials: []cases.Handed{{Material: "id", At: 4}, {Material: "plan", At: 1}}}
			if tt.again {
				c.Notices = []cases.Notice{{Day: first, At: 2, Done: true}}
			}
			m, err := c.AskOnce(e, []cases.Deficiency{{Material: tt.material, Finding: cases.Defective, Say: "请重新提供", Outside: tt.event}}, calendar.DayOf(at)+5, casestest.WangFang, at)
			got := ""
			for _, f := range fault.Fields(err) {
				got += f.Path + " " + f.Code
			}
			if (tt.refused == "") != (err == nil) || !strings.HasSuffix(got, tt.refused) {
				t.Fatalf("refused for %q, %v; want %q", got, err, tt.refused)
			}
			if err == nil && (tt.unseen == "") != (m.Notice.Items[0].Unseen == "") || err == nil && !strings.Contains(m.Notice.Items[0].Unseen, tt.unseen) {
				t.Errorf("says %q, want %q", m.Notice.Items[0].Unseen, tt.unseen)
			}
		})
	}
}

// A third notice asks only for what the second could not see: what was handed in
// between the two lay there when the second was written.
func TestAThirdNoticeAsksOnlyForWhatTheSecondCouldNotSee(t *testing.T) {
	e, at := casestest.Permit(), calendar.Parse("2026-10-16").Start()
	second := calendar.Parse("2026-10-12")
	for _, tt := range []struct {
		name    string
		handed  int64
		event   *cases.Outside
		refused string
	}{
		{"handed in between the notices", 4, nil, "items[0] asked-before"},
		{"handed in since the second", 8, nil, ""},
		{"an event between the notices", 1, &cases.Outside{What: "新的卫生规范施行了", Source: "总局令第78号", On: second - 1}, "items[0].outside.on before"},
		{"an event since the second", 1, &cases.Outside{What: "新的卫生规范施行了", Source: "总局令第78号", On: second + 1}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := &cases.Case{State: cases.Received, Agency: casestest.WangFang.Posts[0].Agency, Materials: []cases.Handed{{Material: "plan", At: tt.handed}},
				Notices: []cases.Notice{{Day: second - 4, At: 2, Done: true}, {Day: second, At: 6, Done: true}}}
			m, err := c.AskOnce(e, []cases.Deficiency{{Material: "plan", Finding: cases.Defective, Say: "请重新提供", Outside: tt.event}}, calendar.DayOf(at)+5, casestest.WangFang, at)
			got := ""
			for _, f := range fault.Fields(err) {
				got += f.Path + " " + f.Code
			}
			if got != tt.refused || err == nil && !strings.Contains(m.Notice.Items[0].Unseen, "上一次告知（2026年10月12日）以后") {
				t.Errorf("refused for %q, %v", got, err)
			}
		})
	}
}
