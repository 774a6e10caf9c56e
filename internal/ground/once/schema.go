package once

import (
	"embed"

	"tongban/internal/ground/rekey"
	"tongban/internal/ground/sqldb"
)

//go:embed schema
var files embed.FS

// Schema is the table of this room.
var Schema = sqldb.Schema{Room: "once", Files: files}

// Sealed is the column with answers, which may speak of people.
var Sealed = []rekey.Column{{Table: "once_named", Key: "name", Column: "answer", About: about}}

// about is what the answer to a request is bound to.
func about(name string) string { return "once/" + name }
