package data

import "embed"

// Targets are how far the burdens of items are to be cut (压减目标);
// items.ReadTargets reads them.
//
//go:embed targets.yaml
var Targets embed.FS
