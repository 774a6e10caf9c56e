// Package identitystore keeps accounts, sessions and mandates in SQL.
package identitystore

import (
	"context"
	"database/sql"
	"embed"
	"errors"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/rekey"
	"tongban/internal/ground/sqldb"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "identity", Files: files}

// Sealed are the columns of this room that are kept unreadable.
var Sealed = []rekey.Column{
	{Table: "identity_accounts", Key: "id", Column: "mobile", About: rekey.Always(mobileColumn)},
	{Table: "identity_accounts", Key: "id", Column: "totp", About: rekey.Always(totpColumn)},
}

// Keys encrypts columns (secret.Keys).
type Keys interface {
	Seal(plain, column string) (string, error)
	Open(sealed, column string) (string, error)
}

// Store is an identity.Store.
type Store struct {
	DB   *sqldb.DB
	Keys Keys
}

var _ identity.Store = (*Store)(nil)

// Within runs do in one transaction.
func (s *Store) Within(ctx context.Context, do func(context.Context) error) error {
	return s.DB.Within(ctx, do)
}

const (
	mobileColumn = "identity_accounts.mobile"
	totpColumn   = "identity_accounts.totp"
	accountRow   = `a.id, a.login, a.name, a.mobile, a.party, a.region, a.real_grade, a.password, a.must_change, a.locked, a.totp, a.totp_on, a.created, a.version`
)

// Add keeps new accounts.
func (s *Store) Add(ctx context.Context, accounts []*identity.Account, entries ...identity.Entry) error {
	b := &sqldb.Batch{}
	for _, a := range accounts {
		mobile, totp, err := s.seal(a)
		if err != nil {
			return err
		}
		a.Version = 1
		b.Exec(`INSERT INTO identity_accounts (id, login, name, mobile, party, region, real_grade, password, must_change, locked, totp, totp_on, created, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)`,
			a.ID, a.Login, a.Name, mobile, orNull(a.Party), a.Region, a.Real, a.Password, sqldb.Bool(a.MustChange), a.Locked, totp, sqldb.Bool(a.TOTPOn), sqldb.Instant(a.Created))
	}
	note(b, entries...)
	err := s.DB.Commit(ctx, b)
	if sqldb.IsDuplicate(err) {
		return fault.New(fault.Conflict, "identity.account.taken", "登录名已被使用，或此人已有账号，请换一个或找回密码")
	}
	return err
}

// Account finds an account by its id.
func (s *Store) Account(ctx context.Context, id string) (*identity.Account, error) {
	return s.account(s.DB.Row(ctx, `SELECT `+accountRow+` FROM identity_accounts a WHERE a.id = $1`, id))
}

// ByLogin finds an account by its login name.
func (s *Store) ByLogin(ctx context.Context, login string) (*identity.Account, error) {
	return s.account(s.DB.Row(ctx, `SELECT `+accountRow+` FROM identity_accounts a WHERE a.login = $1`, login))
}

// ByParty finds the account of a person.
func (s *Store) ByParty(ctx context.Context, party string) (*identity.Account, error) {
	return s.account(s.DB.Row(ctx, `SELECT `+accountRow+` FROM identity_accounts a WHERE a.party = $1`, party))
}

func (s *Store) account(row sqldb.Found) (*identity.Account, error) {
	a, err := s.scanAccount(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, none("account", "没有这个账号")
	}
	return a, err
}

// Save keeps the account if nobody else changed it.
func (s *Store) Save(ctx context.Context, a *identity.Account, entries ...identity.Entry) error {
	mobile, totp, err := s.seal(a)
	if err != nil {
		return err
	}
	b := &sqldb.Batch{}
	var id string
	b.Row([]any{&id}, `UPDATE identity_accounts SET name = $1, mobile = $2, region = $3, real_grade = $4, password = $5, must_change = $6,
		locked = $7, totp = $8, totp_on = $9, party = $10, version = version + 1 WHERE id = $11 AND version = $12 RETURNING id`,
		a.Name, mobile, a.Region, a.Real, a.Password, sqldb.Bool(a.MustChange), a.Locked, totp, sqldb.Bool(a.TOTPOn), orNull(a.Party), a.ID, a.Version)
	note(b, entries...)
	err = s.DB.Commit(ctx, b)
	if errors.Is(err, sql.ErrNoRows) {
		return stale()
	}
	if err == nil {
		a.Version++
	}
	return err
}

func stale() error {
	return fault.New(fault.Conflict, "identity.account.stale", "账号信息刚被修改过，请刷新后再试")
}

// Accounts lists officials' accounts by login.
func (s *Store) Accounts(ctx context.Context, stem, after string, limit int) ([]identity.Account, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (identity.Account, error) {
		a, err := s.scanAccount(scan)
		if err != nil {
			return identity.Account{}, err
		}
		return *a, nil
	}, `SELECT `+accountRow+` FROM identity_accounts a WHERE a.login > $1 AND a.region LIKE $2 ORDER BY a.login LIMIT $3`, after, stem+"%", limit)
}

// Empty reports whether there is no account at all.
func (s *Store) Empty(ctx context.Context) (bool, error) {
	var id string
	err := s.DB.Row(ctx, `SELECT id FROM identity_accounts LIMIT 1`).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return true, nil
	}
	return false, err
}

func (s *Store) seal(a *identity.Account) (mobile, totp string, err error) {
	if mobile, err = s.Keys.Seal(a.Mobile, mobileColumn); err == nil {
		totp, err = s.Keys.Seal(a.TOTP, totpColumn)
	}
	return mobile, totp, err
}

func (s *Store) scanAccount(scan func(...any) error) (*identity.Account, error) {
	var row accountColumns
	if err := scan(row.into()...); err != nil {
		return nil, err
	}
	return row.account(s.Keys)
}

// accountColumns is a row of identity_accounts as it comes out of the table.
type accountColumns struct {
	a                    identity.Account
	party                sql.NullString
	must, on             int
	created              int64
	sealMobile, sealTOTP string
}

func (r *accountColumns) into() []any {
	return []any{&r.a.ID, &r.a.Login, &r.a.Name, &r.sealMobile, &r.party, &r.a.Region, &r.a.Real, &r.a.Password, &r.must, &r.a.Locked, &r.sealTOTP, &r.on, &r.created, &r.a.Version}
}

func (r *accountColumns) account(keys Keys) (*identity.Account, error) {
	a := r.a
	a.Party, a.MustChange, a.TOTPOn, a.Created = r.party.String, r.must == 1, r.on == 1, sqldb.FromInstant(r.created)
	var err, err2 error
	a.Mobile, err = keys.Open(r.sealMobile, mobileColumn)
	a.TOTP, err2 = keys.Open(r.sealTOTP, totpColumn)
	return &a, errors.Join(err, err2)
}

// note adds lines of history.
func note(b *sqldb.Batch, entries ...identity.Entry) {
	for _, e := range entries {
		b.Exec(`INSERT INTO identity_history (id, at, account, by_account, act, ip, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			e.ID, sqldb.Instant(e.At), e.Account, e.By, e.Act, e.IP, e.Detail)
	}
}

// History lists what was done to an account, the latest first.
func (s *Store) History(ctx context.Context, account, before string, limit int) ([]identity.Entry, error) {
	if before == "" {
		before = "~" // sorts after every id
	}
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (e identity.Entry, err error) {
		var at int64
		err = scan(&e.ID, &at, &e.Account, &e.By, &e.Act, &e.IP, &e.Detail)
		e.At = sqldb.FromInstant(at)
		return e, err
	}, `SELECT id, at, account, by_account, act, ip, detail FROM identity_history WHERE account = $1 AND id < $2 ORDER BY id DESC LIMIT $3`, account, before, limit)
}

func none(what, say string) error {
	return fault.New(fault.NotFound, "identity."+what+".none", "%s", say)
}

func orNull(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }
