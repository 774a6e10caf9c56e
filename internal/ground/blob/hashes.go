package blob

import "slices"

// Hashes are the hashes in a text, such as a fact, each once: runs of 64 hex digits.
func Hashes(text string) (all []string) {
	for i := 0; i+64 <= len(text); {
		switch n := blank(text[i : i+64]); {
		case n > 0:
			i += n // no run of 64 begins before what follows that character
		case i+64 < len(text) && isHex(text[i+64]):
			i = pastRun(text, i+64)
		default:
			all = append(all, text[i:i+64])
			i += 65
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// blank is one more than the place of the last character that is no hex digit; 0: all are.
func blank(text string) int {
	for i := len(text) - 1; i >= 0; i-- {
		if !isHex(text[i]) {
			return i + 1
		}
	}
	return 0
}

func pastRun(text string, i int) int {
	for i < len(text) && isHex(text[i]) {
		i++
	}
	return i
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' }
