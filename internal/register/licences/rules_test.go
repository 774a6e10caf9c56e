package licences

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/ground/fault"
	"tongban/internal/register/certificates"
	"tongban/internal/register/seals"
)

var (
	noon   = time.Date(2026, 3, 2, 12, 0, 0, 0, calendar.Zone)
	today  = calendar.DayOf(noon)
	market = seals.Agency{ID: "xz-market", Code: "11320300YB00002351", Name: "市场监督管理局"}
)

func identifier(n, version int) string {
	return codes.CertificateID{Type: "11320300YB00002351005", Issuer: market.Code, Serial: fmt.Sprintf("S%02d", n), Version: version}.String()
}

func part(n, version int, state certificates.State) Part {
	return Part{Certificate: identifier(n, version), Item: fmt.Sprint("item", n), Permit: fmt.Sprint("许可证", n), Number: fmt.Sprint("N", n), Agency: market, From: today, Till: today + calendar.Day(100*n), State: state}
}

// shop is a licence with three valid parts.
func shop(t interface{ Fatal(...any) }) *Licence {
	c, err := Compose(Opening{ID: "l", Number: "ZH1", Matter: "m", Party: "p", Industry: "store", Name: "便利店", Lead: market, Area: "320300"}, part(1, 1, certificates.Valid), noon)
	if err != nil {
		t.Fatal(err)
	}
	l := &Licence{}
	l.Apply(c)
	for n := 2; n <= 3; n++ {
		c, moved, err := l.Change(part(n, 1, certificates.Valid), noon)
		if err != nil || !moved || c.Act != Grant {
			t.Fatal(c, moved, err)
		}
		l.Apply(c)
	}
	return l
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return fault.Code(err)
}

func TestWhatBeginsALicence(t *testing.T) {
	whole := Opening{ID: "l", Number: "ZH1", Party: "p", Name: "便利店", Lead: market}
	for _, tt := range []struct {
		name  string
		o     Opening
		state certificates.State
		code  string
	}{
		{"the first permit granted is enough", whole, certificates.Valid, ""},
		{"a permit that does not hold begins nothing", whole, certificates.Suspended, "licences.compose.state"},
		{"somebody must put the permits on one paper", Opening{ID: "l", Number: "ZH1", Party: "p", Name: "便利店"}, certificates.Valid, "licences.compose.incomplete"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Compose(tt.o, part(1, 1, tt.state), noon); code(err) != tt.code {
				t.Errorf("%v, want %q", err, tt.code)
			}
		})
	}
}

func TestWhatMakesANewEdition(t *testing.T) {
	revoked := shop(t)
	c, _, _ := revoked.Change(part(2, 1, certificates.Revoked), noon)
	revoked.Apply(c)
	held := shop(t)
	c, _, _ = held.Change(part(2, 1, certificates.Suspended), noon)
	held.Apply(c)
	renewed := shop(t)
	c, _, _ = renewed.Change(part(2, 3, certificates.Valid), noon)
	renewed.Apply(c)
	for _, tt := range []struct {
		name  string
		l     *Licence
		now   Part
		act   Act
		moved bool
		code  string
	}{
		{"a part that is suspended", shop(t), part(2, 1, certificates.Suspended), Suspend, true, ""},
		{"a part that is given back", held, part(2, 1, certificates.Valid), Restore, true, ""},
		{"a part that is renewed", shop(t), part(2, 2, certificates.Valid), Renew, true, ""},
		{"a part that is revoked", shop(t), part(2, 1, certificates.Revoked), Revoke, true, ""},
		{"one revoked while suspended", held, part(2, 1, certificates.Revoked), Revoke, true, ""},
		{"a part that is withdrawn", shop(t), part(2, 1, certificates.Withdrawn), Withdraw, true, ""},
		{"a part that is cancelled", shop(t), part(2, 1, certificates.Cancelled), Cancel, true, ""},
		{"another permit", shop(t), part(4, 1, certificates.Valid), Grant, true, ""},
		{"the same again is none", shop(t), part(2, 1, certificates.Valid), "", false, ""},
		{"the end of a version that another follows is none", shop(t), part(2, 1, certificates.Superseded), "", false, ""},
		{"late news of an earlier version is none", renewed, part(2, 2, certificates.Suspended), "", false, ""},
		{"what was revoked does not come back", revoked, part(2, 1, certificates.Valid), "", false, "licences.part.ended"},
		{"nor by being renewed", revoked, part(2, 2, certificates.Valid), "", false, "licences.part.ended"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, moved, err := tt.l.Change(tt.now, noon)
			if moved != tt.moved || code(err) != tt.code || moved && (c.Act != tt.act || c.Edition != tt.l.Edition+1) {
				t.Errorf("%+v %v %v", c, moved, err)
			}
		})
	}
}

// Whatever happens to parts, in whatever order and however often it is told,
// each stands as the last that was said of it, and no other was touched
// (苏政务办发〔2023〕8号（七）).
func TestAPartLivesItsOwnLife(t *testing.T) {
	states := []certificates.State{certificates.Valid, certificates.Suspended, certificates.Superseded, certificates.Cancelled, certificates.Withdrawn, certificates.Revoked, certificates.Recalled}
	rapid.Check(t, func(t *rapid.T) {
		l := shop(t)
		facts := []Changed{}
		for range rapid.IntRange(1, 30).Draw(t, "acts") {
			said := part(rapid.IntRange(1, 5).Draw(t, "part"), rapid.IntRange(1, 3).Draw(t, "version"), rapid.SampledFrom(states).Draw(t, "state"))
			before, _ := json.Marshal(l)
			c, moved, err := l.Change(said, noon)
			if after, _ := json.Marshal(l); string(after) != string(before) {
				t.Fatal("judging changed the licence")
			}
			if err != nil || !moved {
				continue
			}
			was := map[string]Part{}
			for _, p := range l.Parts {
				was[Root(p.Certificate)] = p
			}
			l.Apply(c)
			facts = append(facts, c)
			for _, p := range l.Parts {
				if Root(p.Certificate) == Root(said.Certificate) {
					if p.State != said.State || p.Certificate != said.Certificate || p.Since != l.Edition {
						t.Fatalf("said %+v, shows %+v", said, p)
					}
				} else if diff := cmp.Diff(was[Root(p.Certificate)], p); diff != "" {
					t.Fatalf("another part changed: %s", diff)
				}
			}
			if _, again, _ := l.Change(said, noon); again {
				t.Fatalf("told twice, it makes another edition: %+v", said)
			}
		}
		if l.Edition != 3+len(facts) {
			t.Fatalf("edition %d after %d more", l.Edition, len(facts))
		}
		again := shop(t)
		for _, c := range facts {
			again.Apply(c)
		}
		if diff := cmp.Diff(l, again); diff != "" {
			t.Fatalf("the facts make another licence: %s", diff)
		}
	})
}

func TestALicenceStandsAsItsParts(t *testing.T) {
	for _, tt := range []struct {
		name   string
		states []certificates.State
		on     calendar.Day
		want   Standing
	}{
		{"all valid", []certificates.State{certificates.Valid, certificates.Valid}, today, Whole},
		{"one suspended", []certificates.State{certificates.Valid, certificates.Suspended}, today, Some},
		{"one revoked", []certificates.State{certificates.Revoked, certificates.Valid}, today, Some},
		{"the first has expired", []certificates.State{certificates.Valid, certificates.Valid}, today + 150, Some},
		{"all have expired", []certificates.State{certificates.Valid, certificates.Valid}, today + 500, None},
		{"one suspended, one revoked", []certificates.State{certificates.Revoked, certificates.Suspended}, today, Held},
		{"all revoked", []certificates.State{certificates.Revoked, certificates.Revoked}, today, None},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := &Licence{}
			for i, s := range tt.states {
				l.Parts = append(l.Parts, part(i+1, 1, s))
			}
			if got := l.Standing(tt.on); got != tt.want {
				t.Errorf("it is %s, want %s", got, tt.want)
			}
		})
	}
	l := shop(t)
	if p, ok := l.Earliest(today); !ok || p.Permit != "许可证1" {
		t.Errorf("the earliest end is that of %+v", p)
	}
	if p, ok := l.Earliest(today + 150); !ok || p.Permit != "许可证2" {
		t.Errorf("later it is that of %+v", p)
	}
}

func TestThePaperListsEveryPart(t *testing.T) {
	l := shop(t)
	l.Parts[1].Scope, l.Parts[2].State = "散装食品销售", certificates.Suspended
	o := Order(l, certificates.Type{Code: "t"}, certificates.Holder{Name: "李敏"})
	if len(o.Face) != 6 || o.Number != "ZH1" || o.Till != 0 {
		t.Fatalf("%+v", o)
	}
	if got := o.Face[4].Text; got != "许可证2，编号N2，市场监督管理局，范围：散装食品销售，2026年3月2日至2026年9月18日，有效" {
		t.Errorf("the second reads %s", got)
	}
	if got := o.Face[5].Text; got[len(got)-len("暂扣"):] != "暂扣" {
		t.Errorf("the third reads %s", got)
	}
}

// A permit that is suspended says nothing of how long the others are good.
func TestOnlyWhatHoldsIsSaidToBeGoodForLong(t *testing.T) {
	for _, tt := range []struct {
		states []certificates.State
		says   string
	}{
		{[]certificates.State{certificates.Valid, certificates.Valid}, "各项许可均长期有效"},
		{[]certificates.State{certificates.Valid, certificates.Suspended}, "目前有效的许可均长期有效"},
		{[]certificates.State{certificates.Suspended, certificates.Revoked}, "目前没有有效的许可"},
	} {
		var l Licence
		for _, s := range tt.states {
			l.Parts = append(l.Parts, Part{Permit: "许可", State: s})
		}
		if got := l.Validity(today); got != tt.says {
			t.Errorf("%v: %s, want %s", tt.states, got, tt.says)
		}
	}
}
