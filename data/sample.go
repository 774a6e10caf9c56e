package data

import "embed"

// Sample is the demonstration city (示例城市): its agencies, halls, people and
// items. People are invented; whatever the sources lack is marked as assumed in
// the files.
//
//go:embed sample
var Sample embed.FS
