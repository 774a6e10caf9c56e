package identity

import (
	"encoding/base32"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The examples of RFC 6238 appendix B for SHA-1, their last six digits.
func TestPublishedCodes(t *testing.T) {
	secret := base32.StdEncoding.EncodeToString([]byte("12345678901234567890"))
	for second, code := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"} {
		if step := matchCode(secret, code, time.Unix(second, 0)); step != second/30 {
			t.Errorf("at %d: step %d", second, step)
		}
		if step := matchCode(secret, code, time.Unix(second+75, 0)); step != 0 {
			t.Errorf("at %d, 75 seconds late: step %d", second, step)
		}
	}
	for _, code := range []string{"", "28708", "2870822", "abcdef", "２８７０８２"} {
		if step := matchCode(secret, code, time.Unix(59, 0)); step != 0 {
			t.Errorf("%q: step %d", code, step)
		}
	}
}

func TestACodeStandsForItsStep(t *testing.T) {
	secret, address, err := newSecret("通办", "limin")
	if err != nil || address == "" {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(rapid.Int64Range(1_700_000_000, 2_500_000_000).Draw(t, "now"), 0)
		late := time.Duration(rapid.IntRange(-29, 29).Draw(t, "late")) * time.Second
		if step := matchCode(secret, codeAt(secret, now), now.Add(late)); step != now.Unix()/30 && step == 0 {
			t.Fatalf("a clock %v off is not borne", late)
		}
	})
}

func TestRecoveryCodesDiffer(t *testing.T) {
	codes, hashes := recoveryCodes()
	seen := map[string]bool{}
	for i, c := range codes {
		if len(c) != 17 || seen[c] || hashes[i] != hashToken(c) || sixDigits.MatchString(c) {
			t.Errorf("%q %q", c, hashes[i])
		}
		seen[c] = true
	}
}
