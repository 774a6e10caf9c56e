package papers

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tongban/internal/ground/fault"
)

var update = flag.Bool("update", false, "note the words that ship")

func TestWhatAPaperMustSayCannotBeLeftOut(t *testing.T) {
	for _, tt := range []struct {
		name, form, text string
		code, say        string // of the first fault; empty: accepted
	}{
		{"all there", "decision-denied", "决定{决定内容}。\n理由：{理由}\n依据：{依据}\n{救济途径}", "", ""},
		{"no reason", "decision-denied", "决定{决定内容}。\n依据：{依据}\n{救济途径}", "papers.text.must", "第3行第1个字：缺少“{理由}”：行政许可法第三十八条要求写明，请补上"},
		{"no remedies", "decision-denied", "决定{决定内容}。理由：{理由}依据：{依据}", "papers.text.must", "“{救济途径}”"},
		{"a reason that may be left out", "special", "进行{特别程序}，{所需时间}。\n?理由：{理由}", "", ""},
		{"obligatory content in what may be left out", "decision-denied", "决定{决定内容}。\n? 理由：{理由}\n依据：{依据}\n{救济途径}", "papers.text.optional", "第2行第6个字"},
		{"an unknown gap", "special", "您好，\n{特別程序}{所需时间}", "papers.text.unknown", "第2行第1个字：《特别程序告知书》没有“{特別程序}”这个内容"},
		{"a gap of another paper", "special", "{特别程序}{所需时间}{批准人}", "papers.text.unknown", "第1行第13个字"},
		{"a brace left open", "special", "{特别程序}{所需时间}{理由", "papers.text.brace", "第1行第13个字"},
		{"a brace too many", "special", "{特别程序}{所需时间}}", "papers.text.brace", "花括号没有成对"},
		{"a list within a line", "promise", "材料：{清单}", "papers.text.block", "要单独占一行"},
		{"a list twice", "promise", "{清单}\n{清单}", "papers.text.twice", "只能出现一次"},
		{"nothing", "withdrawal", " \n ", "papers.text.empty", "模板没有正文"},
		{"too long", "withdrawal", strings.Repeat("长", MostLetters+1), "papers.text.long", "最多4000个字"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			form, ok := FormOf(Key(tt.form))
			if !ok {
				t.Fatal("no such form")
			}
			_, err := form.Read(tt.text)
			if tt.code == "" {
				if err != nil {
					t.Fatal(err, fault.Fields(err))
				}
				return
			}
			fields := fault.Fields(err)
			if len(fields) == 0 || fields[0].Code != tt.code || !strings.Contains(fields[0].Say, tt.say) {
				t.Errorf("%v", fields)
			}
		})
	}
}

func TestGapsAreFilledAndEmptyParagraphsLeftOut(t *testing.T) {
	form, _ := FormOf("refusal")
	tpl, err := form.Read("您申请的“{事项名称}”不予受理。\n  理由：{理由}\n? 应当向{主管机关或依据}申请。\n{救济途径}\n再见")
	if err != nil {
		t.Fatal(err)
	}
	v := Values{"事项名称": "食品经营许可", "理由": "材料{理由}不全", Remedies: "可以复议"}
	if got := tpl.Fill(v); fmt.Sprint(got) != "{[您申请的“食品经营许可”不予受理。 理由：材料{理由}不全 再见] [] [可以复议]}" {
		t.Errorf("%v", got)
	}
	v["主管机关或依据"] = "市卫健委"
	if got := tpl.Fill(v); len(got.Before) != 4 || got.Before[2] != "应当向市卫健委申请。" {
		t.Errorf("%q", got.Before)
	}
}

// 行政许可法 is about licences: no other paper cites it, in any words that ship last.
func TestOnlyPapersOfLicencesCiteTheirLaw(t *testing.T) {
	for _, f := range Forms {
		number, err := Shipped().InForce(t.Context(), f.Key, 0)
		if err != nil {
			t.Fatal(err)
		}
		tpl, err := Shipped().Template(t.Context(), f.Key, number)
		if err != nil {
			t.Fatal(err)
		}
		for _, licence := range []bool{true, false} {
			v := f.Samples()
			v["撤销意向"] = "" // of the first edition only
			for _, own := range []string{"依据", "理由"} {
				v[own] = "《食品安全法》第三十五条"
			}
			Found(f.Key, licence, v)
			said := fmt.Sprint(tpl.Fill(v).Before, tpl.Fill(v).After)
			if cites := strings.Contains(said, "行政许可法"); cites != (licence && articles[f.Key] != "") {
				t.Errorf("%s of a licence (%v) says %s", f.Key, licence, said)
			}
		}
	}
}

// What shipped is on papers that people hold: it is never changed, only followed
// by another edition.
func TestWhatShipsReadsAndNeverChanges(t *testing.T) {
	all, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range Forms {
		for _, e := range all[f.Key] {
			tpl, err := f.Read(e.Text)
			if err != nil {
				t.Errorf("%s: %v", f.Key, fault.Fields(err))
			}
			for _, text := range append(tpl.Fill(f.Samples()).Before, tpl.Fill(Values{}).Before...) {
				if strings.ContainsAny(text, "{}?") {
					t.Errorf("%s says %q", f.Key, text)
				}
			}
			sum := sha256.Sum256([]byte(e.Text))
			fmt.Fprintf(&b, "%s %s\n", strings.TrimSuffix(fmt.Sprintf("%s.%d", f.Key, e.Number%Shipping), ".1"), hex.EncodeToString(sum[:8]))
		}
	}
	const file = "testdata/shipped.txt"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(file); err != nil || string(want) != b.String() {
		t.Errorf("words that shipped were changed: publish a new edition instead (%v)", err)
	}
}

// Whatever is accepted fills without a brace being left, and says every value.
func TestAcceptedWordsSayWhatMustBeSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		form := rapid.SampledFrom(Forms).Draw(t, "form")
		pieces := []string{"文字", "{", "}", "\n", "? ", " "}
		for _, w := range form.All() {
			pieces = append(pieces, "{"+w.Name+"}", "\n{"+w.Name+"}\n", "{"+w.Name+"}")
		}
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, "pieces"), "")
		tpl, err := form.Read(text)
		if err != nil {
			return
		}
		f := tpl.Fill(form.Samples())
		all := strings.Join(append(append(f.Before, f.After...), f.Remedies...), "\n")
		for _, w := range form.Words {
			if w.Must != "" && w.Name != List && !strings.Contains(all, w.Sample) {
				t.Fatalf("%q does not say %s", text, w.Name)
			}
		}
		if strings.ContainsAny(all, "{}") {
			t.Fatalf("%q is filled as %q", text, all)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add("{理由}\n? {依据}\n{清单}")
	form, _ := FormOf("decision-denied")
	f.Fuzz(func(t *testing.T, text string) {
		if tpl, err := form.Read(text); err == nil {
			tpl.Fill(form.Samples())
		}
	})
}
