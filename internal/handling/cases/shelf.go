package cases

import (
	"context"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/register/archives"
)

// Package is the newest package of a case, for staff who may see the case: in it are
// all facts, as they were written. Faults: cases.archive.staff, archives.none.
func (s *Service) Package(ctx context.Context, id ID, by identity.Actor) (archives.Package, error) {
	if _, err := s.Case(ctx, id, by); err != nil {
		return archives.Package{}, err
	}
	if !by.Staff() {
		return archives.Package{}, fault.New(fault.Forbidden, "cases.archive.staff", "归档信息包供办理部门、窗口和监督查阅；本人的办件和文书可以照常查看、打印、核验")
	}
	return s.Shelf.Store.Latest(ctx, id.Stream())
}

// MostWaiting is how many cases that wait for the shelf are counted; there may be more.
const MostWaiting = 10_000

// WaitingForShelf is how many cases in the working tables ended long enough ago by
// the rule, also if it is stopped; up to MostWaiting. Some of them may still wait for
// somebody, and stay.
func (s *Service) WaitingForShelf(ctx context.Context) (int, error) {
	rule, err := s.Shelf.Rule(ctx)
	if err != nil {
		return 0, err
	}
	return s.Store.CountClosed(ctx, rule.Before(s.Now()), MostWaiting)
}
