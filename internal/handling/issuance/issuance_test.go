package issuance_test

import (
	"testing"
	"time"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/parties"
	"tongban/internal/engine/forms"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
	"tongban/internal/handling/issuance"
	"tongban/internal/register/certificates"
)

func TestWhatACertificateShows(t *testing.T) {
	e := casestest.Permit()
	answers := forms.Answers{"店名": "云帆小馆", "手机": "13800138000"}
	for _, tt := range []struct {
		name   string
		fields []certificates.Field
		shows  []string
	}{
		{"a type that does not say shows what is nobody's secret", nil, []string{"店名"}},
		{"a type that says shows just that", []certificates.Field{{Label: "店名"}}, []string{"店名"}},
		{"what the form does not ask is not shown", []certificates.Field{{Label: "经营范围"}}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := &cases.Case{ID: "c", Region: casestest.Region, Decision: &cases.Decision{Granted: true, At: time.Date(2026, 3, 2, 10, 0, 0, 0, calendar.Zone)}}
			result := e.Results[0]
			result.ValidYears = 5
			o := issuance.Order(c, e, result, certificates.Type{Code: "t", Fields: tt.fields}, parties.Party{ID: "p", Name: "李敏"}, agencies.Agency{ID: "a"}, answers)
			if o.From.String() != "2026-03-02" || o.Till.String() != "2031-03-01" {
				t.Errorf("good from %s to %s", o.From, o.Till)
			}
			var shows []string
			for _, line := range o.Face {
				shows = append(shows, line.Label)
			}
			if len(shows) != len(tt.shows) || len(shows) > 0 && shows[0] != tt.shows[0] {
				t.Errorf("shows %v, want %v", shows, tt.shows)
			}
		})
	}
}

func TestTheCertificateOfAFirmDoesNotNameWhoActedForIt(t *testing.T) {
	e := casestest.Permit()
	e.Form.Groups = append(e.Form.Groups, forms.Group{Fields: []forms.Field{{ID: "经办人", Label: "经办人", Kind: forms.Text, Prefill: "person.name"}}})
	c := &cases.Case{ID: "c", Region: casestest.Region, Decision: &cases.Decision{Granted: true, At: time.Date(2026, 3, 2, 10, 0, 0, 0, calendar.Zone)}}
	for kind, want := range map[parties.Kind]int{parties.Organisation: 1, parties.Person: 2} {
		o := issuance.Order(c, e, e.Results[0], certificates.Type{Code: "t"}, parties.Party{ID: "p", Kind: kind}, agencies.Agency{ID: "a"}, forms.Answers{"店名": "云帆小馆", "经办人": "张伟"})
		if len(o.Face) != want {
			t.Errorf("of a %v it shows %v", kind, o.Face)
		}
	}
}

func TestWhatTheNextVersionShows(t *testing.T) {
	old := certificates.Record{From: calendar.Parse("2026-03-02"), Till: calendar.Parse("2031-03-01"), Face: []certificates.Entry{{Label: "店名", Text: "云帆"}, {Label: "地址", Text: "一号"}}}
	o := issuance.Next(old, cases.Later{Kind: cases.Changing, Changes: []cases.Line{{Name: "店名", Say: "云帆二店"}, {Name: "没有这一项", Say: "x"}}})
	if len(o.Face) != 2 || o.Face[0].Text != "云帆二店" || o.Face[1].Text != "一号" || o.Till != 0 {
		t.Errorf("a change makes %+v", o)
	}
	o = issuance.Next(old, cases.Later{Kind: cases.Renewing, Till: calendar.Parse("2036-03-01")})
	if o.Face != nil || o.From != old.From || o.Till != calendar.Parse("2036-03-01") || !o.InTime {
		t.Errorf("a renewal makes %+v", o)
	}
	if old.Face[0].Text != "云帆" {
		t.Error("the version before was written to")
	}
}
