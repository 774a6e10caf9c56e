package itemstore

import (
	"context"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// Publish keeps editions, all or none.
func (s *Store) Publish(ctx context.Context, all []items.Publication) error {
	b := &sqldb.Batch{}
	s.planAnew(b, len(all))
	editions := make([]*items.Edition, len(all))
	for i, p := range all {
		if err := s.publish(b, p); err != nil {
			return err
		}
		editions[i] = p.Edition
	}
	reckon(b, editions)
	places, err := s.placesOf(ctx, editions)
	if err != nil {
		return err
	}
	addUp(b, places)
	err = s.DB.Commit(ctx, b)
	if sqldb.IsOutrun(err) {
		return fault.New(fault.Conflict, "items.publish.stale", "同一事项刚由他人发布，请刷新后再试")
	}
	return err
}

func (s *Store) publish(b *sqldb.Batch, p items.Publication) error {
	if p.Head == (items.Head{}) {
		return s.first(b, p)
	}
	e := p.Edition
	stream := "item:" + string(e.Item)
	head, err := s.Post.Record(b, stream, event.Head{Seq: p.Head.Seq, Hash: p.Head.Hash}, p.At, items.EditionPublished{
		Item: e.Item, Number: e.Number, Name: e.Name, Digest: p.Digest, Effective: e.Effective, By: p.By})
	if err != nil {
		return err
	}
	b.Exec(`INSERT INTO items_editions (item, number, catalogue, name, effective, waiting, digest, body, published, by_name)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		editionRow(p)...)
	if p.Waiting {
		s.wait(b, p, head)
		return nil
	}
	s.show(b, e, p.Head.Last, head)
	return nil
}

// first publishes the first edition of an item. Catalogues begin with very many of
// them, so their rows go together; of two who begin the same item one breaks the
// keys.
func (s *Store) first(b *sqldb.Batch, p items.Publication) error {
	e := p.Edition
	head, err := s.Post.Begin(b, "item:"+string(e.Item), p.At, items.EditionPublished{
		Item: e.Item, Number: e.Number, Name: e.Name, Digest: p.Digest, Effective: e.Effective, By: p.By})
	if err != nil {
		return err
	}
	b.Insert(`INSERT INTO items_editions (item, number, catalogue, name, effective, waiting, digest, body, published, by_name)`, editionRow(p)...)
	r := e.Entry()
	b.Insert(`INSERT INTO items (id, no, number, last, name, sort, aliases, type, level, region, agency, agency_name, catalogue,
		kind, days, visits, online, filing, person, firm, state, effective, retired, head_seq, head_hash)`,
		slices.Insert(entryRow(r, head), 3, any(r.Number))...)
	for _, t := range slices.Compact(slices.Sorted(slices.Values(e.Topics()))) {
		b.Insert(`INSERT INTO items_topics (topic, sort, item)`, t, r.Sort, string(r.ID))
	}
	s.enter(b, e)
	return nil
}

// editionRow is an edition as its table keeps it.
func editionRow(p items.Publication) []any {
	e := p.Edition
	return []any{string(e.Item), e.Number, e.Codes.Catalogue, e.Name, e.Effective.String(), sqldb.Bool(p.Waiting), p.Digest, string(p.Body), sqldb.Instant(p.At), p.By}
}

// entryRow is an item as lists know it, without its highest edition.
func entryRow(r items.Entry, head event.Head) []any {
	return []any{string(r.ID), rowOf(r.ID), r.Number, r.Name, r.Sort, strings.Join(r.Aliases, "\n"), string(r.Type), string(r.Level), r.Region,
		r.Agency, r.AgencyName, r.Catalogue, string(r.Kind), r.Limit, r.Visits, sqldb.Bool(r.Online), sqldb.Bool(r.Filing),
		sqldb.Bool(r.Person), sqldb.Bool(r.Firm), string(r.State), r.Effective.String(), r.Retired.String(), head.Seq, head.Hash}
}

// wait notes that a further edition is published, and leaves the current one.
func (s *Store) wait(b *sqldb.Batch, p items.Publication, head event.Head) {
	var id string
	b.Row([]any{&id}, `UPDATE items SET last = $1, head_seq = $2, head_hash = $3 WHERE id = $4 AND last = $5 RETURNING id`,
		p.Edition.Number, head.Seq, head.Hash, string(p.Edition.Item), p.Head.Last)
}

// show makes an edition the one that lists and the search index know.
func (s *Store) show(b *sqldb.Batch, e *items.Edition, last int, head event.Head) {
	r := e.Entry()
	var id string
	b.Row([]any{&id}, `INSERT INTO items (id, no, number, last, name, sort, aliases, type, level, region, agency, agency_name, catalogue,
			kind, days, visits, online, filing, person, firm, state, effective, retired, head_seq, head_hash)
		VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
		ON CONFLICT (id) DO UPDATE SET number = excluded.number, last = excluded.last, name = excluded.name, sort = excluded.sort,
			aliases = excluded.aliases, type = excluded.type, level = excluded.level, region = excluded.region, agency = excluded.agency,
			agency_name = excluded.agency_name, catalogue = excluded.catalogue, kind = excluded.kind, days = excluded.days,
			visits = excluded.visits, online = excluded.online, filing = excluded.filing, person = excluded.person, firm = excluded.firm,
			state = excluded.state, effective = excluded.effective, retired = excluded.retired,
			head_seq = excluded.head_seq, head_hash = excluded.head_hash
		WHERE items.last = $25 RETURNING id`,
		append(entryRow(r, head), last)...)
	if last > 0 {
		b.Exec(`DELETE FROM items_topics WHERE item = $1`, string(r.ID))
	}
	for _, t := range e.Topics() {
		b.Exec(`INSERT INTO items_topics (topic, sort, item) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, t, r.Sort, string(r.ID))
	}
	s.index(b, e)
}

// Waiting lists editions published for a day that has come.
func (s *Store) Waiting(ctx context.Context, day calendar.Day, limit int) ([]*items.Edition, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (*items.Edition, error) {
		var body string
		if err := scan(&body); err != nil {
			return nil, err
		}
		return editionOf(body)
	}, `SELECT body FROM items_editions WHERE waiting = 1 AND effective <= $1 ORDER BY effective, item, number LIMIT $2`, day.String(), limit)
}

// TakeEffect makes a waiting edition the current one of its item; one that is
// older than the current edition only stops waiting.
func (s *Store) TakeEffect(ctx context.Context, e *items.Edition) error {
	heads, err := s.Heads(ctx, []items.ID{e.Item})
	if err != nil {
		return err
	}
	h := heads[e.Item]
	b := &sqldb.Batch{}
	if e.Number > h.Current {
		s.show(b, e, h.Last, event.Head{Seq: h.Seq, Hash: h.Hash})
		b.Exec(`UPDATE items SET last = $1 WHERE id = $2`, h.Last, string(e.Item))
		places, err := s.placesOf(ctx, []*items.Edition{e})
		if err != nil {
			return err
		}
		addUp(b, places)
	}
	b.Exec(`UPDATE items_editions SET waiting = 0 WHERE item = $1 AND number = $2`, string(e.Item), e.Number)
	return s.DB.Commit(ctx, b)
}
