package frame

import (
	"net/url"
	"strconv"

	"tongban/internal/civic/laws"
)

// LawHref is where anybody reads a law, at the first article that is cited.
func LawHref(law, article string) string {
	address := "/laws/" + url.PathEscape(laws.Title(law))
	if spans := laws.Articles(article); len(spans) > 0 {
		address += "#" + LawAnchor(spans[0].First)
	}
	return address
}

// LawAnchor is the id of an article in the page of its law.
func LawAnchor(number int) string { return "a" + strconv.Itoa(number) }
