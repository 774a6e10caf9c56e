package condition

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestWhoeverMeetsOneMeetsTheOther(t *testing.T) {
	for _, tt := range []struct {
		p, q string
		want Proof
	}{
		{`a == "x"`, "", Within},
		{"", `a == "x"`, Beyond},
		{`a == "x"`, `a == "x" or a == "y"`, Within},
		{`a == "x" or a == "y"`, `a == "x"`, Beyond},
		{`a != "x"`, `a == "y"`, Beyond},
		{`a == "y"`, `a != "x"`, Within},
		{`a in ["x", "y"]`, `a in ["x", "y", "z"]`, Within},
		{"面积 > 100", "面积 > 50", Within},
		{"面积 > 50", "面积 > 100", Beyond},
		{"面积 >= 100", "面积 > 100", Beyond},
		{"面积 > 100", "面积 >= 100", Within},
		{"50 <= 面积 and 面积 <= 80", "面积 < 100", Within},
		{"面积 < 100", "50 <= 面积 and 面积 <= 80", Beyond},
		{"人数 > 2", "人数 >= 3", Unproven}, // the same of whole numbers only
		{"人数 == 3 or 人数 > 5", "人数 >= 3", Within},
		{"投资 / 人数 > 10", "投资 / 人数 > 5", Within},
		{"投资 / 人数 > 5", "投资 / 人数 > 10", Unproven},
		{"周岁(出生, 今天) >= 60", "周岁(出生, 今天) >= 55", Within},
		{"面积 > 宽度", "面积 > 10", Unproven},
		{`面积 > 宽度 and a == "x"`, "面积 > 宽度", Within},
		{`a startsWith "新" or a == "变更"`, `a == "变更"`, Unproven},
		{`a contains "x" and a contains "y"`, `a contains "x"`, Within},
		{`a contains "x"`, `a contains "y"`, Beyond},
		{`"x" in a`, `"x" in a or "y" in a`, Within},
		{`["x", "y"] contains a`, `a == "x" or a == "y"`, Within},
		{"是否首次", "是否首次 == true", Within},
		{"not 是否首次", "是否首次", Beyond},
		{`日期 < "2026-01-01"`, `日期 < "2027-01-01"`, Within},
		{`日期 < "2027-01-01"`, `日期 < "2026-01-01"`, Unproven},
		{`a == "x"`, "已填(a)", Unproven},
		{"1 == 1", `b != "x" or b == "x"`, Beyond}, // who said nothing of b meets neither
		{`a == "1" and b == "1" and c == "1" and d == "1" and e == "1" and f == "1" and g == "1" and h == "1" and i == "1" and j == "1"`, `a == "1"`, Unproven},
	} {
		p, err := Compile(tt.p, nil)
		q, err2 := Compile(tt.q, nil)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if got, by := p.Within(q); got != tt.want || (got == Beyond) != (by != nil) {
			t.Errorf("%s within %s: %v %v", tt.p, tt.q, got, by)
		}
	}
}

// Whatever was proven holds of any answer, and whoever is said to be beyond is.
func TestWhatIsProvenHolds(t *testing.T) {
	atom := rapid.OneOf(
		rapid.Custom(func(t *rapid.T) string {
			return fmt.Sprintf("n %s %d", rapid.SampledFrom([]string{"<", "<=", ">", ">=", "==", "!="}).Draw(t, "op"), rapid.IntRange(0, 4).Draw(t, "n"))
		}),
		rapid.Custom(func(t *rapid.T) string {
			return fmt.Sprintf("a %s %q", rapid.SampledFrom([]string{"==", "!="}).Draw(t, "op"), rapid.SampledFrom([]string{"x", "y"}).Draw(t, "a"))
		}),
	)
	text := rapid.Custom(func(t *rapid.T) string {
		text := atom.Draw(t, "atom")
		for range rapid.IntRange(0, 3).Draw(t, "more") {
			text = fmt.Sprintf("%s(%s) %s %s", rapid.SampledFrom([]string{"", "not "}).Draw(t, "not"), text, rapid.SampledFrom([]string{"and", "or"}).Draw(t, "logic"), atom.Draw(t, "atom"))
		}
		return text
	})
	rapid.Check(t, func(t *rapid.T) {
		p, err := Compile(text.Draw(t, "p"), nil)
		q, err2 := Compile(text.Draw(t, "q"), nil)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		proof, by := p.Within(q)
		meets := func(env Env) (bool, bool) {
			a, err := p.Eval(env)
			b, err2 := q.Eval(env)
			if err != nil || err2 != nil {
				t.Fatal(err, err2)
			}
			return a, b
		}
		if proof == Beyond {
			if a, b := meets(by); !a || b {
				t.Fatalf("%v is not beyond", by)
			}
			return
		}
		beyond := false
		for n := -0.5; n <= 5; n += 0.25 {
			for _, v := range []any{"x", "y", "z", nil} {
				a, b := meets(Env{"n": n, "a": v})
				beyond = beyond || a && !b
			}
		}
		if proof == Within && beyond {
			t.Fatal("not within")
		}
		if proof == Unproven && !beyond {
			t.Fatal("could have been proven")
		}
	})
}
