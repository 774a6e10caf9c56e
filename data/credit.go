package data

import "embed"

// Credit holds the rules of credit that ship with the program (信用规则); a
// credit.yaml in the data directory takes their place.
//
//go:embed credit.yaml
var Credit embed.FS
