package data

import "embed"

// Alarms are the rules by which cases are watched; supervision.ReadAlarms reads
// them. An alarms.yaml in the data directory takes their place.
//
//go:embed alarms.yaml
var Alarms embed.FS
