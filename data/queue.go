package data

import "embed"

// Queue holds what a city arranges about its queues and appointments (排队叫号、预约)
// as it ships with the program; a queue.yaml in the data directory takes its place.
//
//go:embed queue.yaml
var Queue embed.FS
