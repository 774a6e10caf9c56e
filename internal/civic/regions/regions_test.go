package regions

import (
	"strings"
	"testing"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/ground/fault"
)

func xuzhou(t testing.TB) Regions {
	t.Helper()
	f, err := data.Regions.Open("regions/xuzhou.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rs, err := Read(f)
	if err != nil {
		t.Fatal(err, fault.Fields(err))
	}
	return rs
}

var today = calendar.Parse("2026-09-24")

func TestTheSampleCity(t *testing.T) {
	rs := xuzhou(t)
	for code, path := range map[string]string{
		"320000": "江苏省", "320300": "江苏省徐州市", "320303": "江苏省徐州市云龙区", "320303000000": "江苏省徐州市云龙区",
		"320302001": "江苏省徐州市鼓楼区黄楼街道", "320371": "江苏省徐州市徐州经济技术开发区", "320323": "江苏省徐州市铜山县", "110000": "", "x": "",
	} {
		if got := rs.Path(code); got != path {
			t.Errorf("%s is %q, want %q", code, got, path)
		}
	}
	if n := len(rs.Children("320000", today)); n != 13 {
		t.Errorf("%d cities", n)
	}
	if now, ever := len(rs.Children("320300", today)), len(rs.Children("320300", 0)); now != 11 || ever != 13 {
		t.Errorf("%d counties now, %d ever", now, ever)
	}
	if n := len(rs.Children("", today)); n != 1 {
		t.Errorf("%d topmost", n)
	}
	if n := len(rs.Named("鼓楼区")); n != 2 {
		t.Errorf("%d places called 鼓楼区", n)
	}
	if one := rs.Named("徐州市鼓楼区"); len(one) != 1 || one[0].Code != "320302" {
		t.Errorf("%+v", one)
	}
}

func TestWhatCodesAreThoseOfAPlace(t *testing.T) {
	rs := xuzhou(t)
	for code, known := range map[string]bool{
		"320300000000": true, "320303000000": true, "320302001000": true, "320371000000": true,
		"320302001199": true,  // a village of a town that is listed
		"320302999001": false, // of one that is not
		"330300000000": false, "320399000000": false, "320302999000": false, "": false, "3203": false,
	} {
		if rs.Known(code) != known {
			t.Errorf("%s: known %v", code, !known)
		}
	}
}

func TestWithinAndParent(t *testing.T) {
	rs := xuzhou(t)
	for _, tt := range []struct {
		code, ancestor string
		want           bool
	}{
		{"320303", "320300", true}, {"320303", "320000", true}, {"320303", "320303", true}, {"320302001", "320302", true},
		{"320300", "320303", false}, {"320302001", "320303", false}, {"110000", "320000", false}, {"320303", "", false},
	} {
		if got := rs.Within(tt.code, tt.ancestor); got != tt.want {
			t.Errorf("%s within %s: %v", tt.code, tt.ancestor, got)
		}
	}
	if p, ok := rs.Parent("320303"); !ok || p.Name != "徐州市" || p.Level() != codes.City {
		t.Errorf("%+v %v", p, ok)
	}
	if _, ok := rs.Parent("320000"); ok {
		t.Error("the province lies in something")
	}
	if (Regions{}).Within("320303", "320000") || (Regions{}).Path("320303") != "" || (Regions{}).Children("", 0) != nil {
		t.Error("the zero value knows a place")
	}
}

func TestWhatHasEndedLeadsToWhatTookItsPlace(t *testing.T) {
	rs := xuzhou(t)
	if r, ok := rs.Current("320323", today); !ok || r.Name != "铜山区" {
		t.Errorf("%+v %v", r, ok)
	}
	if r, ok := rs.Current("320323", calendar.Parse("2005-01-01")); !ok || r.Name != "铜山县" {
		t.Errorf("%+v %v", r, ok)
	}
	if r, ok := rs.Current("320304", today); ok {
		t.Errorf("九里区 was divided, nothing took its place: %+v", r)
	}
	loop, err := Read(strings.NewReader(head + "320301,甲区,,,,2000-01-01,320302\n320302,乙区,,,,2000-01-01,320301\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := loop.Current("320301", today); ok {
		t.Error("two ended places that succeed each other are there")
	}
}

const head = "code,name,kind,parent,from,to,successor\n"

func TestAZoneMayLieAcrossItsCode(t *testing.T) {
	rs, err := Read(strings.NewReader(head + "320300,徐州市,,,,,\n320303,云龙区,,,,,\n320399,淮海国际港务区,zone,320303,2020-01-01,2030-12-31,\n"))
	if err != nil {
		t.Fatal(err)
	}
	if rs.Path("320399") != "徐州市云龙区淮海国际港务区" || len(rs.Children("320303", today)) != 1 || len(rs.Children("320303", calendar.Parse("2031-01-01"))) != 0 {
		t.Errorf("%+v", rs)
	}
}

func TestBadRowsAreNamedByLine(t *testing.T) {
	for _, tt := range []struct{ name, text, path, say string }{
		{"bad code", head + "3203,徐州市,,,,,\n", "第2行", "应是6、9或12位数字"},
		{"no name", head + "# 说明\n320300, ,,,,,\n", "第3行", "没有名称"},
		{"kind", head + "320300,徐州市,市,,,,\n", "第2行", "类别"},
		{"twice", head + "320300,徐州市,,,,,\n320300000000,徐州,,,,,\n", "第3行", "与第2行重复"},
		{"no parent", head + "320303,云龙区,,320300,,,\n", "第2行", "上级320300不在表中"},
		{"no successor", head + "320303,云龙区,,,,,320304\n", "第2行", "接替代码320304不在表中"},
		{"day", head + "320303,云龙区,,,2020-1-1,,\n", "第2行", "2026-09-24"},
		{"ends before it begins", head + "320303,云龙区,,,2020-01-02,2020-01-01,\n", "第2行", "早于"},
		{"columns", head + "320303,云龙区\n", "第2行", "7列"},
		{"quotes", head + "320303,\"云龙区,,,,,\n", "第", "7列"},
		{"cycle", head + "320303,云龙区,,320302,,,\n320302,鼓楼区,,320303,,,\n", "第3行", "鼓楼区 → 云龙区 → 鼓楼区"},
	} {
		_, err := Read(strings.NewReader(tt.text))
		fields := fault.Fields(err)
		if len(fields) == 0 || !strings.HasPrefix(fields[0].Path, tt.path) || !strings.Contains(fields[0].Say, tt.say) {
			t.Errorf("%s: %v %v", tt.name, err, fields)
		}
	}
	for _, text := range []string{"", "代码,名称\n", "\xff\xfe"} {
		if _, err := Read(strings.NewReader(text)); fault.Code(err) != "regions.head" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(head + "320300,徐州市,,,,,\n320303,云龙区,zone,320300,2020-01-01,,\n")
	f.Add(head + "320303,云龙区,,320302,,,\n320302,鼓楼区,,320303,,,\n")
	f.Add(head + "320303,\"云龙\xff\" 区,,,,,\n")
	f.Fuzz(func(t *testing.T, text string) {
		rs, err := Read(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, r := range rs.All() {
			if chain := rs.Chain(string(r.Code)); len(chain) == 0 || chain[len(chain)-1].Code != r.Code {
				t.Fatalf("%s has the chain %v", r.Code, chain)
			}
		}
	})
}
