package desk

import "testing"

func TestWindowsAreReadAsTheyAreWritten(t *testing.T) {
	all := windowsOf("A01 无差别 一楼 东\n\n B02  分领域 不动产登记\nC03")
	if len(all) != 3 || all[0].Area != "一楼 东" || all[1].Kind != "分领域" || all[2].Kind != "" {
		t.Errorf("%+v", all)
	}
	if again := windowsOf(windowLines(all)); len(again) != 3 || again[0] != all[0] {
		t.Errorf("%+v", again)
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1234: "-1,234", -999: "-999"} {
		if got := thousands(n); got != want {
			t.Errorf("%d is written %s", n, got)
		}
	}
}
