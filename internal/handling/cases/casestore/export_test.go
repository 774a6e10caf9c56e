package casestore

// FetchNumber takes a number off the shelf.
var FetchNumber = fetchNumber
