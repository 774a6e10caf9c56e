package sqldb

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// plainValues has connections read what pgx by itself does not read as SQLite's driver
// does: a number as a truth, as every table keeps it (see Bool), and a short number
// into a variable of any type, which is an int64 then.
func plainValues(_ context.Context, conn *pgx.Conn) error {
	m := conn.TypeMap()
	m.TryWrapScanPlanFuncs = append(m.TryWrapScanPlanFuncs, func(target any) (pgtype.WrappedScanPlanNextSetter, any, bool) {
		b, ok := target.(*bool)
		return &truthPlan{}, (*truth)(b), ok
	})
	for _, name := range []string{"int2", "int4"} {
		short, _ := m.TypeForName(name) // pgx knows both
		m.RegisterType(&pgtype.Type{Name: name, OID: short.OID, Codec: wide{short.Codec}})
	}
	return nil
}

type truth bool

func (t *truth) ScanInt64(n pgtype.Int8) error {
	if !n.Valid {
		return errors.New("NULL is neither true nor false")
	}
	*t = n.Int64 != 0
	return nil
}

type truthPlan struct{ next pgtype.ScanPlan }

func (p *truthPlan) SetNext(next pgtype.ScanPlan) { p.next = next }

func (p *truthPlan) Scan(value []byte, into any) error {
	return p.next.Scan(value, (*truth)(into.(*bool)))
}

// wide reads numbers, of which an unknown variable gets an int64.
type wide struct{ pgtype.Codec }

func (c wide) DecodeValue(m *pgtype.Map, oid uint32, format int16, value []byte) (any, error) {
	v, err := c.Codec.DecodeValue(m, oid, format, value)
	switch n := v.(type) {
	case int16:
		return int64(n), err
	case int32:
		return int64(n), err
	}
	return v, err
}
