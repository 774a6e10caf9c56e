package desk

import (
	"net/http"
	"net/url"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
)

// unmaskingRow is one time somebody of the staff saw a party's numbers whole (查看完整信息).
type unmaskingRow struct {
	At, Whose, Why string
}

const onUnmaskings = 20

// unmaskings are whom the account of the address has seen whole, the latest first, and
// where the earlier ones are.
func (d *Desk) unmaskings(r *http.Request, by identity.Actor) (rows []unmaskingRow, next string, err error) {
	ctx, account := r.Context(), r.PathValue("account")
	all, err := d.Parties.Unmaskings(ctx, "", account, page.Query(r).Text("seen"), onUnmaskings+1, by)
	if err != nil {
		return nil, "", err
	}
	if len(all) > onUnmaskings {
		all = all[:onUnmaskings]
		next = "/desk/admin/people/" + account + "?" + url.Values{"seen": {all[onUnmaskings-1].ID}}.Encode() + "#seen"
	}
	var whose []string
	for _, u := range all {
		whose = append(whose, u.Party)
	}
	names, err := d.Parties.Names(ctx, whose...)
	for _, u := range all {
		rows = append(rows, unmaskingRow{minute(u.At), names[u.Party], u.Reason})
	}
	return rows, next, err
}
