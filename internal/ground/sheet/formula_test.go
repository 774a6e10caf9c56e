package sheet

import "testing"

// What a program quotes it takes the quote off again, whoever wrote the quote before.
func TestWhatIsQuotedComesBackAsItWas(t *testing.T) {
	for _, formula := range []string{"=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "　=1", "＝1", "＋1", "－1", "＠x"} {
		if !Formula(formula) || Guard(formula) != "'"+formula || Unguard(Guard(formula)) != formula {
			t.Errorf("%q is written %q, and read %q", formula, Guard(formula), Unguard(Guard(formula)))
		}
	}
	for _, text := range []string{"", "李敏", "11320300MB", "徐州=市", "'", "''=1", "'李敏", " -"} {
		if Formula(text) || Unguard(Guard(text)) != text {
			t.Errorf("%q is written %q, and read %q", text, Guard(text), Unguard(Guard(text)))
		}
	}
}
