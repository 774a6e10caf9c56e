package cases

import (
	"strings"
	"testing"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/papers"
)

func TestAServiceHasWhatItsWayTakes(t *testing.T) {
	at := time.Date(2026, 9, 21, 2, 0, 0, 0, time.UTC)
	window := identity.Actor{Account: "wf", Name: "王芳", Posts: []identity.Post{{Agency: "scjg", Region: "320300000000", Role: identity.Window}}}
	photo := []File{{Hash: "a", Name: "门牌.jpg"}}
	for _, tt := range []struct {
		name   string
		wish   string
		d      Delivered
		path   string // of the fault; empty: accepted
		served string
	}{
		{"handed over at the window", "window", Delivered{Way: "window", Receiver: "李敏"}, "", "2026-09-21"},
		{"nobody received it", "window", Delivered{Way: "window"}, "receiver", ""},
		{"electronic, as the applicant agreed", "electronic", Delivered{Way: "electronic", Receiver: "李敏"}, "", "2026-09-21"},
		{"electronic without consent", "window", Delivered{Way: "electronic", Receiver: "李敏"}, "way", ""},
		{"by post without a waybill", "post", Delivered{Way: "post", Receiver: "李敏"}, "waybill", ""},
		{"at the door, nobody says where", "window", Delivered{Way: "direct", Receiver: "李敏"}, "place", ""},
		{"left there, nobody saw it", "window", Delivered{Way: "left", Receiver: "李敏", Refusal: "不服", Place: "云龙区"}, "witness", ""},
		{"left there, nobody says why it was not taken", "window", Delivered{Way: "left", Receiver: "李敏", Place: "云龙区", Witness: "居委会王某"}, "refusal", ""},
		{"left there before a witness", "window", Delivered{Way: "left", Receiver: "李敏", Refusal: "不服", Place: "云龙区", Witness: "居委会王某"}, "", "2026-09-21"},
		{"left there, photographed", "window", Delivered{Way: "left", Receiver: "李敏", Refusal: "不服", Place: "云龙区", Proof: photo}, "", "2026-09-21"},
		{"to somebody unknown", "window", Delivered{Way: "agent", Receiver: "赵刚"}, "relation", ""},
		{"by public notice, nobody says where", "window", Delivered{Way: "notice"}, "place", ""},
		{"by public notice: thirty days later, and nobody signed", "window", Delivered{Way: "notice", Receiver: "李敏", Place: "市政府网站"}, "", "2026-10-21"},
		{"by post: the day on the return counts", "post", Delivered{Way: "post", Receiver: "李敏", Waybill: "E1", On: calendar.Parse("2026-09-18")}, "", "2026-09-18"},
		{"made public last week", "window", Delivered{Way: "notice", Place: "市政府网站", On: calendar.Parse("2026-09-18")}, "", "2026-10-18"},
		{"received tomorrow", "window", Delivered{Way: "window", Receiver: "李敏", On: calendar.Parse("2026-09-22")}, "on", ""},
		{"received before it was decided", "post", Delivered{Way: "post", Receiver: "李敏", Waybill: "E1", On: calendar.Parse("2026-09-16")}, "on", ""},
		{"no such way", "window", Delivered{Way: "pigeon", Receiver: "李敏"}, "way", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := &Case{ID: "c", State: Granted, Agency: "scjg", Region: "320300000000", Delivery: Delivery{Way: tt.wish},
				Decision: &Decision{Granted: true, At: at.AddDate(0, 0, -4)}}
			m, err := c.Deliver(tt.d, window, at)
			if tt.path != "" {
				if fields := fault.Fields(err); len(fields) != 1 || fields[0].Path != tt.path {
					t.Fatalf("refused at %v: %v", fields, err)
				}
				return
			}
			if err != nil || m.Delivered.Served != calendar.Parse(tt.served) {
				t.Fatalf("%+v %v", m.Delivered, err)
			}
			if signed := strings.Contains(m.Delivered.Say(), "签收"); signed != (tt.d.Way != "notice" && tt.d.Way != "left") {
				t.Errorf("it reads %s", m.Delivered.Say())
			}
		})
	}
}

func TestARefusalOrNoticeIsServedOnceByItself(t *testing.T) {
	at := time.Date(2026, 9, 21, 2, 0, 0, 0, time.UTC)
	window := identity.Actor{Account: "wf", Name: "王芳", Posts: []identity.Post{{Agency: "scjg", Region: "320300000000", Role: identity.Window}}}
	holder := identity.Actor{Account: "lm", Party: "p"}
	handed := Delivered{Way: "left", Receiver: "李敏", Refusal: "不服", Place: "云龙区", Proof: []File{{Hash: "a", Name: "门牌.jpg"}}}
	refusal := PaperRef{RefusalNotice, 3}
	for _, tt := range []struct {
		name  string
		which PaperRef
		d     Delivered
		by    identity.Actor
		code  string // of the fault; empty: accepted
	}{
		{"a refusal, left at the door and photographed", refusal, handed, window, ""},
		{"no paper chosen", PaperRef{}, handed, window, "cases.deliver.paper"},
		{"a paper of another case", PaperRef{RefusalNotice, 9}, handed, window, "cases.serve.none"},
		{"a decision, which Deliver serves", PaperRef{DecisionPaper, 2}, handed, window, "cases.deliver.paper"},
		{"a notice that was served before", PaperRef{CorrectionNotice, 1}, handed, window, "cases.serve.twice"},
		{"received before it was given", refusal, Delivered{Way: "window", Receiver: "李敏", On: calendar.Parse("2026-09-16")}, window, "cases.deliver.on"},
		{"nobody says where it was left", refusal, Delivered{Way: "left", Receiver: "李敏"}, window, "cases.deliver.place"},
		{"by the applicant themselves", refusal, handed, holder, "cases.serve-paper.role"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := &Case{ID: "c", State: Refused, Closed: at.AddDate(0, 0, -4), Agency: "scjg", Region: "320300000000", Applicant: Applicant{Party: "p"},
				Papers: []Paper{{Kind: CorrectionNotice, Seq: 1, Served: &Delivered{}}, {Kind: DecisionPaper, Seq: 2}, {Kind: RefusalNotice, Title: "不予受理通知书", Seq: 3}}}
			before := c.Papers
			m, err := c.ServePaper(tt.which, tt.d, tt.by, at)
			if (tt.code != "" || err != nil) && fault.Code(err) != tt.code {
				t.Fatalf("want %q, got %v", tt.code, err)
			}
			if err != nil {
				return
			}
			if err := c.Apply(m, Frame{Edition: &items.Edition{}}); err != nil || len(c.Unserved()) != 0 || c.Delivered != nil || before[2].Served != nil {
				t.Fatalf("%+v %+v %v", c.Papers, before, err)
			}
			if f, ok := c.Attached("a"); !ok || f.Name != "门牌.jpg" {
				t.Error("the photograph is not on file")
			}
			sheet := Sheet{}
			composeService(&sheet, c, m, &items.Edition{}, nil, papers.Values{})
			if len(sheet.List) != 1 || sheet.List[0].Name != "不予受理通知书" || sheet.Facts[len(sheet.Facts)-1] != (Fact{"申请行政复议的最后一日", "2026年11月20日"}) {
				t.Errorf("%+v", sheet)
			}
		})
	}
}
