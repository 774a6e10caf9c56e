package cases

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/parties"
	"tongban/internal/handling/papers"
)

// What decisions after a grant name as their law: the paper of before reads as it did.
func TestWhatLaterPapersRestOn(t *testing.T) {
	book := papers.Shipped()
	old := Later{Kind: Cancelling, Done: true, Granted: true, Reason: "停业"}
	told, none := old, old
	told.Basis = "社会保险法第五十七条"
	deemed := Later{Kind: Renewing, Done: true, Granted: true, Deemed: true}
	for _, tt := range []struct {
		name     string
		e        items.Edition
		m        Moved
		words    int
		says, no string
	}{
		{"a licence", items.Edition{Type: items.Licence}, Moved{Act: Cancel, Later: &told}, papers.Shipping + 2, "依据：社会保险法第五十七条", ""},
		{"a benefit of which no law speaks", items.Edition{Type: items.Payment}, Moved{Act: Cancel, Later: &none}, papers.Shipping + 2, "理由：停业", "依据"},
		{"a benefit of before", items.Edition{Type: items.Payment}, Moved{Act: Cancel, Later: &none, Basis: "行政许可法第七十条"}, 1, "依据：行政许可法第七十条", ""},
		{"a benefit renewed by silence before", items.Edition{Type: items.Payment}, Moved{Act: DeemRenew, Later: &deemed}, 1, "依据：行政许可法第五十条", ""},
	} {
		words, err := book.Template(t.Context(), "later-decision", tt.words)
		if err != nil {
			t.Fatal(err)
		}
		tt.m.At = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
		text := strings.Join(Compose(Paper{Kind: LaterDecision}, &Case{}, tt.m, &tt.e, calendar.Calendar{}, words).Text, "\n")
		if !strings.Contains(text, tt.says) || tt.no != "" && strings.Contains(text, tt.no) {
			t.Errorf("%s says %s", tt.name, text)
		}
	}
}

// What papers bear by the table of papers, and that those
// given before it was noted read as they did.
func TestWhatPapersBear(t *testing.T) {
	at := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	e := &items.Edition{Name: "食品经营许可", Phone: "12315", Type: items.Licence, Fees: []items.Fee{{Name: "工本费"}}, Materials: []items.Material{
		{ID: "plan", Name: "平面图", Kind: items.Original, Copies: 1, Form: items.PaperOrElectronic, Deferrable: true}}}
	free := *e
	free.Fees = nil
	firm := Applicant{Name: "示例公司", Org: true, Document: parties.Document{Type: parties.CreditCode, Number: "91320300MA1MK4LQ5D"}}
	person := Applicant{Name: "李敏", Document: parties.Party{Kind: parties.Person, Document: parties.Document{Type: parties.ResidentCard, Number: "320300199001010010"}}.Mask().Document}
	promised := namedPromises(e, []Promise{{Material: "plan", By: calendar.Parse("2026-03-09")}})
	handed := &Case{Materials: []Handed{{Name: "平面图", Paper: true}, {Name: "照片", Files: []File{{Hash: "x"}}}}}
	for _, tt := range []struct {
		name     string
		kind     PaperKind
		c        Case
		m        Moved
		e        *items.Edition
		says, no string
	}{
		{"a company's code in full", Receipt, Case{Applicant: firm}, Moved{Act: Submit}, e, "示例公司（统一社会信用代码91320300MA1MK4LQ5D）", ""},
		{"a person's number masked", Receipt, Case{Applicant: person}, Moved{Act: Submit}, e, "李敏（居民身份证3****************0）", "199001"},
		{"filed before papers bore it", Receipt, Case{Applicant: Applicant{Name: "李敏"}}, Moved{Act: Submit}, e, `"to":"李敏"`, `"name":"申请人"`},
		{"the form of cure", AcceptanceNotice, Case{Promises: promised}, Moved{Act: Accept, Promises: promised}, e, "前补交（原件1份，纸质或电子）", ""},
		{"how it may come", AcceptanceNotice, Case{Promises: promised}, Moved{Act: Accept, Promises: promised}, e, "以材料到达之日为准", ""},
		{"promised before the form was told", AcceptanceNotice, Case{Promises: []Promise{{Name: "平面图"}}}, Moved{Act: Accept, Promises: []Promise{{}}}, e, "前补交\"", "补交方式"},
		{"papers handed back on withdrawal", WithdrawalNotice, Case{}, Moved{Act: Withdraw, Handback: handed.handback()}, e, "凭申请材料接收凭证领回", "照片"},
		{"nothing on paper", WithdrawalNotice, Case{}, Moved{Act: Withdraw, Handback: &Handback{}}, e, "没有收取纸质材料", ""},
		{"paid fees go back", WithdrawalNotice, Case{}, Moved{Act: Withdraw, Handback: &Handback{}}, e, "已经缴纳工本费的，由收费单位按原缴费渠道退还", ""},
		{"no fee", WithdrawalNotice, Case{}, Moved{Act: Withdraw, Handback: &Handback{}}, &free, "本事项不收费", ""},
		{"withdrawn before it was noted", WithdrawalNotice, Case{}, Moved{Act: Withdraw}, e, "12315", "费用"},
		{"papers handed back on termination", TerminationNotice, Case{}, Moved{Act: Terminate, Handback: handed.handback()}, e, "平面图", "费用"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.m.At = at
			sheet := Compose(Paper{Kind: tt.kind}, &tt.c, tt.m, tt.e, calendar.Calendar{}, papers.Template{})
			said, err := json.Marshal(sheet)
			if err != nil || !strings.Contains(string(said), tt.says) || tt.no != "" && strings.Contains(string(said), tt.no) {
				t.Errorf("it says %s (%v)", said, err)
			}
		})
	}
}
