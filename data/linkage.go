package data

import "embed"

// Linkage holds how soon a regulator is to note that it was told (审管联动) as it
// ships with the program; a linkage.yaml in the data directory takes its place.
//
//go:embed linkage.yaml
var Linkage embed.FS
