// Package witness makes it impossible to change the past unnoticed (每日存证):
// once a day all fact chains that have grown are taken into one growing Merkle
// tree, and its root is published. Whoever noted that one line of 64 letters can
// later prove, without the platform, that a fact was there on that day.
//
// The tree is that of RFC 9162 with SM3 in place of SHA-256. A leaf is one
// stream's growth since its last leaf: the stream and the hashes of its new
// facts, which say nothing of what is in them. Leaves are only ever added, so
// yesterday's tree is the beginning of today's, and a day costs what the day
// brought, not what the past holds.
package witness
