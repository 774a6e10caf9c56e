package hearingstore

import (
	"context"
	"encoding/json"
	"fmt"

	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/hearings"
)

// Stakes puts somebody concerned into the batch.
func (s *Store) Stakes(b *sqldb.Batch, m hearings.Staked) error {
	k := m.Stake
	head, err := s.Facts.Record(b, k.Stream(), k.Head, m.When, m)
	if err != nil {
		return err
	}
	body, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("write stake %s: %w", k.ID, err)
	}
	b.Exec(`INSERT INTO hearings_stakes (case_id, party, id, body, head_seq, head_hash) VALUES ($1, $2, $3, $4, $5, $6)`,
		string(k.Case), k.Party, k.ID, string(body), head.Seq, head.Hash)
	return nil
}

const stakes = `SELECT body, head_seq, head_hash FROM hearings_stakes `

func scanStake(read func(...any) error) (*hearings.Stake, error) {
	k, head, err := event.Scan[hearings.Stake](read)
	if err == nil {
		k.Head = head
	}
	return k, err
}

// Stake is that of a party in a case.
func (s *Store) Stake(ctx context.Context, id cases.ID, party string) (*hearings.Stake, error) {
	all, err := sqldb.Rows(ctx, s.DB, scanStake, stakes+`WHERE case_id = $1 AND party = $2`, string(id), party)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// StakesIn are all in a case, in the order in which they became known.
func (s *Store) StakesIn(ctx context.Context, id cases.ID) ([]*hearings.Stake, error) {
	return sqldb.Rows(ctx, s.DB, scanStake, stakes+`WHERE case_id = $1 ORDER BY id`, string(id))
}

// StakesBy are those of a party, the latest first.
func (s *Store) StakesBy(ctx context.Context, party string, limit int) ([]*hearings.Stake, error) {
	return sqldb.Rows(ctx, s.DB, scanStake, stakes+`WHERE party = $1 ORDER BY id DESC LIMIT $2`, party, limit)
}
