package data

import "embed"

// Aid holds the limits for what is asked of the help desk (帮办代办、办不成事) that
// ship with the program; an aid.yaml in the data directory takes their place.
//
//go:embed aid.yaml
var Aid embed.FS
