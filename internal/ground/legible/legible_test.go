package legible

import (
	"testing"
	"unicode/utf8"
)

func TestTextIsReadWhateverItCameIn(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"as we write it", "事项,a\n", "事项,a\n"},
		{"with a byte order mark", "\xef\xbb\xbf事项", "事项"},
		{"as older machines save it", "\xca\xc2\xcf\xee", "事项"},
		{"as spreadsheets save text", "\xff\xfe\x8b\x4e\x79\x98", "事项"},
		{"the other way round", "\xfe\xff\x4e\x8b\x98\x79", "事项"},
		{"nothing", "", ""},
	} {
		if got, ok := UTF8([]byte(tt.text)); !ok || string(got) != tt.want {
			t.Errorf("%s: %q %v", tt.name, got, ok)
		}
	}
	for _, text := range []string{"PK\x03\x04\x14\x00\x00\xff", "\x00\xff\xfe\x81", "a\x00b", "\xff\xff"} {
		if got, ok := UTF8([]byte(text)); ok || string(got) != text {
			t.Errorf("%q is taken for a text: %q", text, got)
		}
	}
}

func FuzzUTF8(f *testing.F) {
	f.Add([]byte("\xff\xfe\x8b"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if got, ok := UTF8(text); ok && !utf8.Valid(got) {
			t.Errorf("%q", got)
		}
	})
}
