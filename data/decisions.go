package data

import "embed"

// Decisions holds what decisions to grant are called for each kind of item but
// licences, as it ships with the program; a decisions.yaml in the data directory
// takes its place.
//
//go:embed decisions.yaml
var Decisions embed.FS
