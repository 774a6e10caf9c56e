package data

import "embed"

// Regions are the administrative divisions that the sample city needs, one file
// for each city, with its functional zones. regions.Read reads a file.
//
//go:embed regions
var Regions embed.FS
