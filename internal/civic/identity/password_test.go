package identity

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/emmansun/gmsm/sm3"

	"tongban/internal/ground/fault"
)

func TestCheckPassword(t *testing.T) {
	for _, tt := range []struct{ name, password, login, code string }{
		{"a phrase of its own", "Tongban-2026", "li", ""},
		{"eight characters are enough", "k3!vQz8p", "limin", ""},
		{"a Chinese phrase counts by characters", "我家门前有两棵枣树", "limin", ""},
		{"sixty-four characters", "正" + strings.Repeat("k3!vQz8p w", 6) + "abc", "limin", ""},
		{"seven characters", "k3!vQz8", "limin", "identity.password.short"},
		{"empty", "", "limin", "identity.password.short"},
		{"a common one", "1q2w3e4r", "limin", "identity.password.common"},
		{"a common one in capitals", "PASSWORD123", "limin", "identity.password.common"},
		{"a common word with digits and marks around it", "2026password!!", "limin", "identity.password.common"},
		{"the place's name with a year", "Xuzhou@2026", "limin", "identity.password.common"},
		{"a run upwards", "abcdefghijk", "limin", "identity.password.common"},
		{"a run downwards", "98765432", "limin", "identity.password.common"},
		{"one character repeated", "zzzzzzzzz", "limin", "identity.password.common"},
		{"leaked elsewhere, in capitals", "SLIPKNOT", "limin", "identity.password.leaked"},
		{"leaked elsewhere, with a year and a mark", "Corvette2026!", "limin", "identity.password.leaked"},
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

// The list of leaked passwords is in order, and what it is made of is found in it.
func TestLeakedPasswords(t *testing.T) {
	if from := os.Getenv("TONGBAN_LEAKED"); from != "" {
		writeLeaked(t, from)
	}
	n := len(leakedDigests) / leakedBytes
	for i := 1; i < n; i++ {
		if bytes.Compare(leakedDigests[(i-1)*leakedBytes:i*leakedBytes], leakedDigests[i*leakedBytes:(i+1)*leakedBytes]) >= 0 {
			t.Fatalf("digest %d is not in order", i)
		}
	}
	if n < 3000 || n*leakedBytes != len(leakedDigests) { // ASVS 6.2.4 asks for 3,000
		t.Errorf("%d digests in %d bytes", n, len(leakedDigests))
	}
	for _, word := range []string{"corvette", "samantha", "maverick", "startrek"} {
		if !leaked(word) {
			t.Errorf("%s is not found", word)
		}
	}
	for i := range 10_000 {
		if word := fmt.Sprintf("a phrase of its own %d", i); leaked(word) {
			t.Errorf("%s is said to have leaked", word)
		}
	}
}

// writeLeaked writes the list from a file of words.
func writeLeaked(t *testing.T, from string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for word := range strings.FieldsSeq(string(text)) {
		sum := sm3.Sum([]byte(strings.ToLower(word)))
		all = append(all, string(sum[:leakedBytes]))
	}
	slices.Sort(all)
	leakedDigests = []byte(strings.Join(slices.Compact(all), ""))
	if err := os.WriteFile("leaked.bin", leakedDigests, 0o644); err != nil {
		t.Fatal(err)
	}
}
