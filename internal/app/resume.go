package app

import (
	"context"
	"os/user"
	"time"

	"tongban/data"
	"tongban/internal/civic/serials"
	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases/casestore"
	"tongban/internal/handling/joint/jointstore"
	"tongban/internal/handling/lifecourse"
	"tongban/internal/handling/queue/queuestore"
	"tongban/internal/register/archives/archivestore"
	"tongban/internal/register/companies"
	"tongban/internal/register/companies/companystore"
	"tongban/internal/register/licences/licencestore"
)

// resume notes that the city goes on from a copy, and after which numbers.
func (s Settings) resume(ctx context.Context, db *sqldb.DB, made time.Time, skip int64) (r serials.Resumed, err error) {
	post := event.NewPost(db, s.wall)
	before, err := serials.Read(ctx, post)
	if err != nil {
		return r, err
	}
	r = serials.Resumed{Made: event.Moment(made), At: event.Moment(s.wall()), By: machineAccount(), Skip: skip}
	uses, err := s.uses(ctx, db, made)
	if err != nil {
		return r, err
	}
	if r, err = before.Resume(r, uses); err != nil {
		return r, err
	}
	return r, before.Note(ctx, post, r)
}

// machineAccount is who gave the command, as the machine knows them.
func machineAccount() string {
	who, err := user.Current()
	if err != nil {
		return "" // a machine without accounts, such as a container
	}
	return who.Username
}

// uses are how far the numbers of every kind have come. Whatever gives out numbers one
// after the other is among them.
func (s Settings) uses(ctx context.Context, db *sqldb.DB, made time.Time) ([]serials.Use, error) {
	all, err := casestore.Uses(ctx, db, serials.Since(made))
	if err != nil {
		return nil, err
	}
	for _, use := range []func(context.Context, *sqldb.DB) (serials.Use, error){
		jointstore.Use, licencestore.Use, queuestore.Use, archivestore.Use, s.codes,
	} {
		u, err := use(ctx, db)
		if err != nil {
			return nil, err
		}
		all = append(all, u)
	}
	return all, nil
}

// codes is how far the city's own codes of companies have come, whose digits are few.
func (s Settings) codes(ctx context.Context, db *sqldb.DB) (serials.Use, error) {
	plan, err := arranged(&App{Settings: s}, "companies.yaml", data.Companies, "companies.yaml", lifecourse.Read)
	if err != nil {
		return serials.Use{}, err
	}
	u, err := companystore.Use(ctx, db, plan.Own8)
	u.Most = companies.LastCode(plan.Own8)
	return u, err
}
