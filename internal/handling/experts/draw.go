package experts

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// Order is in which order candidates are invited: by SHA-256 over "seed/id",
// written in hexadecimal, the smallest first. It depends on nothing else, so
// anybody who knows the seed and the candidates gets the same.
func Order(seed string, ids []ExpertID) []ExpertID {
	marks := make(map[ExpertID]string, len(ids))
	for _, id := range ids {
		marks[id] = Fingerprint(seed + "/" + string(id))
	}
	order := slices.Clone(ids)
	slices.SortFunc(order, func(a, b ExpertID) int { return cmp.Or(cmp.Compare(marks[a], marks[b]), cmp.Compare(a, b)) })
	return order
}

// Fingerprint is SHA-256 in hexadecimal. That of the seed is published before
// the draw, so that the seed cannot be chosen by its outcome.
func Fingerprint(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Proven reports whether the draw is what seed and candidates give, and the seed
// the one whose fingerprint was published before.
func (r Round) Proven() bool {
	return r.Seed != "" && Fingerprint(r.Seed) == r.Print && slices.Equal(r.Order, Order(r.Seed, r.left()))
}

// left are the candidates who were not to stand aside when lots were drawn.
func (r Round) left() []ExpertID {
	var ids []ExpertID
	for _, c := range r.Pool {
		stood := slices.ContainsFunc(r.Objections, func(o Objection) bool { return o.Expert == c.Expert && o.Ruled == Upheld && !o.After })
		if !stood {
			ids = append(ids, c.Expert)
		}
	}
	return ids
}
