package app_test

import (
	"testing"
)

// Whoever may see the slips may have them as a table, with the filter of the page.
func TestSlipsAreGivenOutAsATable(t *testing.T) {
	c := openCity(t)
	for _, login := range []string{"window1", "market-r"} {
		v := c.signedIn(login)
		v.get("/relay/file?over=1")
		v.sees(200, "编号,从,移交人,移交时间,到,件数")
	}
}
