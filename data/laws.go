package data

import _ "embed" // the list below

// Laws are the articles that item managers pick legal bases from (法律条文目录):
// those that the sample city's items cite. The desk reads it; a full
// list takes its place as it is.
//
//go:embed laws.txt
var Laws string
