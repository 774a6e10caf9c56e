package clock_test

import (
	"testing"

	"tongban/internal/engine/clock"
)

func TestLimitsAsPeopleWriteThem(t *testing.T) {
	for _, tt := range []struct{ text, says string }{
		{"２０个工作日", "20个工作日"}, {"20 个 工作日", "20个工作日"}, {"二十个工作日", "20个工作日"}, {"十五个工作日内", "15个工作日"}, {"一百二十个自然日", "120个自然日"},
		{"不超过10个工作日", "10个工作日"}, {"5个工作日以内", "5个工作日"}, {"3个工作日之内", "3个工作日"}, {"5个工作日内办结", "5个工作日"}, {"两个月", "2个月"},
		{"当场办结", "即时办结"}, {"即来即办", "即时办结"}, {"即办", "即时办结"}, {"—", "无时限"}, {"/", "无时限"}, {"无", "无时限"},
		{"20日", ""}, {"十五日内", ""}, {"尽快", ""}, {"内", ""}, {"一", ""}, {"十", ""},
	} {
		l, err := clock.ParseLimit(tt.text)
		if got := l.String(); err == nil && got != tt.says || err != nil && tt.says != "" {
			t.Errorf("%q is %q %v, want %q", tt.text, got, err, tt.says)
		}
	}
}
