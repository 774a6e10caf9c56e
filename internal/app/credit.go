package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tongban/data"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/register/credit"
	"tongban/internal/register/credit/creditstore"
)

// openCredit furnishes the room of credit with the rules of this place.
func (a *App) openCredit(context.Context) error {
	rules, err := arranged(a, "credit.yaml", data.Credit, "credit.yaml", credit.ReadRules)
	if err != nil {
		return err
	}
	a.Credit = &credit.Service{
		Store: &creditstore.Store{DB: a.DB, Post: a.Post}, Party: a.Parties.Store.Party, Marks: a.Keys, Rules: rules, Days: a.Calendar, Now: a.Now,
	}
	return nil
}

// ofWord reports whether a move may bear on whether somebody kept their word.
func ofWord(m cases.Moved) bool {
	return m.Act == cases.Lapse || keptAfterAll(m) || m.Act == cases.Annul || m.Act == cases.DismissLater || m.Found != nil || m.Decision != nil && m.Decision.False
}

// wordBroken puts on record that a promise was not kept or a pledge was untrue.
func (a *App) wordBroken(ctx context.Context, m cases.Moved, b *sqldb.Batch) error {
	r := credit.Record{ID: fmt.Sprintf("%012x-%s-%d", m.At.UnixMilli(), m.Case, m.Seq)}
	switch {
	case m.Act == cases.Lapse:
		r.Kind, r.Promise = credit.LapsedPromise, m.Reason
		r.Say = "书面承诺补交“" + m.Reason + "”，到承诺的日期没有补交"
	case m.Found != nil && m.Found.Result == cases.PledgeBroken:
		r.Kind, r.Say = credit.BrokenPledge, m.Found.Reason
	case m.Decision != nil && m.Decision.False:
		r.Kind, r.Say = credit.FalseMaterial, m.Decision.Reason
	case m.Act == cases.Annul && m.Later.Ground == cases.Fraud:
		r.Kind, r.Say = credit.Fraud, m.Reason
	case m.Act == cases.DismissLater && m.Later.Of == cases.CheckPledge, keptAfterAll(m):
		return a.wordKept(ctx, m, b)
	default:
		return nil
	}
	if err := a.attribute(ctx, &r, m); err != nil {
		return err
	}
	return a.Credit.Enter(ctx, r, m.At, b)
}

// attribute writes into the record whose word it was, in which case, and by which
// article that is put on record.
func (a *App) attribute(ctx context.Context, r *credit.Record, m cases.Moved) error {
	c, err := a.Cases.Store.Case(ctx, m.Case)
	if err != nil {
		return err
	}
	if r.Kind == credit.FalseMaterial || r.Kind == credit.Fraud {
		f, err := a.Cases.Frame(ctx, c)
		if err != nil {
			return err
		}
		r.Permit = f.Edition.Permit()
	}
	if r.Kind == credit.BrokenPledge {
		var names []string
		for _, p := range c.Pledges {
			names = append(names, p.Name)
		}
		r.Promise = strings.Join(names, "、")
	}
	r.Party, r.Name, r.Org = c.Applicant.Party, c.Applicant.Name, c.Applicant.Org
	r.Case, r.Number, r.ItemName, r.Agency, r.Region, r.Article = string(c.ID), c.Number, c.ItemName, c.Agency, c.Region, cases.MoveOf(m.Act).Basis
	if law := r.Kind.Article(); law != "" {
		r.Article = law
	}
	return nil
}

// keptAfterAll reports whether post came in time whose promise was noted as lapsed.
func keptAfterAll(m cases.Moved) bool { return m.Came != nil && len(m.Came.Clears) > 0 }

// wordKept takes away what was recorded of a pledge, when it was decided, after
// the holder had been heard, that the decision stands; or of promises whose post
// had come in time.
func (a *App) wordKept(ctx context.Context, m cases.Moved, b *sqldb.Batch) error {
	c, err := a.Cases.Store.Case(ctx, m.Case)
	if err != nil {
		return err
	}
	u := credit.Unfounded{Party: c.Applicant.Party, Case: string(c.ID), Kind: credit.BrokenPledge, Why: m.Reason}
	if !keptAfterAll(m) {
		return a.Credit.Strike(ctx, u, m.At, b)
	}
	u.Kind, u.Why = credit.LapsedPromise, "材料在承诺的日期以前已经到达："+m.Came.Say()
	for _, p := range c.Promises {
		if slices.Contains(m.Came.Clears, p.Material) {
			u.Promise = p.Name
			if err := a.Credit.Strike(ctx, u, m.At, b); err != nil {
				return err
			}
		}
	}
	return nil
}
