package data

import _ "embed" // the table below

// Synonyms is the table of plain words (大白话词表); items.ReadSynonyms reads it.
//
//go:embed synonyms.yaml
var Synonyms []byte
