package imports

import (
	"context"
	"io"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/intake"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
)

// Service is the door of the package.
type Service struct {
	Store     Store
	Files     blob.Store
	Items     *items.Service
	Revisions *revisions.Service
	NewID     func() string
	Now       func() time.Time
}

// Store keeps imports.
type Store interface {
	// Add keeps a new import. The same file on the same desk: fault.Conflict.
	Add(ctx context.Context, im *Import) error
	// Save keeps a change. If somebody else was faster: fault.Conflict.
	Save(ctx context.Context, im *Import) error
	// Import reads one: fault.NotFound if there is none.
	Import(ctx context.Context, id ID) (*Import, error)
	// OfFile is the import of that content on that desk; "" if there is none.
	OfFile(ctx context.Context, region, hash string) (ID, error)
	// List lists the imports of a desk, the newest first.
	List(ctx context.Context, region string, limit int) ([]*Import, error)
	// Pending lists what the program has to work on, the oldest first.
	Pending(ctx context.Context) ([]ID, error)
}

// MostBytes is how large a file may be on the desk; larger ones are taken over at
// the terminal.
const MostBytes = 60 << 20

// Receive takes a file in. The same file again is the import that there is.
// Faults: imports.post, those of blob.Store.Put.
func (s *Service) Receive(ctx context.Context, name string, content io.Reader, by identity.Actor) (*Import, error) {
	post, err := keeper(by)
	if err != nil {
		return nil, err
	}
	ref, err := s.Files.Put(ctx, content, blob.Limit{Bytes: MostBytes, Types: []blob.Type{blob.XLSX, blob.Zip, blob.Text, blob.HTML}})
	if err != nil {
		return nil, err
	}
	if id, err := s.Store.OfFile(ctx, post.Region, ref.Hash); err != nil || id != "" {
		return s.known(ctx, id, err)
	}
	im := &Import{
		ID: ID(s.NewID()), Name: blob.Clean(name), Hash: ref.Hash, Size: ref.Size, Region: post.Region, State: Waiting, Begun: s.Now(), Changed: s.Now(),
		By: revisions.Doer{Account: by.Account, Name: by.Name, Title: post.Title, Agency: post.Agency},
	}
	err = s.Store.Add(ctx, im)
	if fault.Of(err) == fault.Conflict && err != nil {
		id, err := s.Store.OfFile(ctx, post.Region, ref.Hash)
		return s.known(ctx, id, err)
	}
	return im, err
}

func (s *Service) known(ctx context.Context, id ID, err error) (*Import, error) {
	if err != nil {
		return nil, err
	}
	return s.Store.Import(ctx, id)
}

// Import is one import, for those who keep the items of its desk.
func (s *Service) Import(ctx context.Context, id ID, by identity.Actor) (*Import, error) {
	post, err := keeper(by)
	if err != nil {
		return nil, err
	}
	im, err := s.Store.Import(ctx, id)
	if err == nil && !identity.Within(im.Region, post.Region) {
		return nil, None()
	}
	return im, err
}

// None is the answer about an import that does not exist, or not for those eyes.
func None() error {
	return fault.New(fault.NotFound, "imports.none", "没有找到这次导入，请从导入记录中选择")
}

// List lists the imports of the actor's desk.
func (s *Service) List(ctx context.Context, by identity.Actor) ([]*Import, error) {
	post, err := keeper(by)
	if err != nil {
		return nil, err
	}
	return s.Store.List(ctx, post.Region, 50)
}

// Choose says what is to be kept as drafts.
func (s *Service) Choose(ctx context.Context, id ID, good bool, by identity.Actor) error {
	return s.change(ctx, id, by, func(im *Import) error { return im.choose(good) })
}

// Again has the file read and checked anew.
func (s *Service) Again(ctx context.Context, id ID, by identity.Actor) error {
	return s.change(ctx, id, by, (*Import).again)
}

func (s *Service) change(ctx context.Context, id ID, by identity.Actor, judge func(*Import) error) error {
	im, err := s.Import(ctx, id, by)
	if err != nil {
		return err
	}
	if err := judge(im); err != nil {
		return err
	}
	im.Changed = s.Now()
	return s.Store.Save(ctx, im)
}

// Findings reads the file once more and shows everything found in it.
func (s *Service) Findings(ctx context.Context, id ID, by identity.Actor, see func(Line)) error {
	im, err := s.Import(ctx, id, by)
	if err != nil {
		return err
	}
	return s.opened(ctx, im, func(f intake.File) error {
		reading := &intake.Import{Items: s.Items, See: func(e intake.Entry) {
			for _, l := range LinesOf(e) {
				see(l)
			}
		}}
		_, err := reading.Survey(ctx, []intake.File{f})
		return err
	})
}

// opened hands out the file of an import.
func (s *Service) opened(ctx context.Context, im *Import, do func(intake.File) error) error {
	content, ref, err := blob.AtHand(ctx, s.Files, im.Hash)
	if err != nil {
		return err
	}
	defer content.Close()
	return do(intake.File{Name: im.Name, Size: ref.Size, ReaderAt: content})
}
