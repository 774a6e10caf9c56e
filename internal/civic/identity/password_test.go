package identity

import (
	"strings"
	"testing"

	"tongban/internal/ground/fault"
)

func TestCheckPassword(t *testing.T) {
	for _, tt := range []struct{ name, password, login, code string }{
		{"a phrase of its own", "Tongban-2026", "li", ""},
		{"eight characters are enough", "k3!vQz8p", "limin", ""},
		{"a Chinese phrase counts by characters", "我家门前有两棵枣树", "limin", ""},
		{"seven characters", "k3!vQz8", "limin", "identity.password.short"},
		{"empty", "", "limin", "identity.password.short"},
		{"a common one", "1q2w3e4r", "limin", "identity.password.common"},
		{"a common one in capitals", "PASSWORD123", "limin", "identity.password.common"},
		{"a common word with digits and marks around it", "2026password!!", "limin", "identity.password.common"},
		{"the place's name with a year", "Xuzhou@2026", "limin", "identity.password.common"},
		{"a run upwards", "abcdefghijk", "limin", "identity.password.common"},
		{"a run downwards", "98765432", "limin", "identity.password.common"},
		{"one character repeated", "zzzzzzzzz", "limin", "identity.password.common"},
		{"the login inside", "xxLiMin2026", "limin", "identity.password.login"},
		{"longer than we hash", strings.Repeat("ab", 200), "limin", "identity.password.long"},
		{"broken text", "abc\xff\xfedefgh", "limin", "identity.password.long"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := CheckPassword(tt.password, tt.login)
			if tt.code == "" && err != nil || tt.code != "" && fault.Code(err) != tt.code {
				t.Errorf("%q: got %v, want %s", tt.password, err, tt.code)
			}
		})
	}
}
