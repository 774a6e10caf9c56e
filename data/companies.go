package data

import "embed"

// Companies say which item does what in the life of a company
// (企业全生命周期); lifecourse.Read reads them. A companies.yaml in the data
// directory takes their place.
//
//go:embed companies.yaml
var Companies embed.FS
