package event

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/ground/sqldb"
)

// Since is the facts of a stream after head, which others added: none if it still ends
// there. It is sql.ErrNoRows if there is no such fact, or it stands on the shelf. What
// many ask at one moment is asked together.
func (p *Post) Since(ctx context.Context, stream string, head Head) ([]Record, error) {
	all, err := p.from(ctx, standingAt(stream, head.Seq))
	if err != nil {
		return nil, err
	}
	if all[0].Hash != head.Hash {
		return nil, sql.ErrNoRows
	}
	for i, r := range all[1:] {
		p.recent.add(all[i].Hash, r)
	}
	return all[1:], nil
}

func (p *Post) from(ctx context.Context, at standing) ([]Record, error) {
	if !sqldb.Conversing(ctx) {
		return p.since.Ask(ctx, at, p.fromAll)
	}
	found, err := p.fromAll(ctx, []standing{at})
	if err == nil && found[at] == nil {
		err = sql.ErrNoRows
	}
	return found[at], err
}

// standing is where somebody stands in a stream: at a fact, by its number, in one text.
type standing string

func standingAt(stream string, seq int64) standing {
	return standing(strconv.FormatInt(seq, 10) + " " + stream)
}

func (p standing) parts() (stream string, seq int64) {
	number, stream, _ := strings.Cut(string(p), " ")
	seq, _ = strconv.ParseInt(number, 10, 64) // it was written by standingAt
	return stream, seq
}

// fromAll is the facts at each of the places and after.
func (p *Post) fromAll(ctx context.Context, places []standing) (map[standing][]Record, error) {
	where, args := fromText(places)
	all, err := sqldb.Rows(ctx, p.DB, scanRecord, `SELECT stream, seq, name, body, at, hash FROM event_facts WHERE `+where+` ORDER BY stream, seq`, args...)
	if err != nil {
		return nil, fmt.Errorf("read what followed: %w", err)
	}
	for i, r := range all {
		all[i] = p.recent.known(r)
	}
	found := make(map[standing][]Record, len(places))
	for _, at := range places {
		stream, seq := at.parts()
		i := slices.IndexFunc(all, func(r Record) bool { return r.Stream == stream && r.Seq == seq })
		if i >= 0 {
			found[at] = ofOneStream(all[i:])
		}
	}
	return found, nil
}

// ofOneStream is the first facts, as many as are of the same stream.
func ofOneStream(all []Record) []Record {
	n := slices.IndexFunc(all, func(r Record) bool { return r.Stream != all[0].Stream })
	if n < 0 {
		n = len(all)
	}
	return all[:n:n]
}

// fromText is the condition for all the places; for about as many it is the same text.
func fromText(places []standing) (where string, args []any) {
	size := 1
	for size < len(places) {
		size *= 2
	}
	or := make([]string, size)
	for i := range or {
		stream, seq := places[min(i, len(places)-1)].parts()
		or[i] = fmt.Sprintf(`stream = $%d AND seq >= $%d`, 2*i+1, 2*i+2)
		args = append(args, stream, seq)
	}
	return strings.Join(or, ` OR `), args
}
