package openapi

import (
	"strings"
	"testing"
)

func TestWhatNoRequestMayHoldIsSaidAtItsPlace(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}`: "",
		`{"a":"{\"b\":1,\"b\":2}"}`:                 "",
		`{"a":1,"a":1}`:                             "repeated|a|",
		`{"b":[0,{"a":1,"c":2,"a":null}]}`:          "repeated|b[1].a|",
		`{"a":1,"\u0061":1}`:                        "repeated|a|",
		`[[],{"a":{"b":"x\u200by"}}]`:               "characters|[1].a.b|",
		"{\"a\":[\"\u202e\"]}":                      "characters|a[0]|",
		`{"a":{"b\u0000":1}}`:                       "characters|a|",
		`"\ud800"`:                                  "characters||",
		`{"a":1,}`:                                  "json|",
		`[1 2]`:                                     "json|",
		strings.Repeat("[", 32) + strings.Repeat("]", 32):                     "",
		strings.Repeat("[", 33) + strings.Repeat("]", 33):                     "depth|",
		`{"a":` + strings.Repeat(`{"a":`, 32) + `1` + strings.Repeat("}", 33): "depth|",
	} {
		var v any
		err := strict.Unmarshal([]byte(text), &v)
		if said := say(err); want == "" && err != nil || !strings.HasPrefix(said, want) {
			t.Errorf("%s: %q, want %q", text, said, want)
		}
	}
}

func say(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func BenchmarkRead(b *testing.B) {
	body := []byte(`{"item":"bench-permit","answers":{"name":"徐州示例食品有限公司","area":"120","phone":"13800000000","address":"徐州市云龙区示例路1号"},
		"materials":[{"material":"m1","files":[{"hash":"` + strings.Repeat("0a", 32) + `","name":"申请书.pdf"}]},{"material":"m2","files":[{"hash":"` + strings.Repeat("0b", 32) + `"}]}]}`)
	b.ReportAllocs()
	for b.Loop() {
		var v any
		if err := strict.Unmarshal(body, &v); err != nil {
			b.Fatal(err)
		}
	}
}
