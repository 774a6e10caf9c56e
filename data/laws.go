package data

import _ "embed" // the list below

// Laws are the articles that a new register of laws begins with (法条库): those
// that the sample city's items cite and those that the program itself acts by.
//
//go:embed laws.txt
var Laws string
