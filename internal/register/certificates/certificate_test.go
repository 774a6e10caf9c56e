package certificates

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
	"tongban/internal/register/seals"
)

var (
	noon     = time.Date(2026, 9, 21, 12, 0, 0, 0, calendar.Zone)
	today    = calendar.DayOf(noon)
	agency   = seals.Agency{ID: "scjg", Code: "11320300014051500H", Name: "徐州市市场监督管理局"}
	food     = Type{Code: "11100000MB0143028R038", Name: "食品经营许可证", Definer: "国家市场监督管理总局", Years: 5, Fields: []Field{{"经营者名称", true}, {"经营场所", true}, {"经营项目", false}}}
	approver = identity.Actor{Account: "zhang", Name: "张三", Posts: []identity.Post{{Role: identity.Approver, Agency: "scjg"}}}
	stranger = identity.Actor{Account: "wang", Posts: []identity.Post{{Role: identity.Approver, Agency: "zrzy"}}}
)

func order() Order {
	return Order{Type: food.Code, Issuer: agency, Area: "320300", Holder: Holder{"p1", "徐州好味餐饮有限公司", "91320300YB9000012R", "001"},
		Face: []Entry{{"经营者名称", "徐州好味餐饮有限公司"}, {"经营场所", "徐州市云龙区某路1号"}}, Case: "C1"}
}

var first = codes.CertificateID{Type: food.Code, Issuer: agency.Code, Serial: "20260921AAAA", Version: 1}

func TestComposing(t *testing.T) {
	with := func(change func(*Order)) Order { o := order(); change(&o); return o }
	for _, tt := range []struct {
		name string
		o    Order
		code string
	}{
		{"complete", order(), ""},
		{"an optional line may be left out, a required one not", with(func(o *Order) { o.Face = o.Face[:1] }), "certificates.issue.face"},
		{"a required line left empty", with(func(o *Order) { o.Face = []Entry{{"经营者名称", ""}, {"经营场所", "x"}} }), "certificates.issue.face"},
		{"a line the type does not have", with(func(o *Order) { o.Face = append(o.Face, Entry{"法定代表人", "李四"}) }), "certificates.issue.face"},
		{"the same line twice", with(func(o *Order) { o.Face = append(o.Face, o.Face[0]) }), "certificates.issue.face"},
		{"a label that turns direction", with(func(o *Order) { o.Face[0].Label = "经营\u202e者名称" }), "certificates.issue.face"},
		{"a text with line ends and invisible letters", with(func(o *Order) { o.Face[0].Text = " 甲\u202e乙\r\n丙\u200b\x00\xff " }), ""},
		{"a text of nothing that is seen", with(func(o *Order) { o.Face[0].Text = "\u200b\n" }), "certificates.issue.face"},
		{"a NUL in the number", with(func(o *Order) { o.Number = "JY\x001" }), "certificates.issue.number"},
		{"no holder", with(func(o *Order) { o.Holder = Holder{} }), "certificates.issue.holder"},
		{"ends before it begins", with(func(o *Order) { o.From, o.Till = today, today-1 }), "certificates.issue.period"},
		{"more than the page holds", with(func(o *Order) {
			o.Face = []Entry{{"经营者名称", strings.Repeat("长", 1000)}, {"经营场所", strings.Repeat("长", 1000)}, {"经营项目", strings.Repeat("长", 1000)}}
		}), "certificates.issue.crowded"},
		{"an issuer without a code", with(func(o *Order) { o.Issuer.Code = "1" }), "codes.certificate.issuer"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			id := first
			id.Issuer = tt.o.Issuer.Code
			r, err := compose(food, tt.o, id, "", "https://x/v/", today)
			if err == nil {
				_, _, _, err = r.evidence(noon)
			}
			if tt.code != "" {
				if fault.Code(err) != tt.code {
					t.Errorf("got %v, want %s", err, tt.code)
				}
				return
			}
			if strings.ContainsAny(r.Face[0].Text, "\u202e\u200b\x00\r\n") {
				t.Errorf("%q", r.Face[0].Text)
			}
			if err != nil || r.Till.String() != "2031-09-20" || r.From != today || r.Number != id.Serial || r.Address != "https://x/v/"+r.Identifier {
				t.Errorf("%v %+v", err, r)
			}
		})
	}
}

func TestLife(t *testing.T) {
	for _, tt := range []struct {
		name   string
		from   State
		act    Act
		reason string
		by     identity.Actor
		to     State
		code   string
	}{
		{"issued", Pending, Issue, "", approver, Valid, ""},
		{"another agency cannot issue", Pending, Issue, "", stranger, Pending, "certificates.move.by"},
		{"the program may, for a decision made by rule", Pending, Issue, "", identity.TheSystem, Valid, ""},
		{"suspended with a reason", Valid, Suspend, "立案调查", approver, Suspended, ""},
		{"suspended without one", Valid, Suspend, "", approver, Valid, "certificates.move.reason"},
		{"given back", Suspended, Resume, "调查结束", approver, Valid, ""},
		{"a suspended one cannot be renewed", Suspended, Supersede, "", approver, Suspended, "certificates.move.state"},
		{"a suspended one can be revoked", Suspended, Revoke, "违法", approver, Revoked, ""},
		{"withdrawn", Valid, Withdraw, "以欺骗取得", approver, Withdrawn, ""},
		{"what is cancelled stays so", Cancelled, Resume, "x", approver, Cancelled, "certificates.move.state"},
		{"a reason without end", Valid, Cancel, strings.Repeat("长", 201), approver, Valid, "certificates.move.reason"},
		{"an act that is none", Valid, "burn", "x", approver, Valid, "certificates.move.act"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := &Certificate{Record: Record{Issuer: agency}, State: tt.from}
			_, err := c.Move(tt.act, tt.reason, noon, tt.by)
			if c.State != tt.to || (err == nil) != (tt.code == "") || err != nil && fault.Code(err) != tt.code {
				t.Errorf("%s, %v", c.State, err)
			}
		})
	}
}

func TestStanding(t *testing.T) {
	c := &Certificate{Record: Record{Issuer: agency, From: today, Till: today + 1}, State: Valid}
	if c.Standing(today+1) != Valid || c.Standing(today+2) != Expired || c.Good(today-1) || !c.Good(today) || c.Good(today+2) {
		t.Error("the last day is the last day")
	}
	if len(c.Moves(today, approver)) != 6 || len(c.Moves(today+2, approver)) != 5 || c.Moves(today, stranger) != nil {
		t.Error(c.Moves(today, approver))
	}
	c.State = Suspended
	if c.Standing(today+2) != Suspended {
		t.Error("what is suspended does not expire out of it")
	}
	c.State, c.Till = Valid, 0
	if c.Standing(today+100000) != Valid {
		t.Error("长期 has an end")
	}
}

func TestTypes(t *testing.T) {
	for code, change := range map[string]func(*Type){
		"":                         func(*Type) {},
		"certificates.type.code":   func(t *Type) { t.Code = "123" },
		"certificates.type.name":   func(t *Type) { t.Name = " " },
		"certificates.type.fields": func(t *Type) { t.Fields = append(t.Fields[:1:1], t.Fields[0]) },
	} {
		ty := food
		if change(&ty); ty.Check() == nil && code != "" || ty.Check() != nil && fault.Code(ty.Check()) != code {
			t.Errorf("%s: %v", code, ty.Check())
		}
	}
}

// Layout 1 must never change: what was sealed under it is drawn again for
// every download. If this fails, make a layout 2 and leave 1 as it was.
func TestLayoutOneIsFrozen(t *testing.T) {
	r, err := compose(food, order(), first, "", "https://example.org/v/", today)
	if err != nil {
		t.Fatal(err)
	}
	parts, description, digest, err := r.evidence(noon)
	if err != nil {
		t.Fatal(err)
	}
	const want = "b07610020f6d8cb516dcdab9d6aa3984ef6fa241a8400ada59fc62e056f66a85"
	if got := secret.Digest(append(description, digest...)); got != want {
		t.Errorf("layout 1 now gives %s, of %d parts", got, len(parts))
	}
	r.Layout = 2
	if _, _, _, err := r.evidence(noon); fault.Code(err) != "certificates.layout" {
		t.Error(err)
	}
}

func TestBreakingLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("甲乙丙a1。，（）"))).Draw(t, "s")
		width := rapid.Float64Range(2, 30).Draw(t, "width")
		lines := broken(s, width)
		if strings.Join(lines, "") != s {
			t.Fatalf("%q became %q", s, lines)
		}
	})
	lines := broken("一二三四五。六", 5)
	if len(lines) != 2 || strings.HasPrefix(lines[1], "。") {
		t.Errorf("%q", lines)
	}
}

func BenchmarkEvidence(b *testing.B) {
	for b.Loop() {
		r, err := compose(food, order(), first, "", "https://example.org/v/", today)
		if err != nil {
			b.Fatal(err)
		}
		if _, _, _, err := r.evidence(noon); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzVerifyJSON(f *testing.F) {
	f.Add([]byte(`{"kind":"tongban-certificate/1","record":{"layout":1,"typeName":"证","issuer":{"ID":"","Code":"","Name":"局"},"holder":{"name":"a","code":"b","kind":"001"},"face":[{"label":"x","text":"y"}],"till":"2026-01-01"},"sealing":"MAA=","at":1}`))
	f.Add([]byte("{"))
	f.Add([]byte("PK"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if r := VerifyFile(data, nil, today); r.Genuine() {
			t.Fatalf("made-up data is %s", r.Say())
		}
	})
}
