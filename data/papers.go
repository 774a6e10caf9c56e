package data

import "embed"

// Papers are the words of papers as they ship (文书模板), one file for each form of
// handling/papers: edition 1. A file that has been published is never changed.
//
//go:embed papers
var Papers embed.FS
