package data

import "embed"

// Board holds the rules and ways to complain that stand on the boards of halls
// (公示栏) and ship with the program; a board.yaml in the data directory takes
// their place.
//
//go:embed board.yaml
var Board embed.FS
