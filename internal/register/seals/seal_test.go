package seals

import (
	"strings"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

var (
	noon   = time.Date(2026, 9, 21, 12, 0, 0, 0, calendar.Zone)
	food   = Agency{"scjg", "11320300014051500H", "徐州市市场监督管理局"}
	admin  = identity.Actor{Account: "admin", Name: "管理员", Posts: []identity.Post{{Role: identity.Admin}}}
	head   = identity.Actor{Account: "head", Posts: []identity.Post{{Role: identity.Head, Agency: "scjg"}}}
	other  = identity.Actor{Account: "other", Posts: []identity.Post{{Role: identity.Head, Agency: "zrzy"}}}
	nobody = identity.Actor{Account: "someone", Party: "p1"}
)

func TestMaking(t *testing.T) {
	from, till := calendar.Parse("2026-01-01"), calendar.Parse("2030-12-31")
	long := food
	long.Name = strings.Repeat("长", 41)
	badCode := food
	badCode.Code = "113203/../../etc12"
	for _, tt := range []struct {
		name       string
		agency     Agency
		kind       Kind
		from, till calendar.Day
		by         identity.Actor
		code       string
	}{
		{"the administrator has a seal made", food, Approval, from, till, admin, ""},
		{"the agency cannot make its own", food, Approval, from, till, head, "seals.make.by"},
		{"an unknown kind", food, "legal", from, till, admin, "seals.make.kind"},
		{"a name that does not fit the ring", long, Approval, from, till, admin, "seals.make.agency"},
		{"a code that is no code", badCode, Approval, from, till, admin, "seals.make.agency"},
		{"a period that ends before it begins", food, Approval, till, from, admin, "seals.make.period"},
		{"a period without a beginning", food, Approval, 0, till, admin, "seals.make.period"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := New(tt.agency, tt.kind, tt.from, tt.till, "S1", noon, tt.by)
			if tt.code == "" && (err != nil || s.State != Disabled || s.Name != "徐州市市场监督管理局行政审批专用章") {
				t.Errorf("%v %+v", err, s)
			}
			if tt.code != "" && fault.Code(err) != tt.code {
				t.Errorf("got %v, want %s", err, tt.code)
			}
		})
	}
}

func TestLifeOfASeal(t *testing.T) {
	for _, tt := range []struct {
		name string
		from State
		act  Act
		why  string
		by   identity.Actor
		to   State
		code string
	}{
		{"the head of the agency enables it", Disabled, Enable, "", head, Enabled, ""},
		{"the head disables it", Enabled, Disable, "换章", head, Disabled, ""},
		{"the head of another agency may not", Enabled, Disable, "换章", other, Enabled, "seals.move.by"},
		{"a citizen may not", Enabled, Disable, "换章", nobody, Enabled, "seals.move.by"},
		{"only the administrator cancels", Enabled, Cancel, "换章", head, Enabled, "seals.move.by"},
		{"the administrator cancels", Disabled, Cancel, "换章", admin, Cancelled, ""},
		{"what is cancelled stays so", Cancelled, Enable, "", admin, Cancelled, "seals.move.state"},
		{"enabled twice", Enabled, Enable, "", head, Enabled, "seals.move.state"},
		{"an act that is none", Enabled, "burn", "", admin, Enabled, "seals.move.act"},
		{"disabled without a reason", Enabled, Disable, "", head, Enabled, "seals.move.reason"},
		{"cancelled without a reason", Disabled, Cancel, "", admin, Disabled, "seals.move.reason"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := Seal{Agency: food, State: tt.from}
			_, err := s.Move(tt.act, tt.why, noon, tt.by)
			if s.State != tt.to || (tt.code == "") != (err == nil) || err != nil && fault.Code(err) != tt.code {
				t.Errorf("state %s, %v", s.State, err)
			}
		})
	}
}

func TestUsable(t *testing.T) {
	s := Seal{State: Enabled, From: calendar.Parse("2026-09-21"), Till: calendar.Parse("2026-09-21")}
	for at, code := range map[time.Time]string{
		noon:                   "",
		noon.AddDate(0, 0, 1):  "seals.use.period",
		noon.AddDate(0, 0, -1): "seals.use.period",
	} {
		if err := s.Usable(at); (code == "") != (err == nil) || err != nil && fault.Code(err) != code {
			t.Errorf("%s: %v", at, err)
		}
	}
	s.State = Disabled
	if err := s.Usable(noon); fault.Code(err) != "seals.use.state" {
		t.Error(err)
	}
}

func TestPicture(t *testing.T) {
	svg := Draw(`徐州市<b>&"局`, "行政审批专用章")
	if strings.Contains(svg, "<b>") || strings.Contains(svg, "style=") || !strings.Contains(svg, "行政审批专用章") || strings.Count(svg, "<text") != 10 {
		t.Error(svg)
	}
	for _, name := range []string{"", "局", strings.Repeat("长", 40)} {
		if svg := Draw(name, ""); strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
			t.Errorf("%q: %s", name, svg)
		}
	}
}

func TestVerdicts(t *testing.T) {
	var r Report
	if r.Verdict() != Unsigned || r.Genuine() {
		t.Error("an empty report is not unsigned")
	}
	r.Signed = true
	r.Pass("签章值", "")
	if !r.Genuine() || !strings.HasPrefix(r.Say(), "核验通过") {
		t.Error(r.Say())
	}
	r.Leave("时间戳", "没有证书")
	if r.Verdict() != Untrusted {
		t.Error("an unchecked step leaves the report genuine")
	}
	r.Doubt("证书", "根证书未知")
	if r.Verdict() != Untrusted || !strings.Contains(r.Say(), "没有证书") {
		t.Error(r.Say())
	}
	r.Title = "许可证"
	r.Tell("签章者", "某局")
	r.Tell("空", " ")
	if got := r.Text(); !strings.HasPrefix(got, "许可证\n内容未发现改动") || !strings.Contains(got, "[不通过] 证书：根证书未知\n签章者：某局\n") || strings.Contains(got, "空：") {
		t.Error(got)
	}
	r.Fail("原文摘要", "不一致")
	if r.Verdict() != Forged || !strings.Contains(r.Say(), "不一致") {
		t.Error(r.Say())
	}
}
