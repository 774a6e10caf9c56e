package casestore

import (
	"cmp"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
)

// narrowest is the column by which the fewest cases are looked at for a list of an
// agency's or a region's cases, and what stands in it; none for a whole city.
func narrowest(f cases.Filter) (column, value string) {
	if agency := cmp.Or(f.Agency, f.Of); agency != "" {
		return "agency", agency
	}
	switch stem := identity.Stem(cmp.Or(f.Region, f.Watch)); {
	case len(stem) >= 9:
		return "town", townOf(stem)
	case len(stem) == 6:
		return "county", countyOf(stem)
	}
	return "", ""
}

// through lists all cases of an agency or a region: by the names where one is looked
// for, by the index of their state where few are in it, and else newest first.
func (q *query) through(f cases.Filter) {
	column, value := narrowest(f)
	if f.Region != "" {
		q.within(f.Region)
	}
	switch {
	case f.Name == "" && !few(f.State) && column != "":
		q.newestOf(column, value, f.After)
		return
	case column == "agency":
		q.and(`agency = %s`, value)
	}
	q.named(f)
}

// few reports whether a state is one of those that have an index of their own.
func few(s cases.State) bool { return s != "" && s != cases.Granted }

// named orders all cases of somebody: newest first, or, where a name is looked
// for, by the names, so that the first page of a common one is found at once.
func (q *query) named(f cases.Filter) {
	if f.Name == "" {
		q.page(f.After, `id < %s`, `ORDER BY id DESC`)
		return
	}
	q.order = `ORDER BY applicant, id`
	if id, name, ok := strings.Cut(f.After, "_"); ok {
		q.and(`(applicant, id) > (%s, %s)`, name, id)
	}
}

// watched lists open cases, soonest due first.
func (q *query) watched(f cases.Filter) {
	q.text += `waiting = 1`
	q.within(f.Watch)
	due, id := f.After, ""
	if len(due) >= len(never) {
		due, id = due[:len(never)], due[len(never):]
	}
	column, value := narrowest(f)
	if column == "" {
		q.and(`(due, id) > (%s, %s)`, due, id)
		q.order = `ORDER BY due, id`
		return
	}
	q.and(column+` <= %s`, value)
	q.and(`(`+column+`, due, id) > (%s, %s, %s)`, value, due, id)
	q.order = `ORDER BY ` + column + `, due, id`
}

// newestOf lists the rows with a value in a column, newest first. It asks for them as
// a range of that one value, for only the index that begins with the column has
// such a range in order: told that the value is one, PostgreSQL takes its rows for
// evenly spread and goes through everybody's, newest first, until it has a page.
func (q *query) newestOf(column, value, after string) {
	q.and(column+` >= %s`, value)
	if after == "" {
		q.and(column+` <= %s`, value)
	} else {
		q.and(`(`+column+`, id) < (%s, %s)`, value, after)
	}
	q.order = `ORDER BY ` + column + ` DESC, id DESC`
}
