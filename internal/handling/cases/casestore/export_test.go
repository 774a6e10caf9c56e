package casestore

// Short is how names of requests were and are made short.
var Short = short

// FetchNumber takes a number off the shelf.
var FetchNumber = fetchNumber
