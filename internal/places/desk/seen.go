package desk

import (
	"net/http"
	"net/url"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
)

// seenRow is one time somebody of the staff saw a party's numbers whole (查看完整信息).
type seenRow struct {
	At, Whose, Why string
}

const onSeen = 20

// seen is whom the account of the address has seen whole, the latest first, and
// where the earlier ones are.
func (d *Desk) seen(r *http.Request, by identity.Actor) (rows []seenRow, next string, err error) {
	ctx, account := r.Context(), r.PathValue("account")
	all, err := d.Parties.Unmaskings(ctx, "", account, page.Query(r).Text("seen"), onSeen+1, by)
	if err != nil {
		return nil, "", err
	}
	if len(all) > onSeen {
		all = all[:onSeen]
		next = "/desk/admin/people/" + account + "?" + url.Values{"seen": {all[onSeen-1].ID}}.Encode() + "#seen"
	}
	var whose []string
	for _, u := range all {
		whose = append(whose, u.Party)
	}
	names, err := d.Parties.Names(ctx, whose...)
	for _, u := range all {
		rows = append(rows, seenRow{minute(u.At), names[u.Party], u.Reason})
	}
	return rows, next, err
}
