package data

import "embed"

// Industries are the templates of composite licences (一业一证行业模板);
// industries.Read reads them. An industries.yaml in the data directory takes
// their place.
//
//go:embed industries.yaml
var Industries embed.FS
