package partiesstore_test

import (
	"testing"

	"tongban/internal/civic/parties"
	"tongban/internal/civic/parties/partiesstore"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// keys hide nothing.
type keys struct{}

func (keys) Seal(plain, _ string) (string, error)  { return plain, nil }
func (keys) Open(sealed, _ string) (string, error) { return sealed, nil }
func (keys) Index(value, _ string) string          { return value }
func (keys) Indexes(value, _ string) []string      { return []string{value} }

// Several parties are found as each is by itself; one that is not there is left out.
func TestSeveralPartiesAreFoundAtOnce(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{partiesstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		s := &partiesstore.Store{DB: db, Keys: keys{}}
		if err := s.Add(t.Context(), parties.Party{ID: "p1", Kind: parties.Person, Name: "李敏", Document: parties.Document{Type: "111", Number: "1"}, Mobile: "13800138000"},
			parties.Party{ID: "p2", Kind: parties.Person, Name: "张三", Document: parties.Document{Type: "111", Number: "2"}}); err != nil {
			t.Fatal(err)
		}
		all, err := s.Parties(t.Context(), []string{"p2", "p3", "p1", "p1"})
		if err != nil || len(all) != 2 {
			t.Fatalf("%v, %v", all, err)
		}
		for id, p := range all {
			if one, err := s.Party(t.Context(), id); err != nil || one != p || p.Document.Number == "" {
				t.Errorf("%+v and by itself %+v, %v", p, one, err)
			}
		}
		if none, err := s.Parties(t.Context(), nil); err != nil || len(none) != 0 {
			t.Errorf("of nobody %v, %v", none, err)
		}
	})
}
