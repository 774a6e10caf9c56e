package staffstore_test

import (
	"testing"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// What a request costs to know who asks: believed from memory, and read anew.
func BenchmarkWho(b *testing.B) {
	sqldbtest.EachB(b, tables, func(b *testing.B, db *sqldb.DB) {
		c := open(b, db)
		token := c.signIn("market-r").Token
		b.Run("held", func(b *testing.B) { who(b, c, token) })
		c.identity.Policy = identity.Standard
		c.identity.Policy.Fresh = 0
		c.now = c.now.Add(identity.Standard.Fresh)
		b.Run("read", func(b *testing.B) { who(b, c, token) })
	})
}

func who(b *testing.B, c *city, token string) {
	for b.Loop() {
		if _, err := c.identity.Who(ctx, token); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSignIn(b *testing.B) {
	sqldbtest.EachB(b, tables, func(b *testing.B, db *sqldb.DB) {
		c := open(b, db)
		for b.Loop() {
			c.signIn("limin")
		}
	})
}
