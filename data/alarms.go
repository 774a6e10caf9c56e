package data

import _ "embed"

// Alarms are the rules by which cases are watched; supervision.ReadAlarms reads them.
//
//go:embed alarms.yaml
var Alarms []byte
