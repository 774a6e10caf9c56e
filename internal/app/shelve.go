package app

import (
	"context"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// ShelveCases archives the cases that have been over for long (办结件归档).
func (a *App) ShelveCases(ctx context.Context) error {
	taken, err := a.Cases.ShelveClosed(ctx, cases.Shelving{
		Told:  a.Post.Waiting,
		Files: func(hash string) bool { _, err := a.Files.Stat(ctx, hash); return err == nil },
	})
	if err != nil || taken == 0 {
		return err
	}
	return a.Cases.Store.JoinNumbers(ctx)
}

// knownItem reports whether there is an item that something may be said of.
func (a *App) knownItem(ctx context.Context, id string) (bool, error) {
	_, err := a.Items.Current(ctx, items.ID(id))
	if fault.Of(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}

// itemKinds are the types of item that terms of keeping are laid down for.
func itemKinds() (all []string) {
	for _, t := range items.Types() {
		all = append(all, string(t))
	}
	return all
}
