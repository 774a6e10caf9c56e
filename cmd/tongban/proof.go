package main

import (
	"context"
	"fmt"
	"io"

	"github.com/emmansun/gmsm/sm3"

	"tongban/cmd/tongban/bench"
	"tongban/internal/app"
	"tongban/internal/ground/event"
	"tongban/internal/handling/cases"
)

// proof holds a city against what clients were told.
type proof struct {
	*app.App
	lost, twice, other int
}

// acts are there as often as they were acknowledged, in chains that hold.
func (p *proof) acts(ctx context.Context, l *bench.Ledger) error {
	for id, told := range l.Acts {
		records, err := p.Cases.Store.History(ctx, cases.ID(id))
		if err != nil {
			return err
		}
		if _, err := event.Verify(records); err != nil {
			p.say(&p.other, "case %s: %v", id, err)
		}
		kept := map[string]int{}
		for _, r := range records {
			m, err := event.Read[cases.Moved](r)
			if err != nil {
				return err
			}
			kept[string(m.Act)]++
		}
		for _, act := range []string{"submit", "accept", "review", "decide"} {
			switch {
			case kept[act] < told[act]:
				p.say(&p.lost, "case %s: %s acknowledged %d times, kept %d times", id, act, told[act], kept[act])
			case kept[act] > told[act]:
				p.say(&p.twice, "case %s: %s acknowledged %d times, kept %d times", id, act, told[act], kept[act])
			}
		}
		if kept["certify"] > 1 {
			p.say(&p.twice, "case %s was certified %d times", id, kept["certify"])
		}
	}
	return nil
}

// ratings: one for each that was acknowledged.
func (p *proof) ratings(ctx context.Context, l *bench.Ledger) error {
	kept := map[string]int{}
	err := p.DB.Each(ctx, func(scan func(...any) error) error {
		var id string
		var n int
		err := scan(&id, &n)
		kept[id] = n
		return err
	}, `SELECT case_id, COUNT(*) FROM rating_ratings WHERE channel = 'api' GROUP BY case_id`)
	for id, told := range l.Acts {
		switch {
		case kept[id] < told["rate"]:
			p.say(&p.lost, "the rating of case %s is gone", id)
		case kept[id] > told["rate"]:
			p.say(&p.twice, "case %s has %d ratings, acknowledged %d", id, kept[id], told["rate"])
		}
	}
	return err
}

// certificates: one for each case that was granted, and it names that case.
func (p *proof) certificates(ctx context.Context, l *bench.Ledger) error {
	for id, told := range l.Acts {
		c, err := p.Cases.Store.Case(ctx, cases.ID(id))
		if err != nil {
			p.say(&p.lost, "case %s: %v", id, err)
			continue
		}
		if told["rate"] > 0 && c.Certificate == "" {
			p.say(&p.lost, "case %s was granted and has no certificate", id)
		}
	}
	var issued, kept int
	if err := p.DB.Row(ctx, `SELECT COUNT(*) FROM issuance_done WHERE identifier <> ''`).Scan(&issued); err != nil {
		return err
	}
	err := p.DB.Row(ctx, `SELECT COUNT(*) FROM certificates_certificates WHERE identifier IN (SELECT identifier FROM issuance_done)`).Scan(&kept)
	if kept != issued {
		p.say(&p.other, "%d certificates were issued on cases, %d are kept", issued, kept)
	}
	return err
}

// serials: the papers of each agency, kind and year are numbered without a gap,
// and every paper has its number.
func (p *proof) serials(ctx context.Context, _ *bench.Ledger) error {
	return p.DB.Each(ctx, func(scan func(...any) error) error {
		var agency, kind string
		var papers, numbered, highest int
		if err := scan(&agency, &kind, &papers, &numbered, &highest); err != nil {
			return err
		}
		if papers != numbered || numbered != highest {
			p.say(&p.other, "%s %s: %d papers, %d numbered, the highest is %d", agency, kind, papers, numbered, highest)
		}
		return nil
	}, `SELECT agency, kind, COUNT(*), SUM(CASE WHEN serial > 0 THEN 1 ELSE 0 END), MAX(serial) FROM cases_papers GROUP BY agency, kind, year`)
}

// files are there, and are what their hash says.
func (p *proof) files(ctx context.Context, l *bench.Ledger) error {
	for hash, size := range l.Files {
		c, err := p.Files.Open(ctx, hash)
		if err != nil {
			p.say(&p.lost, "file %s: %v", hash, err)
			continue
		}
		content, err := io.ReadAll(c)
		if err != nil {
			return err
		}
		c.Close()
		if int64(len(content)) != size || fmt.Sprintf("%x", sm3.Sum(content)) != hash {
			p.say(&p.other, "file %s is not what was handed in", hash)
		}
	}
	return nil
}

// say counts a difference and shows the first of them.
func (p *proof) say(count *int, format string, args ...any) {
	if *count++; *count <= 20 {
		fmt.Printf("  "+format+"\n", args...)
	}
}
