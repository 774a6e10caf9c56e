package supervision

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"tongban/internal/civic/calendar"
)

// Serial is the number of an alarm (监察编号, GB/T 39046-2020): the day on which it
// was raised and what it was raised for, so that it is the same wherever it is
// told and for as long as it stands.
func (r Raised) Serial() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s\n%d", r.Case, r.Rule, r.Thing, r.Raised.UnixMilli()))
	return "JC" + strings.ReplaceAll(calendar.DayOf(r.Raised).String(), "-", "") + strings.ToUpper(hex.EncodeToString(sum[:4]))
}
